import { readDangerFeatures, START } from './danger-features.js';
import { type DangerFit, NOTHING_LEARNED } from './danger-fit.js';
import type { DangerRules } from './danger-rules.js';
import type { DangerSentence } from './danger-sentences.js';
import { type Example, FeatureNumbers, fitLinear, score } from './linear-model.js';
import { normalise, readerOf } from './normalise.js';
import {
  compileDangerScreen,
  createDangerScreen,
  type DangerReading,
  type DangerScreen,
} from './screen-danger.js';
import type { Spelling } from './spelling.js';
import { fold } from './syllable.js';
import { DANGER_KINDS, type DangerKind, type DangerLevel } from './understanding.js';

/** A sentence to learn from, as the screen reads it. */
interface Lesson {
  readonly text: string;
  readonly kind: DangerKind | undefined;
  readonly level: DangerLevel | undefined;
  readonly weight: number;
  /** Counts for the limits and figures: a sentence of told/ or calm.yaml. */
  readonly counted: boolean;
  readonly bare: boolean;
  readonly names: readonly string[];
  readonly reading: DangerReading;
}

export interface FittedDanger {
  readonly fit: DangerFit;
  readonly figures: Readonly<Record<string, number>>;
}

const OPTIONS = { rounds: 10, rate: 0.2, ridge: 0.008 };
const FOLDS = 8;
/** Weights of sentences without marks, of rule examples, and of texts that are about something else. */
const BARE_WEIGHT = 0.6;
const NEUTRAL_WEIGHT = 0.2;
/** Of the held-out calm sentences (which are the hardest of their kind) at most so many may be alarmed by what is learned alone. */
const MOST_FALSE = 0.04;
/** A rule is doubted only where it costs at most this share of the held-out danger sentences. */
const MOST_DOUBTED = 0.004;
const LEAST_WEIGHT = 0.02;

/**
 * Learns from the told and calm sentences, the examples of rules and guards, and neutral texts (question forms, foreign
 * subjects). Limits are set on sentences held out in eight parts. Deterministic.
 */
export function fitDanger(
  rules: DangerRules,
  sentences: readonly DangerSentence[],
  neutral: readonly string[],
  spelling: Spelling,
): FittedDanger {
  const screen = createDangerScreen(compileDangerScreen(rules, spelling, NOTHING_LEARNED));
  const lessons = readLessons(screen, rules, sentences, neutral, spelling);
  const heldOut: { readonly lesson: Lesson; readonly sum: number }[] = [];
  for (let part = 0; part < FOLDS; part += 1) {
    const inPart = ({ text }: Lesson): boolean => hash(fold(text.toLowerCase())) % FOLDS === part;
    const learned = learn(lessons.filter((lesson) => !inPart(lesson)));
    for (const lesson of lessons)
      if (lesson.counted && inPart(lesson)) heldOut.push({ lesson, sum: learned.sum(lesson.names) });
  }
  const limits = setLimits(heldOut);
  const learned = learn(lessons);
  const kinds = learnKinds(lessons.filter(({ kind }) => kind !== undefined));
  return {
    fit: { ...limits, ...learned.kept(), ...kinds },
    figures: figuresOf(heldOut, limits),
  };
}

function readLessons(
  screen: DangerScreen,
  rules: DangerRules,
  sentences: readonly DangerSentence[],
  neutral: readonly string[],
  spelling: Spelling,
): readonly Lesson[] {
  const lessons: Lesson[] = [];
  const add = (
    text: string,
    danger: { kind: DangerKind | undefined; level: DangerLevel | undefined },
    weight: number,
    counted: boolean,
  ): void => {
    for (const bare of [false, true]) {
      const message = normalise(bare ? fold(text.toLowerCase().normalize('NFC')) : text, spelling);
      const reading = screen.read(message);
      const names: string[] = [];
      const { lexicon } = readerOf(spelling);
      const word = (number: number): string => lexicon.names[number] ?? '';
      readDangerFeatures(message, reading.signs, 0, message.words.length, {
        start: lexicon.of(START),
        word: (plain) => names.push(word(plain)),
        marked: (form) => names.push(`=${word(form)}`),
        follows: (first, second) => names.push(`${word(first)} ${word(second)}`),
        skips: (first, second) => names.push(`${word(first)} _ ${word(second)}`),
        sign: (sign) => names.push(`<${screen.signs[sign]}>`),
        pair: (one, other) => names.push(`<${screen.signs[one]}> <${screen.signs[other]}>`),
      });
      lessons.push({
        text,
        ...danger,
        weight: bare ? weight * BARE_WEIGHT : weight,
        counted,
        bare,
        names: [...new Set(names)],
        reading,
      });
    }
  };
  const none = { kind: undefined, level: undefined };
  for (const { text, kind, level } of sentences) add(text, { kind, level }, 1, true);
  for (const rule of rules.rules) {
    for (const text of rule.must) add(text, rule, 1, false);
    for (const text of rule.mustNot) add(text, none, 1, false);
  }
  for (const guard of rules.guards) for (const text of guard.quiet) add(text, none, 1, false);
  // A question form that a rule alarms on may well tell of danger: nothing is learned from it.
  for (const text of neutral)
    if (screen.screen(normalise(text, spelling)) === null) add(text, none, NEUTRAL_WEIGHT, false);
  return lessons;
}

function learn(lessons: readonly Lesson[]) {
  const numbers = new FeatureNumbers();
  const examples: Example[] = lessons.map((lesson) => ({
    features: numbers.all(lesson.names),
    positive: lesson.kind !== undefined,
    weight: lesson.weight,
  }));
  numbers.freeze();
  const weights = fitLinear(examples, numbers.size, OPTIONS);
  return {
    sum: (names: readonly string[]): number => score(weights, numbers.all(names)),
    kept: () => ({
      bias: weights[numbers.size] ?? 0,
      weights: new Map(numbers.named(weights, LEAST_WEIGHT)),
    }),
  };
}

/** One classifier for each kind, over signs and single words of danger sentences only. */
function learnKinds(lessons: readonly Lesson[]): Pick<DangerFit, 'kinds' | 'kindBias'> {
  const numbers = new FeatureNumbers();
  const features = lessons.map(({ names }) =>
    numbers.all(names.filter((name) => !name.includes(' ') && !name.startsWith('='))),
  );
  const byKind = DANGER_KINDS.map((kind) =>
    fitLinear(
      lessons.map((lesson, at) => ({
        features: features[at] ?? new Int32Array(),
        positive: lesson.kind === kind,
        weight: 1,
      })),
      numbers.size,
      OPTIONS,
    ),
  );
  const kinds = new Map<string, readonly number[]>();
  for (const [name, number] of numbers.entries()) {
    const weights = byKind.map((each) => each[number] ?? 0);
    if (weights.some((weight) => Math.abs(weight) > 0.1)) kinds.set(name, weights);
  }
  return { kinds, kindBias: byKind.map((each) => each[numbers.size] ?? 0) };
}

type HeldOut = readonly { readonly lesson: Lesson; readonly sum: number }[];
type Limits = Pick<DangerFit, 'alarmFrom' | 'doubtBelow' | 'sureDoubtBelow'>;

function setLimits(heldOut: HeldOut): Limits {
  const danger = heldOut.filter(({ lesson }) => lesson.kind !== undefined);
  const calm = heldOut.filter(({ lesson }) => lesson.kind === undefined);
  const at = (sums: readonly number[], share: number): number =>
    [...sums].sort((one, other) => one - other)[Math.floor(share * (sums.length - 1))] ?? 0;
  const doubtful = (sure: boolean): number => {
    const sums = danger.flatMap(({ lesson, sum }) =>
      lesson.reading.alarms.length > 0 && lesson.reading.alarms.some((alarm) => alarm.sure) === sure
        ? [sum]
        : [],
    );
    return Math.min(0, at(sums, (MOST_DOUBTED * danger.length) / (sums.length || 1)));
  };
  return {
    alarmFrom: at(
      calm.map(({ sum }) => sum),
      1 - MOST_FALSE,
    ),
    doubtBelow: doubtful(false),
    sureDoubtBelow: doubtful(true),
  };
}

function figuresOf(heldOut: HeldOut, limits: Limits): Record<string, number> {
  const alarmed = ({ lesson, sum }: HeldOut[number]): boolean =>
    sum >= limits.alarmFrom ||
    lesson.reading.alarms.some((alarm) => sum >= (alarm.sure ? limits.sureDoubtBelow : limits.doubtBelow));
  const figures: Record<string, number> = {};
  const tell = (name: string, of: (each: HeldOut[number]) => boolean): void => {
    const part = heldOut.filter(of);
    figures[`${name}, sentences`] = part.length;
    figures[`${name}, alarmed`] = part.filter(alarmed).length / (part.length || 1);
  };
  for (const bare of [false, true]) {
    const typed = bare ? 'without marks' : 'with marks';
    for (const level of ['explicit', 'implicit', 'third_party'])
      tell(`${level}, ${typed}`, ({ lesson }) => lesson.level === level && lesson.bare === bare);
    tell(`calm, ${typed}`, ({ lesson }) => lesson.kind === undefined && lesson.bare === bare);
  }
  return figures;
}

/** FNV-1a; the same parts on every machine, and a sentence with and without marks in the same part. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return value >>> 5;
}
