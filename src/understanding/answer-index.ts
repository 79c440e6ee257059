import type { Answer } from './answer.js';
import { FEATURE, type FeatureSpaceState, type Features } from './features.js';
import { SEARCH, type SearchSettings } from './search-settings.js';

/** Numbers in rows of different lengths, one after the other. */
interface Rows {
  readonly starts: Int32Array;
  readonly columns: Uint16Array;
  readonly values: Float32Array;
}

/** The index of answers as it is kept in a file. Features are numbers of its feature space. */
export interface AnswerIndexState {
  /** By feature; 0 for those that stand in no answer. */
  readonly rarity: Float32Array;
  readonly unknownRarity: number;
  readonly rows: Rows;
}

/** Weighs every answer's words: BM25 over its question forms, title and body as one text. */
export function buildAnswerIndex(
  answers: readonly Answer[],
  read: (text: string) => Features,
  space: FeatureSpaceState,
  settings: SearchSettings = SEARCH,
): AnswerIndexState {
  const entries = answers.map(({ questions, title, body }) => ({
    questions: questions.map(read),
    title: read(title),
    body: read(Object.values(body).join('. ')),
  }));
  const forms = entries.flatMap(({ questions }) => questions);
  const { count } = space;
  const seen = new Int32Array(count);
  const stands = new Uint8Array(count);
  for (const { numbers } of forms) for (const feature of numbers) seen[feature] = (seen[feature] ?? 0) + 1;
  for (const { questions, title, body } of entries)
    for (const field of [...questions, title, body]) for (const feature of field.numbers) stands[feature] = 1;
  const { k1, fields } = settings;
  const cells: { feature: number; entry: number; value: number }[] = [];
  entries.forEach(({ questions, title, body }, entry) => {
    const counts = new Map<number, number>();
    const add = ({ numbers }: Features, field: number): void => {
      for (const feature of numbers) counts.set(feature, (counts.get(feature) ?? 0) + field);
    };
    for (const question of questions) add(question, fields.question);
    add(title, fields.title);
    add(body, fields.body);
    for (const [feature, times] of counts) cells.push({ feature, entry, value: times / (times + k1) });
  });
  return {
    rarity: Float32Array.from(seen, (times, feature) =>
      stands[feature] === 1 ? Math.log(1 + forms.length / (1 + times)) : 0,
    ),
    unknownRarity: Math.log(1 + forms.length / 2) * settings.unknownWord,
    rows: rowsOf(cells, count),
  };
}

/** Finds how like a text is to each answer; a look-up adds up a few short rows. */
export class AnswerIndex {
  readonly #state: AnswerIndexState;
  readonly #kinds: readonly number[];
  // Work space of one look-up, used again: look-ups never overlap.
  readonly #likeness: Float64Array;

  constructor(state: AnswerIndexState, space: FeatureSpaceState, answers: number) {
    this.#state = state;
    this.#kinds = space.kinds;
    this.#likeness = new Float64Array(answers);
  }

  /** @returns likeness of each answer, 0 to about 1; the array holds until the next look-up. */
  match({ numbers, weights }: Features): Float64Array {
    const { rarity, unknownRarity, rows } = this.#state;
    const { starts, columns, values } = rows;
    const likeness = this.#likeness.fill(0);
    let most = 0;
    for (let at = 0; at < numbers.length; at += 1) {
      const feature = numbers[at] ?? -1;
      const weight = weights[at] ?? 0;
      const rare = feature < 0 ? 0 : (rarity[feature] ?? 0);
      if (rare === 0) {
        // An unseen pair or marked form says nothing new: the word itself has been counted.
        const kind = feature < 0 ? -1 - feature : this.#kinds[feature];
        most += weight * (kind === FEATURE.plain ? unknownRarity : unknownRarity * 0.35);
        continue;
      }
      const share = weight * rare;
      most += share;
      const end = starts[feature + 1] ?? 0;
      for (let cell = starts[feature] ?? 0; cell < end; cell += 1) {
        const entry = columns[cell] ?? 0;
        likeness[entry] = (likeness[entry] ?? 0) + share * (values[cell] ?? 0);
      }
    }
    if (most > 0) for (let at = 0; at < likeness.length; at += 1) likeness[at] = (likeness[at] ?? 0) / most;
    return likeness;
  }
}

function rowsOf(
  cells: readonly { readonly feature: number; readonly entry: number; readonly value: number }[],
  count: number,
): Rows {
  const starts = new Int32Array(count + 1);
  for (const { feature } of cells) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let row = 0; row < count; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const next = starts.slice();
  const columns = new Uint16Array(cells.length);
  const values = new Float32Array(cells.length);
  for (const { feature, entry, value } of cells) {
    const at = next[feature] ?? 0;
    next[feature] = at + 1;
    columns[at] = entry;
    values[at] = value;
  }
  return { starts, columns, values };
}
