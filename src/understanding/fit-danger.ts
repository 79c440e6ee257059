import { readDangerFeatures, START } from './danger-features.js';
import { type DangerFit, NOTHING_LEARNED } from './danger-fit.js';
import type { DangerRules } from './danger-rules.js';
import type { DangerSentence } from './danger-sentences.js';
import { FeatureNumbers, fitLinear, score } from './linear-model.js';
import { mistype, shortSpellings } from './mistyped.js';
import { normalise, readerOf } from './normalise.js';
import {
  compileDangerScreen,
  createDangerScreen,
  type DangerReading,
  type DangerScreen,
  doubt,
} from './screen-danger.js';
import type { Spelling } from './spelling.js';
import { DANGER_KINDS, type DangerKind, type DangerLevel } from './understanding.js';

/** A sentence to learn from, as the screen reads it. */
interface Lesson {
  /** The line it was composed from; all of a line are held out together. */
  readonly line: string;
  readonly kind: DangerKind | undefined;
  readonly level: DangerLevel | undefined;
  readonly weight: number;
  /** Counts for the limits and figures: the first sentence of a line of told/ or calm/. */
  readonly counted: boolean;
  readonly bare: boolean;
  /** Numbers of what it has. */
  readonly features: Int32Array;
  readonly reading: DangerReading;
}

/** The sentences, and what their features are called. */
interface Lessons {
  readonly lessons: readonly Lesson[];
  readonly names: readonly string[];
}

export interface FittedDanger {
  readonly fit: DangerFit;
  readonly figures: Readonly<Record<string, number>>;
}

const OPTIONS = { rounds: 10, rate: 0.2, ridge: 0.015 };
const FOLDS = 4;
/** How each sentence is typed, and how much it counts so. */
const TYPED_WEIGHT = { marks: 1, 'no marks': 0.6, teen: 0.3 } as const;
const WAYS = ['marks', 'no marks', 'teen'] as const;
/** The sentences composed from one line count together as much as so many, and texts about something else so much. */
const COMPOSED_WEIGHT = 4;
const NEUTRAL_WEIGHT = 0.5;
/** Of the held-out calm sentences (which are the hardest of their kind) at most so many may be alarmed by what is learned alone. */
const MOST_FALSE = 0.056;
/** Below these sums a rule is not believed: one of hints, and one of what is told plainly. */
const HINT_DOUBTED_BELOW = -2;
const PLAIN_DOUBTED_BELOW = -3;
/** So many features are kept at most. */
const MOST_FEATURES = 30_000;
const LEAST_WEIGHT = 0.01;

/**
 * Learns from the told and calm sentences, the examples of rules and guards, and neutral texts (question forms, foreign
 * subjects). Limits are set on sentences held out in four parts. Deterministic.
 */
export function fitDanger(
  rules: DangerRules,
  sentences: readonly DangerSentence[],
  neutral: readonly string[],
  spelling: Spelling,
): FittedDanger {
  const screen = createDangerScreen(compileDangerScreen(rules, spelling, NOTHING_LEARNED));
  const { lessons, names } = readLessons(screen, rules, sentences, neutral, spelling);
  const heldOut: { readonly lesson: Lesson; readonly sum: number }[] = [];
  for (let part = 0; part < FOLDS; part += 1) {
    const inPart = ({ line }: Lesson): boolean => hash(line) % FOLDS === part;
    const weights = learn(
      lessons.filter((lesson) => !inPart(lesson)),
      names.length,
    );
    for (const lesson of lessons)
      if (lesson.counted && inPart(lesson)) heldOut.push({ lesson, sum: score(weights, lesson.features) });
  }
  const limits = setLimits(heldOut);
  const weights = learn(lessons, names.length);
  return {
    fit: {
      ...limits,
      bias: weights[names.length] ?? 0,
      weights: new Map(
        names.flatMap((name, at) => {
          const weight = weights[at] ?? 0;
          return Math.abs(weight) >= LEAST_WEIGHT ? [[name, weight] as const] : [];
        }),
      ),
      ...learnKinds(lessons, names),
    },
    figures: figuresOf(heldOut, limits),
  };
}

function readLessons(
  screen: DangerScreen,
  rules: DangerRules,
  sentences: readonly DangerSentence[],
  neutral: readonly string[],
  spelling: Spelling,
): Lessons {
  const lessons: Lesson[] = [];
  const numbers = new FeatureNumbers();
  const { lexicon } = readerOf(spelling);
  const short = shortSpellings(spelling);
  const nameOf = (number: number): string => lexicon.names[number] ?? '';
  const add = (
    text: string,
    danger: { kind: DangerKind | undefined; level: DangerLevel | undefined },
    weight: number,
    counted: boolean,
    line = text,
  ): void => {
    const seen = new Set<string>();
    for (const typed of WAYS) {
      const asTyped = mistype(text, typed, short);
      if (seen.has(asTyped)) continue;
      seen.add(asTyped);
      const message = normalise(asTyped, spelling);
      const reading = screen.read(message);
      const names: string[] = [];
      readDangerFeatures(message, reading.signs, 0, message.words.length, {
        start: lexicon.of(START),
        word: (plain) => names.push(nameOf(plain)),
        marked: (form) => names.push(`=${nameOf(form)}`),
        follows: (first, second) => names.push(`${nameOf(first)} ${nameOf(second)}`),
        skips: (first, second) => names.push(`${nameOf(first)} _ ${nameOf(second)}`),
        sign: (sign) => names.push(`<${screen.signs[sign]}>`),
        pair: (one, other) => names.push(`<${screen.signs[one]}> <${screen.signs[other]}>`),
      });
      lessons.push({
        line,
        ...danger,
        weight: weight * TYPED_WEIGHT[typed],
        counted: counted && typed !== 'teen',
        bare: typed === 'no marks',
        features: numbers.all(new Set(names)),
        reading,
      });
    }
  };
  const none = { kind: undefined, level: undefined };
  for (const { texts, kind, level } of sentences)
    texts.forEach((text, at) => {
      const line = texts[0] ?? text;
      add(text, { kind, level }, Math.min(1, COMPOSED_WEIGHT / texts.length), at === 0, line);
    });
  for (const rule of rules.rules) {
    for (const text of rule.must) add(text, rule, 1, false);
    for (const text of rule.mustNot) add(text, none, 1, false);
  }
  for (const guard of rules.guards) for (const text of guard.quiet) add(text, none, 1, false);
  // A question form that a rule alarms on may well tell of danger: nothing is learned from it.
  for (const text of neutral)
    if (screen.screen(normalise(text, spelling)) === null) add(text, none, NEUTRAL_WEIGHT, false);
  return { lessons, names: [...numbers.entries()].map(([name]) => name) };
}

/** Weights of the features, the bias last. The features that weighed least are left out, and the others fitted anew. */
function learn(lessons: readonly Lesson[], features: number): Float32Array {
  const examples = lessons.map((lesson) => ({
    features: lesson.features,
    positive: lesson.kind !== undefined,
    weight: lesson.weight,
  }));
  const first = fitLinear(examples, features, OPTIONS);
  const seen = new Float32Array(features);
  for (const { features: has, weight } of examples)
    for (const feature of has) seen[feature] = (seen[feature] ?? 0) + weight;
  const worth = Float32Array.from(seen, (times, at) => Math.abs(first[at] ?? 0) * Math.sqrt(times));
  const least = worth.toSorted()[Math.max(0, features - MOST_FEATURES)] ?? 0;
  const kept = examples.map((example) => ({
    ...example,
    features: example.features.filter((feature) => (worth[feature] ?? 0) >= least),
  }));
  return fitLinear(kept, features, OPTIONS);
}

/** One classifier for each kind, over signs and single words of danger sentences only. */
function learnKinds(
  lessons: readonly Lesson[],
  names: readonly string[],
): Pick<DangerFit, 'kinds' | 'kindBias'> {
  const isSingle = Uint8Array.from(names, (name) => (name.includes(' ') || name.startsWith('=') ? 0 : 1));
  const danger = lessons.filter(({ kind }) => kind !== undefined);
  const features = danger.map((lesson) => lesson.features.filter((feature) => isSingle[feature] === 1));
  const byKind = DANGER_KINDS.map((kind) =>
    fitLinear(
      danger.map((lesson, at) => ({
        features: features[at] ?? new Int32Array(),
        positive: lesson.kind === kind,
        weight: lesson.weight,
      })),
      names.length,
      OPTIONS,
    ),
  );
  const kinds = new Map<string, readonly number[]>();
  names.forEach((name, number) => {
    const weights = byKind.map((each) => each[number] ?? 0);
    if (weights.some((weight) => Math.abs(weight) > 0.1)) kinds.set(name, weights);
  });
  return { kinds, kindBias: byKind.map((each) => each[names.length] ?? 0) };
}

type HeldOut = readonly { readonly lesson: Lesson; readonly sum: number }[];
type Limits = Pick<DangerFit, 'alarmFrom' | 'doubtBelow' | 'plainDoubtBelow'>;

function setLimits(heldOut: HeldOut): Limits {
  const calm = heldOut.filter(({ lesson }) => lesson.kind === undefined);
  const sums = calm.map(({ sum }) => sum).sort((one, other) => one - other);
  return {
    alarmFrom: sums[Math.floor((1 - MOST_FALSE) * (sums.length - 1))] ?? 0,
    doubtBelow: HINT_DOUBTED_BELOW,
    plainDoubtBelow: PLAIN_DOUBTED_BELOW,
  };
}

function figuresOf(heldOut: HeldOut, limits: Limits): Record<string, number> {
  const alarmed = ({ lesson, sum }: HeldOut[number]): boolean =>
    sum >= limits.alarmFrom || lesson.reading.alarms.some((alarm) => sum >= doubt(alarm, limits));
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

/** FNV-1a; the same parts on every machine. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return value >>> 5;
}
