import { type ByteRows, byteRows, RowSums } from './byte-rows.js';
import { FEATURE, type FeatureSpaceState } from './features.js';
import { fitHidden, type HiddenTargets, passed } from './hidden-layer.js';
import { inBytes } from './in-bytes.js';
import type { LearnedTexts } from './learned-texts.js';
import { fitMargins, type MarginTargets } from './margin-model.js';
import { byRarity } from './rarity.js';
import type { Lesson } from './search-lessons.js';
import { MARGIN_COST } from './search-settings.js';

/** The fitted models as they are kept in a file. */
export interface TopicModelState {
  readonly topics: readonly string[];
  /** By feature how rare it is; 0 for those that nothing was learned of. */
  readonly rarity: Float32Array;
  /** 1 where a feature stands in a lesson of ours. */
  readonly ours: Uint8Array;
  /** By feature its row among the weights, for those with a rarity. */
  readonly rows: Int32Array;
  /** Row after row: the weights of one feature for every column, each column in steps of its own size. */
  readonly weights: ByteRows;
  readonly steps: Float32Array;
  readonly bias: Float32Array;
  /** For each topic, and last for what is foreign, what each hidden unit says for it, and what is said for it at all. */
  readonly classes: Float32Array;
  readonly classBias: Float32Array;
}

/** Besides the topics: whether it is foreign, beside each topic; and whether it is foreign, beside all of ours together. */
const MORE_COLUMNS = 2;
/** The hidden layer: more units or rounds find no more. */
const HIDDEN = { units: 64, rounds: 4, unitsLeftOut: 0 };
/** How much the hidden layer counts beside the linear models. */
const HIDDEN_WEIGHT = 0.12;

/**
 * What each word says for each topic, and for not being ours: linear models and a network with a hidden layer, fitted to
 * question forms, answers and foreign subjects. Together they err less than either (docs/decisions/topic-first.md). The
 * columns of the hidden units stand behind those of the linear models.
 */
export function fitTopics(lessons: readonly Lesson[], { texts, rarity }: LearnedTexts): TopicModelState {
  const count = rarity.length;
  const ours = new Uint8Array(count);
  for (const { topic, features } of lessons)
    if (topic !== '') for (const feature of features.numbers) ours[feature] = 1;
  const topics = [...new Set(lessons.map(({ topic }) => topic))].filter((topic) => topic !== '');
  const lines = topics.length + MORE_COLUMNS;
  const columns = lines + HIDDEN.units;
  const examples = byRarity(texts, rarity, 'one');
  const fitted = fitMargins(examples, targetsOf(lessons, topics), count, MARGIN_COST);
  const hidden = fitHidden(examples, classesOf(lessons, topics), count, HIDDEN);
  const learned = Int32Array.from(rarity.keys()).filter((feature) => (rarity[feature] ?? 0) > 0);
  const rows = new Int32Array(count);
  learned.forEach((feature, row) => {
    rows[feature] = row;
  });
  const { weights, steps } = inBytes(
    Float32Array.from({ length: learned.length * columns }, (_, cell) => {
      const feature = learned[Math.floor(cell / columns)] ?? 0;
      const column = cell % columns;
      const weight =
        column < lines
          ? fitted[feature * lines + column]
          : hidden.rows[feature * HIDDEN.units + column - lines];
      return (weight ?? 0) * (rarity[feature] ?? 0);
    }),
    columns,
  );
  const bias = Float32Array.from([...fitted.subarray(count * lines), ...hidden.bias]);
  return {
    topics,
    rarity,
    ours,
    rows,
    weights: byteRows(weights, columns),
    steps,
    bias,
    classes: hidden.classes,
    classBias: hidden.classBias,
  };
}

/** One class for each topic, and one for all that is foreign. */
function classesOf(lessons: readonly Lesson[], topics: readonly string[]): HiddenTargets {
  const classOf = new Map(topics.map((topic, at) => [topic, at]));
  return {
    groups: [topics.length + 1],
    classes: Int16Array.from(lessons, ({ topic }) => classOf.get(topic) ?? topics.length),
    counts: Float32Array.from(lessons, ({ weight }) => weight),
  };
}

/** A column for each topic, one for what is foreign beside each topic, and one for it beside all of ours. */
function targetsOf(lessons: readonly Lesson[], topics: readonly string[]): MarginTargets {
  const models = topics.length + MORE_COLUMNS;
  const isOfClass = new Uint8Array(lessons.length * models);
  const counts = new Float32Array(lessons.length * models);
  // Foreign lessons are fewer than ours, yet all that is not ours: beside all of ours together both sides weigh the same.
  const balance = weightOf(lessons, true) / (weightOf(lessons, false) || 1);
  const columnOf = new Map(topics.map((topic, at) => [topic, at]));
  lessons.forEach(({ topic, weight }, at) => {
    const end = (at + 1) * models;
    counts.fill(weight, at * models, end);
    if (topic === '') {
      isOfClass.fill(1, end - MORE_COLUMNS, end);
      counts[end - 1] = weight * balance;
    } else isOfClass[at * models + (columnOf.get(topic) ?? 0)] = 1;
  });
  return { models, isOfClass, counts };
}

function weightOf(lessons: readonly Lesson[], ours: boolean): number {
  let sum = 0;
  for (const { topic, weight } of lessons) if ((topic !== '') === ours) sum += weight;
  return sum;
}

/** What a text is about. The array holds until the next look. */
export interface TopicScores {
  /** By topic how much the text speaks for it: above 0 rather yes than no. */
  readonly topics: Float64Array;
  /** How much it speaks for no topic of ours, on the same scale. */
  readonly foreign: number;
  /** Whether it is of our domain at all; above 0 rather yes than no. */
  readonly domain: number;
  /** Share of its weight that stands in any lesson of ours, 0 to 1. */
  readonly known: number;
  /** By what the weights of its features are divided, so that long texts do not speak louder. */
  readonly length: number;
}

export class TopicModel {
  readonly #state: TopicModelState;
  readonly #kinds: readonly number[];
  // Work space of one look, used again: looks never overlap.
  readonly #sums: RowSums;
  readonly #scores: Float64Array;
  readonly #units: Float64Array;
  readonly #said: Float64Array;
  /** Weight of a word that no lesson has: that of a rare one. */
  readonly #unknown: number;

  constructor(state: TopicModelState, space: FeatureSpaceState) {
    this.#state = state;
    this.#kinds = space.kinds;
    this.#sums = new RowSums(state.weights);
    this.#scores = new Float64Array(state.topics.length);
    this.#said = new Float64Array(state.topics.length + 1);
    this.#units = new Float64Array(state.bias.length - state.topics.length - MORE_COLUMNS);
    this.#unknown = state.rarity.reduce((most, rare) => Math.max(most, rare), 0);
  }

  /** @param numbers features of the text, each once; below 0 those that are not known (−1 − kind) */
  of(numbers: readonly number[]): TopicScores {
    const { rarity, ours, rows, steps, bias } = this.#state;
    this.#sums.begin();
    let square = 0;
    let heard = 0;
    let known = 0;
    for (let each = 0; each < numbers.length; each += 1) {
      const feature = numbers[each] ?? -1;
      const rare = feature < 0 ? 0 : (rarity[feature] ?? 0);
      const kind = feature < 0 ? -1 - feature : this.#kinds[feature];
      if (kind === FEATURE.plain) {
        heard += rare || this.#unknown;
        if (rare > 0 && ours[feature] === 1) known += rare;
      }
      if (rare === 0) continue;
      square += rare * rare;
      this.#sums.add(rows[feature] ?? 0);
    }
    const sums = this.#sums.sums();
    const length = Math.sqrt(square) || 1;
    const scoreOf = (column: number): number =>
      ((sums[column] ?? 0) * (steps[column] ?? 0)) / length + (bias[column] ?? 0);
    const scores = this.#scores;
    const topics = scores.length;
    const lines = topics + MORE_COLUMNS;
    for (let unit = 0; unit < this.#units.length; unit += 1)
      this.#units[unit] = passed(scoreOf(lines + unit));
    const said = this.#chances();
    for (let at = 0; at < topics; at += 1) scores[at] = scoreOf(at) + HIDDEN_WEIGHT * (said[at] ?? 0);
    return {
      topics: scores,
      foreign: scoreOf(topics) + HIDDEN_WEIGHT * (said[topics] ?? 0),
      domain: -scoreOf(topics + 1),
      known: heard === 0 ? 0 : known / heard,
      length,
    };
  }

  /** Logarithm of the chance of each class, as the hidden units say it. */
  #chances(): Float64Array {
    const { classes, classBias } = this.#state;
    const units = this.#units;
    const said = this.#said;
    let most = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < said.length; at += 1) {
      const sum = (classBias[at] ?? 0) + product(classes, at * units.length, units);
      said[at] = sum;
      if (sum > most) most = sum;
    }
    let all = 0;
    for (let at = 0; at < said.length; at += 1) all += Math.exp((said[at] ?? 0) - most);
    const whole = most + Math.log(all);
    for (let at = 0; at < said.length; at += 1) said[at] = (said[at] ?? 0) - whole;
    return said;
  }
}

/**
 * Sum of the products of so many numbers from a place on with others. Four sums side by side: in one, each addition would
 * wait for the one before. @param others as many as a multiple of four
 */
function product(numbers: Float32Array, from: number, others: Float64Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let at = 0; at < others.length; at += 4) {
    first += (numbers[from + at] ?? 0) * (others[at] ?? 0);
    second += (numbers[from + at + 1] ?? 0) * (others[at + 1] ?? 0);
    third += (numbers[from + at + 2] ?? 0) * (others[at + 2] ?? 0);
    fourth += (numbers[from + at + 3] ?? 0) * (others[at + 3] ?? 0);
  }
  return first + second + (third + fourth);
}
