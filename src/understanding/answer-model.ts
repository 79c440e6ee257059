import { inBytes } from './in-bytes.js';
import type { LearnedTexts } from './learned-texts.js';
import { fitMargins, type MarginTargets } from './margin-model.js';
import { byRarity } from './rarity.js';
import { startsOf } from './rows.js';
import type { Lesson } from './search-lessons.js';
import { MARGIN_COST } from './search-settings.js';

/** The fitted models as they are kept in a file. */
export interface AnswerModelState {
  /**
   * By feature the topics inside which it tells something, a bit for each, 32 topics to a number: of the many topics that a
   * common word has, a look needs a few.
   */
  readonly topicsOf: Int32Array;
  /** By feature its first block. A block tells what the feature says inside one topic; they stand in the order of topics. */
  readonly starts: Int32Array;
  /** By block where its weights begin: one for each answer of its topic. */
  readonly places: Int32Array;
  /** In steps that each answer has for itself. */
  readonly weights: Int8Array;
  /** By answer, topic after topic. */
  readonly steps: Float32Array;
  readonly bias: Float32Array;
}

/**
 * What each word says for each answer inside its topic: linear models fitted to the texts of the topic whose answer is
 * known, and to those that no answer deals with.
 * @param answersOf by topic the places of its answers, see `Lesson`
 */
export function fitAnswers(
  lessons: readonly Lesson[],
  { texts, rarity }: LearnedTexts,
  topics: readonly string[],
  answersOf: readonly (readonly number[])[],
): AnswerModelState {
  const blocks: Block[] = [];
  const steps: number[] = [];
  const bias: number[] = [];
  topics.forEach((name, topic) => {
    const answers = answersOf[topic] ?? [];
    const own = [...lessons.keys()].filter((at) => lessons[at]?.topic === name);
    const features = [...new Set(own.flatMap((at) => texts[at] ?? []))];
    const numberOf = new Map(features.map((feature, number) => [feature, number]));
    const fitted = fitMargins(
      byRarity(
        own.map((at) => (texts[at] ?? []).map((feature) => numberOf.get(feature) ?? 0)),
        Float32Array.from(features, (feature) => rarity[feature] ?? 0),
        'one',
      ),
      targetsOf(
        own.flatMap((at) => lessons[at] ?? []),
        answers,
      ),
      features.length,
      MARGIN_COST,
    );
    const end = features.length * answers.length;
    const inside = inBytes(
      fitted
        .subarray(0, end)
        .map((weight, cell) => weight * (rarity[features[Math.floor(cell / answers.length)] ?? 0] ?? 0)),
      answers.length,
    );
    features.forEach((feature, number) => {
      const from = number * answers.length;
      blocks.push({ feature, topic, weights: inside.weights.subarray(from, from + answers.length) });
    });
    steps.push(...inside.steps);
    bias.push(...fitted.subarray(end));
  });
  return {
    ...laidOut(blocks, rarity.length, topics.length),
    steps: Float32Array.from(steps),
    bias: Float32Array.from(bias),
  };
}

/** What a feature says inside a topic. */
interface Block {
  readonly feature: number;
  readonly topic: number;
  readonly weights: Int8Array;
}

/** A column for each answer. */
function targetsOf(lessons: readonly Lesson[], answers: readonly number[]): MarginTargets {
  const models = answers.length;
  const isOfClass = new Uint8Array(lessons.length * models);
  const counts = new Float32Array(lessons.length * models);
  lessons.forEach(({ answer, weight }, at) => {
    counts.fill(weight, at * models, (at + 1) * models);
    const column = answers.indexOf(answer);
    if (column >= 0) isOfClass[at * models + column] = 1;
  });
  return { models, isOfClass, counts };
}

/** The blocks of each feature one after the other, in the order of topics. */
function laidOut(
  blocks: readonly Block[],
  count: number,
  topics: number,
): Pick<AnswerModelState, 'topicsOf' | 'starts' | 'places' | 'weights'> {
  const starts = startsOf(blocks, count);
  const inOrder = [...blocks].sort((one, other) => one.feature - other.feature || one.topic - other.topic);
  const width = numbersFor(topics);
  const topicsOf = new Int32Array(count * width);
  const places = new Int32Array(blocks.length);
  const weights = new Int8Array(blocks.reduce((sum, block) => sum + block.weights.length, 0));
  let place = 0;
  inOrder.forEach((block, at) => {
    const number = block.feature * width + (block.topic >>> 5);
    topicsOf[number] = (topicsOf[number] ?? 0) | bitOf(block.topic);
    places[at] = place;
    weights.set(block.weights, place);
    place += block.weights.length;
  });
  return { topicsOf, starts, places, weights };
}

/** Numbers of 32 bits that hold a bit for each topic. */
const numbersFor = (topics: number): number => Math.ceil(topics / 32);
const bitOf = (topic: number): number => 1 << (topic & 31);

/** How many bits are set. */
function bitsIn(number: number): number {
  const pairs = number - ((number >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Tells inside a topic which answer a text asks for. */
export class AnswerModel {
  readonly #state: AnswerModelState;
  /** By topic where its answers begin among all; one more at the end. */
  readonly #begins: Int32Array;
  // Work space of one look, used again: looks never overlap.
  readonly #sums: Int32Array;
  readonly #asked: Int32Array;
  readonly #scores: Float64Array;

  /** @param sizes by topic how many answers it has */
  constructor(state: AnswerModelState, sizes: readonly number[]) {
    this.#state = state;
    this.#begins = new Int32Array(sizes.length + 1);
    sizes.forEach((size, topic) => {
      this.#begins[topic + 1] = (this.#begins[topic] ?? 0) + size;
    });
    this.#sums = new Int32Array(state.bias.length);
    this.#asked = new Int32Array(numbersFor(sizes.length));
    this.#scores = new Float64Array(state.bias.length);
  }

  /**
   * @param numbers features of the text @param length of the text, see `TopicScores` @param topics the topics to look into
   * @returns by topic and answer how much the text speaks for it, above 0 rather yes than no: those of topic `t` from
   * `beginOf(t)` on. Holds until the next look, and for the topics asked for.
   */
  of(numbers: readonly number[], length: number, topics: readonly number[]): Float64Array {
    const { steps, bias } = this.#state;
    const begins = this.#begins;
    const sums = this.#sums.fill(0);
    const asked = this.#asked.fill(0);
    for (const topic of topics) asked[topic >>> 5] = (asked[topic >>> 5] ?? 0) | bitOf(topic);
    for (let each = 0; each < numbers.length; each += 1) {
      const feature = numbers[each] ?? -1;
      if (feature >= 0) this.#add(feature);
    }
    const scores = this.#scores;
    for (const topic of topics)
      for (let at = begins[topic] ?? 0; at < (begins[topic + 1] ?? 0); at += 1)
        scores[at] = ((sums[at] ?? 0) * (steps[at] ?? 0)) / length + (bias[at] ?? 0);
    return scores;
  }

  /** Adds what the feature says inside the topics asked for. */
  #add(feature: number): void {
    const { topicsOf, starts, places, weights } = this.#state;
    const begins = this.#begins;
    const sums = this.#sums;
    const asked = this.#asked;
    const width = asked.length;
    let first = starts[feature] ?? 0;
    for (let part = 0; part < width; part += 1) {
      const has = topicsOf[feature * width + part] ?? 0;
      for (let left = has & (asked[part] ?? 0); left !== 0; left &= left - 1) {
        const bit = left & -left;
        const topic = part * 32 + 31 - Math.clz32(bit);
        const from = places[first + bitsIn(has & (bit - 1))] ?? 0;
        const begin = begins[topic] ?? 0;
        const size = (begins[topic + 1] ?? 0) - begin;
        for (let at = 0; at < size; at += 1)
          sums[begin + at] = (sums[begin + at] ?? 0) + (weights[from + at] ?? 0);
      }
      first += bitsIn(has);
    }
  }

  /** Where the scores of the topic's answers begin. */
  beginOf(topic: number): number {
    return this.#begins[topic] ?? 0;
  }
}
