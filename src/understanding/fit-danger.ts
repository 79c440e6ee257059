import type { Topic } from './answer.js';
import { byteRows, RowSums } from './byte-rows.js';
import { chanceByName } from './chance.js';
import { readDangerFeatures, START } from './danger-features.js';
import { type DangerFit, type LearnedFeature, type Limits, NOTHING_LEARNED } from './danger-fit.js';
import type { DangerRules } from './danger-rules.js';
import type { DangerSentence } from './danger-sentences.js';
import { FeatureNumbers } from './feature-numbers.js';
import { fitHidden, NOT_ASKED, unitsSay } from './hidden-layer.js';
import { inBytes } from './in-bytes.js';
import { fitMargins } from './margin-model.js';
import { mistype, shortSpellings } from './mistyped.js';
import { normalise, readerOf } from './normalise.js';
import { byRarity, raritiesOf } from './rarity.js';
import {
  alarmsFrom,
  believedFrom,
  compileDangerScreen,
  createDangerScreen,
  type DangerReading,
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
  readonly words: number;
  /** A number of what it says. */
  readonly name: number;
  /** Numbers of what it has. */
  readonly features: Int32Array;
  readonly reading: DangerReading;
}

/** The sentences, and what their features are called. */
interface Lessons {
  readonly lessons: readonly Lesson[];
  readonly names: readonly string[];
}

/** What the screen learns from. */
export interface DangerTexts {
  readonly rules: DangerRules;
  readonly sentences: readonly DangerSentence[];
  /** Question forms and foreign subjects. */
  readonly neutral: readonly string[];
  readonly spelling: Spelling;
}

export interface FittedLimits {
  readonly limits: Limits;
  readonly figures: Readonly<Record<string, number>>;
}

/** All that is learned but the limits. */
export type LearnedDanger = Omit<DangerFit, keyof Limits>;

/** One of so many parts is held out. */
const PARTS = 5;
/** How each sentence is typed, and how much it counts so. */
const TYPED_WEIGHT = { marks: 1, 'no marks': 0.6, teen: 0.3, 'as heard': 0.3 } as const;
const WAYS = ['marks', 'no marks', 'teen', 'as heard'] as const;
/** The sentences composed from one line count together as much as so many, and texts about something else so much. */
const COMPOSED_WEIGHT = 6;
const NEUTRAL_WEIGHT = 0.2;
/** What stands beside a rule or guard as its example is meant to hold. */
const EXAMPLE_WEIGHT = 3;
/** Told or calm, and asked in the same breath. Without these the many calm questions teach that whoever asks is calm. */
const ASKED_WEIGHT = { told: 0.6, calm: 0.4 } as const;
/** The hidden layer, and how much it counts beside the support vectors. */
const HIDDEN = { units: 128, rounds: 5, unitsLeftOut: 0.5 };
const HIDDEN_WEIGHT = 4;
const MARGIN_COST = 0.4;
/** Divides the rarity of a feature: a sentence of usual length gets about length 1. */
const LENGTH_SCALE = 60;
/** A sign stands for many words already and counts half of one. */
const SIGN_SHARE = 0.5;
/** Of the held-out calm sentences (which are the hardest of their kind) at most so many may be alarmed by what is learned alone. */
const MOST_FALSE = 0.048;
/** So much sooner a message alarms in which a rule matched, or one of cries. */
const RULE_AHEAD = 6.5;
const CRY_AHEAD = 22;
/** So many features are kept at most. */
const MOST_FEATURES = 40_000;

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
 * Learns from the told and calm sentences, the examples of rules and guards, and neutral texts. Deterministic. Takes minutes,
 * as `fitDangerLimits` does; the two know nothing of each other.
 */
export function fitDangerWeights(texts: DangerTexts): LearnedDanger {
  const { lessons, names } = readLessons(texts);
  return learn(lessons, names).learned;
}

/** Sets the limits on a part of the sentences, by what is learned from the others; the figures are of that part too. */
export function fitDangerLimits(texts: DangerTexts): FittedLimits {
  const { lessons, names } = readLessons(texts);
  const isHeldOut = ({ line }: Lesson): boolean => hash(line) % PARTS === 0;
  const { sumOf } = learn(
    lessons.filter((lesson) => !isHeldOut(lesson)),
    names,
  );
  const heldOut = lessons
    .filter((lesson) => lesson.counted && isHeldOut(lesson))
    .map((lesson) => ({ lesson, sum: sumOf(lesson.features) }));
  const limits = setLimits(heldOut);
  return { limits, figures: figuresOf(heldOut, limits) };
}

function readLessons({ rules, sentences, neutral, spelling }: DangerTexts): Lessons {
  const screen = createDangerScreen(compileDangerScreen(rules, spelling, NOTHING_LEARNED));
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
        counted: counted && (typed === 'marks' || typed === 'no marks'),
        bare: typed === 'no marks',
        words: message.words.length,
        name: hash(asTyped),
        // In one order whatever the signs are numbered: another numbering would be another seed.
        features: numbers.all([...new Set(names)].sort()),
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
    for (const text of rule.must) add(text, { kind: rule.kind, level: undefined }, EXAMPLE_WEIGHT, false);
    for (const text of rule.mustNot) add(text, none, EXAMPLE_WEIGHT, false);
  }
  for (const guard of rules.guards) for (const text of guard.quiet) add(text, none, EXAMPLE_WEIGHT, false);
  // A question form that a rule alarms on may well tell of danger: nothing is learned from it. In one order, wherever it stands.
  for (const text of neutral.toSorted())
    if (screen.read(normalise(text, spelling)).alarms.length === 0) add(text, none, NEUTRAL_WEIGHT, false);
  return { lessons, names: [...numbers.entries()].map(([name]) => name) };
}

/**
 * The sum of two models: support vectors, which listen to those hardest to tell apart, and a hidden layer, which hears
 * what words mean together and tells the kind as well. On sentences of strangers their sum errs less than either. Only the
 * features that weigh most are kept.
 */
function learn(
  lessons: readonly Lesson[],
  names: readonly string[],
): { readonly learned: LearnedDanger; readonly sumOf: (features: Int32Array) => number } {
  const all = lessons.map(({ features }) => features);
  const rarity = scaledRarities(all, names);
  const hard = fitMargins(
    byRarity(all, rarity, 'own'),
    {
      models: 1,
      isOfClass: Uint8Array.from(lessons, ({ kind }) => (kind === undefined ? 0 : 1)),
      counts: Float32Array.from(lessons, ({ weight }) => weight),
    },
    names.length,
    MARGIN_COST,
  );
  const weights = hard.map((weight, at) => weight * (at < names.length ? (rarity[at] ?? 0) : 1));
  const bias = weights[names.length] ?? 0;
  const { kept, rowOf } = theMost(weights, lessons, names.length);
  const rowsOf = (features: Int32Array): Int32Array =>
    features.map((feature) => rowOf[feature] ?? 0).filter((row) => row >= 0);
  const rareness = Float32Array.from(kept, (feature) => rarity[feature] ?? 0);
  const hidden = fitHidden(
    byRarity(all.map(rowsOf), rareness, 'own'),
    {
      groups: [2, DANGER_KINDS.length, 2, 2],
      classes: Int16Array.from(lessons.flatMap(classesOf)),
      counts: Float32Array.from(lessons.flatMap(({ weight }) => [weight, weight, weight, weight])),
    },
    kept.length,
    HIDDEN,
    chanceByName(
      Int32Array.from(kept, (feature) => hash(names[feature] ?? '')),
      Int32Array.from(lessons, ({ name }) => name),
    ),
  );
  const { units } = hidden;
  const inSteps = inBytes(
    hidden.rows.map((weight, cell) => weight * (rareness[Math.floor(cell / units)] ?? 0)),
    units,
  );
  const classAt = (at: number): Float32Array => hidden.classes.subarray(at * units, (at + 1) * units);
  /** What the units say for the second of two classes rather than the first; last what is said for it at all. */
  const ratherThan = (first: number): number[] => {
    const says = classAt(first);
    const bias = (hidden.classBias[first + 1] ?? 0) - (hidden.classBias[first] ?? 0);
    return [...Array.from(classAt(first + 1), (other, unit) => other - (says[unit] ?? 0)), bias];
  };
  const forDanger = ratherThan(0).map((says) => says * HIDDEN_WEIGHT);
  const danger = forDanger.slice(0, units);
  const dangerBias = forDanger[units] ?? 0;
  const learned: LearnedDanger = {
    bias: bias + dangerBias,
    features: new Map(
      Array.from(kept, (feature, row): [string, LearnedFeature] => [
        names[feature] ?? '',
        {
          weight: weights[feature] ?? 0,
          units: inSteps.weights.subarray(row * units, (row + 1) * units),
        },
      ]),
    ),
    steps: [...inSteps.steps],
    unitBias: [...hidden.bias],
    danger,
    kinds: DANGER_KINDS.map((_, at) => [...classAt(2 + at), hidden.classBias[2 + at] ?? 0]),
    other: ratherThan(2 + DANGER_KINDS.length),
    hinted: ratherThan(4 + DANGER_KINDS.length),
  };
  const heard = new RowSums(byteRows(inSteps.weights, units));
  const sumOf = (features: Int32Array): number => {
    heard.begin();
    let sum = learned.bias;
    for (const row of rowsOf(features)) {
      sum += weights[kept[row] ?? 0] ?? 0;
      heard.add(row);
    }
    return sum + unitsSay(heard.sums(), learned, danger);
  };
  return { learned, sumOf };
}

/** Danger or none; which kind; told of oneself or of somebody else; told plainly or hinted at. */
function classesOf({ kind, level }: Lesson): readonly number[] {
  if (kind === undefined) return [0, NOT_ASKED, NOT_ASKED, NOT_ASKED];
  // A hint may be about anybody, and what is told of others may be hinted.
  return [1, DANGER_KINDS.indexOf(kind), ...LEVEL_CLASSES[level ?? 'unknown']];
}

const LEVEL_CLASSES = {
  explicit: [0, 0],
  implicit: [NOT_ASKED, 1],
  third_party: [1, NOT_ASKED],
  unknown: [NOT_ASKED, NOT_ASKED],
} as const;

/** By feature how rare it is, on a scale on which a sentence has about length 1. */
const scaledRarities = (texts: readonly Int32Array[], names: readonly string[]): Float32Array =>
  raritiesOf(texts, names.length, (at) => (names[at]?.startsWith('<') ? SIGN_SHARE : 1) / LENGTH_SCALE);

/** The features that weigh most, and by feature its place among them; −1 for the others. */
function theMost(
  weights: Float32Array,
  lessons: readonly Lesson[],
  features: number,
): { readonly kept: Int32Array; readonly rowOf: Int32Array } {
  const seen = new Float32Array(features);
  for (const { features: has, weight } of lessons)
    for (const feature of has) seen[feature] = (seen[feature] ?? 0) + weight;
  const worth = Float32Array.from(seen, (times, at) => Math.abs(weights[at] ?? 0) * Math.sqrt(times));
  const least = worth.toSorted()[Math.max(0, features - MOST_FEATURES)] ?? 0;
  const kept = Int32Array.from(worth.keys()).filter((at) => (worth[at] ?? 0) >= least);
  const rowOf = new Int32Array(features).fill(-1);
  kept.forEach((feature, row) => {
    rowOf[feature] = row;
  });
  return { kept, rowOf };
}

type HeldOut = readonly { readonly lesson: Lesson; readonly sum: number }[];

function setLimits(heldOut: HeldOut): Limits {
  const calm = heldOut.filter(({ lesson }) => lesson.kind === undefined);
  const sums = calm.map(({ sum }) => sum).sort((one, other) => one - other);
  const alarmFrom = sums[Math.floor((1 - MOST_FALSE) * (sums.length - 1))] ?? 0;
  return { alarmFrom, ruleFrom: alarmFrom - RULE_AHEAD, cryFrom: alarmFrom - CRY_AHEAD };
}

function figuresOf(heldOut: HeldOut, limits: Limits): Record<string, number> {
  const alarmed = ({ lesson, sum }: HeldOut[number]): boolean =>
    lesson.reading.alarms.some((alarm) => sum >= believedFrom(alarm, limits)) ||
    sum >= alarmsFrom(lesson.words, lesson.reading.alarms.length > 0, limits);
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

/** FNV-1a; the same on every machine. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return value >>> 5;
}
