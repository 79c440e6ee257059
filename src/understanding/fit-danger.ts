import type { Topic } from './answer.js';
import { readDangerFeatures, START } from './danger-features.js';
import { type DangerFit, NOTHING_LEARNED } from './danger-fit.js';
import type { DangerRules } from './danger-rules.js';
import type { DangerSentence } from './danger-sentences.js';
import { FeatureNumbers, fitLinear, score } from './linear-model.js';
import { fitMargins } from './margin-model.js';
import { mistype, shortSpellings } from './mistyped.js';
import { normalise, readerOf } from './normalise.js';
import { byRarity, raritiesOf } from './rarity.js';
import {
  believedFrom,
  compileDangerScreen,
  createDangerScreen,
  type DangerReading,
  type DangerScreen,
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
const COMPOSED_WEIGHT = 6;
const NEUTRAL_WEIGHT = 0.1;
/** Told or calm, and asked in the same breath. Without these the many calm questions teach that whoever asks is calm. */
const ASKED_WEIGHT = { told: 0.6, calm: 0.4 } as const;
/** How much logistic regression counts beside the support vectors. */
const MANY_WEIGHT = 0.15;
const MARGIN_COST = 0.4;
/** Divides the rarity of a feature: a sentence of usual length gets about length 1. */
const LENGTH_SCALE = 60;
/** A sign stands for many words already and counts half of one. */
const SIGN_SHARE = 0.5;
/** Of the held-out calm sentences (which are the hardest of their kind) at most so many may be alarmed by what is learned alone. */
const MOST_FALSE = 0.077;
/** So much sooner a message alarms in which a rule of hints matched, or one of what is told plainly. */
const HINT_AHEAD = 0.2;
const PLAIN_AHEAD = 0.45;
/** So many features are kept at most. */
const MOST_FEATURES = 40_000;
const LEAST_WEIGHT = 0.0005;
const LEAST_KIND_WEIGHT = 0.02;

/** Topics whose questions often tell of harm, be it beside what they ask: nothing calm is learned from them. */
export const HARM: ReadonlySet<Topic> = new Set([
  'physical_abuse',
  'corporal_punishment',
  'sexual_abuse',
  'online_abuse',
  'cyberbullying',
  'school_violence',
  'domestic_violence',
  'trafficking',
  'abandonment',
  'neglect',
  'missing_child',
  'drowning_injury',
  'mental_health',
  'family_conflict',
  'child_labour',
  'begging',
  'child_marriage',
  'special_circumstances',
  'alternative_care',
  'drugs',
  'duty_to_report',
  'reporter_protection',
  'how_to_report',
  'report_status',
  'hotline',
  'victim_procedure',
]);

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
      names,
    );
    for (const lesson of lessons)
      if (lesson.counted && inPart(lesson)) heldOut.push({ lesson, sum: score(weights, lesson.features) });
  }
  const limits = setLimits(heldOut);
  const weights = learn(lessons, names);
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
  for (const { texts, asked, kind, level } of sentences) {
    const line = texts[0] ?? asked;
    texts.forEach((text, at) => {
      add(text, { kind, level }, Math.min(1, COMPOSED_WEIGHT / texts.length), at === 0, line);
    });
    add(asked, { kind, level }, ASKED_WEIGHT[kind === undefined ? 'calm' : 'told'], false, line);
  }
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

/**
 * Weights of the features, the bias last: the sum of two models of one form. Logistic regression listens to the many
 * sentences, support vectors to those hardest to tell apart; on sentences of strangers their sum errs less than either.
 * The features that weigh least are left out.
 */
function learn(lessons: readonly Lesson[], names: readonly string[]): Float32Array {
  const many = fitLinear(
    lessons.map(({ features, kind, weight }) => ({ features, positive: kind !== undefined, weight })),
    names.length,
    OPTIONS,
  );
  const texts = lessons.map(({ features }) => features);
  const rarity = scaledRarities(texts, names);
  const hard = fitMargins(
    byRarity(texts, rarity, 'own'),
    {
      models: 1,
      isOfClass: Uint8Array.from(lessons, ({ kind }) => (kind === undefined ? 0 : 1)),
      counts: Float32Array.from(lessons, ({ weight }) => weight),
    },
    names.length,
    MARGIN_COST,
  );
  const weights = many.map(
    (weight, at) => weight * MANY_WEIGHT + (hard[at] ?? 0) * (at < names.length ? (rarity[at] ?? 0) : 1),
  );
  return withoutTheLeast(weights, lessons, names.length);
}

/** By feature how rare it is, on a scale on which a sentence has about length 1. */
const scaledRarities = (texts: readonly Int32Array[], names: readonly string[]): Float32Array =>
  raritiesOf(texts, names.length, (at) => (names[at]?.startsWith('<') ? SIGN_SHARE : 1) / LENGTH_SCALE);

function withoutTheLeast(weights: Float32Array, lessons: readonly Lesson[], features: number): Float32Array {
  const seen = new Float32Array(features);
  for (const { features: has, weight } of lessons)
    for (const feature of has) seen[feature] = (seen[feature] ?? 0) + weight;
  const worth = Float32Array.from(seen, (times, at) => Math.abs(weights[at] ?? 0) * Math.sqrt(times));
  const least = worth.toSorted()[Math.max(0, features - MOST_FEATURES)] ?? 0;
  return weights.map((weight, at) => (at < features && (worth[at] ?? 0) < least ? 0 : weight));
}

/** One model for each kind, beside the other kinds: signs, words, and words in a row of danger sentences. */
function learnKinds(
  lessons: readonly Lesson[],
  names: readonly string[],
): Pick<DangerFit, 'kinds' | 'kindBias'> {
  const tells = Uint8Array.from(names, (name) => (tellsKind(name) ? 1 : 0));
  const danger = lessons.filter(({ kind }) => kind !== undefined);
  const texts = danger.map(({ features }) => features.filter((feature) => tells[feature] === 1));
  const rarity = scaledRarities(texts, names);
  const models = DANGER_KINDS.length;
  const fitted = fitMargins(
    byRarity(texts, rarity, 'own'),
    {
      models,
      isOfClass: Uint8Array.from(
        danger.flatMap(({ kind }) => DANGER_KINDS.map((of) => (kind === of ? 1 : 0))),
      ),
      counts: Float32Array.from(danger.flatMap(({ weight }) => DANGER_KINDS.map(() => weight))),
    },
    names.length,
    MARGIN_COST,
  );
  const rowOf = (number: number): Float32Array => fitted.subarray(number * models, (number + 1) * models);
  const kinds = new Map<string, readonly number[]>();
  names.forEach((name, number) => {
    const weights = Array.from(rowOf(number), (weight) => weight * (rarity[number] ?? 0));
    if (weights.some((weight) => Math.abs(weight) >= LEAST_KIND_WEIGHT)) kinds.set(name, weights);
  });
  return { kinds, kindBias: [...rowOf(names.length)] };
}

/** Whether a feature is looked at for the kind: not marked words, not pairs of signs or words with one between. */
function tellsKind(name: string): boolean {
  return !name.startsWith('=') && !name.includes(' _ ') && !(name.startsWith('<') && name.includes(' '));
}

type HeldOut = readonly { readonly lesson: Lesson; readonly sum: number }[];
type Limits = Pick<DangerFit, 'alarmFrom' | 'hintFrom' | 'plainFrom'>;

function setLimits(heldOut: HeldOut): Limits {
  const calm = heldOut.filter(({ lesson }) => lesson.kind === undefined);
  const sums = calm.map(({ sum }) => sum).sort((one, other) => one - other);
  const alarmFrom = sums[Math.floor((1 - MOST_FALSE) * (sums.length - 1))] ?? 0;
  return { alarmFrom, hintFrom: alarmFrom - HINT_AHEAD, plainFrom: alarmFrom - PLAIN_AHEAD };
}

function figuresOf(heldOut: HeldOut, limits: Limits): Record<string, number> {
  const alarmed = ({ lesson, sum }: HeldOut[number]): boolean =>
    lesson.reading.alarms.some((alarm) => sum >= believedFrom(alarm, limits)) || sum >= limits.alarmFrom;
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
