import { type Calibration, type Likeness, PARTS, scoreOf, type Weights } from './calibration.js';
import { mistype, TYPED, type Typed } from './mistyped.js';
import { createRanking } from './rank.js';
import { buildIndex, SearchIndex } from './search-index.js';
import type { SearchTexts } from './search-lessons.js';
import type { TextReader } from './text-reader.js';

/** A question that the index had not seen, and what the search made of it. */
export interface Observation extends Likeness {
  readonly kind: 'ours' | 'foreign';
  /** Whose question it is: an answer's, a topic's, or that of a foreign subject. */
  readonly source: 'answer' | 'topic' | 'foreign';
  readonly typed: Typed;
  /** Whether the first answer was of the right topic; never for a foreign question. */
  readonly right: boolean;
  /** Whether the first answer was the one that helps best; never where none deals with the question. */
  readonly helped: boolean;
  /** Whether the right topic was among the first three. */
  readonly amongThree: boolean;
}

export interface CalibrationResult {
  readonly calibration: Calibration;
  readonly figures: Readonly<Record<string, number>>;
}

const FOLDS = 10;
/** Share of foreign questions the scores are meant for: about one message in five is not for us. */
const FOREIGN_SHARE = 0.2;
/**
 * Among answers said outright, this share is to be the very one that helps best. Held-out forms are harder than most
 * messages: the oddest wordings of each matter are among them. The next best is often a neighbour that helps too.
 */
const RIGHT_WHEN_SAID = 0.8;
/**
 * What may go wrong at most (DESIGN section 10): share of ours refused, share of foreign not refused. The limit is set where
 * held-out texts miss both by the same factor. Of ours count those whose topic would have been offered: to refuse the others
 * takes nothing from anybody. Questions of strangers are refused some six times less often than our held-out forms, the
 * oddest wordings of each matter (bench/samples), foreign ones about as often as held-out subjects. Four is on the safe side.
 */
const HELD_OUT_IS_ODDER = 4;
const MOST_WRONG = { refused: 0.03 * HELD_OUT_IS_ODDER, taken: 0.05 };

export interface ObserveParts extends SearchTexts {
  readonly reader: TextReader;
  readonly short: ReadonlyMap<string, readonly string[]>;
  /** Which spellings each question is asked in. */
  readonly typed: readonly Typed[];
  /** So many of the ten folds are asked; all when absent. */
  readonly folds?: number;
}

/**
 * Asks every question form of an index that was built without it (ten folds, by a hash of the form), and every foreign
 * subject of one that does not know that subject. Deterministic: the same content gives the same observations.
 */
export function observe(parts: ObserveParts): Observation[] {
  const { answers, foreign, topicQuestions, reader } = parts;
  const observations: Observation[] = [];
  for (let fold = 0; fold < (parts.folds ?? FOLDS); fold += 1) {
    const asked = (text: string): boolean => hash(text) % FOLDS === fold;
    const left = answers.map((answer) => ({
      ...answer,
      questions: answer.questions.filter((text) => !asked(text)),
    }));
    const known = foreign.map((questions, subject) => (subject % FOLDS === fold ? [] : questions));
    const others = topicQuestions.filter(({ text }) => !asked(text));
    const texts = { answers: left, topicQuestions: others, foreign: known };
    const state = buildIndex(texts, reader);
    const rank = createRanking(answers, new SearchIndex(state, reader.space.state, answers));
    const look = (text: string, source: Observation['source'], topic?: string, answer?: string): void => {
      for (const typed of parts.typed) {
        const ranked = rank(reader.features(mistype(text, typed, parts.short)));
        const [first] = ranked;
        const topics = [...new Set(ranked.map(({ answer }) => String(answer.topic)))];
        const place = topic === undefined ? -1 : topics.indexOf(topic);
        observations.push({
          kind: topic === undefined ? 'foreign' : 'ours',
          source,
          typed,
          right: place === 0,
          helped: answer !== undefined && first?.answer.id === answer,
          amongThree: place >= 0 && place < 3,
          match: first?.match ?? 0,
          lead: first?.lead ?? 0,
          own: first?.own ?? 0,
          near: first?.near ?? 0,
          domain: first?.domain ?? -1,
          known: first?.known ?? 0,
        });
      }
    };
    for (const answer of answers)
      for (const text of answer.questions) if (asked(text)) look(text, 'answer', answer.topic, answer.id);
    for (const { topic, answer, text } of topicQuestions) if (asked(text)) look(text, 'topic', topic, answer);
    foreign.forEach((questions, subject) => {
      if (subject % FOLDS === fold) for (const text of questions) look(text, 'foreign');
    });
  }
  return observations;
}

/** Fits the logistic weights and picks the limits for the goals above. */
export function calibrate(observations: readonly Observation[]): CalibrationResult {
  const ours = observations.filter(({ kind }) => kind === 'ours');
  const foreign = observations.filter(({ kind }) => kind === 'foreign');
  const foreignWeight = (FOREIGN_SHARE / (1 - FOREIGN_SHARE)) * (ours.length / (foreign.length || 1));
  const weigh = ({ kind }: Observation): number => (kind === 'ours' ? 1 : foreignWeight);
  const rightness = fitWeights(observations, ({ helped }) => helped, weigh);
  const ownness = fitWeights(
    observations,
    ({ kind }) => kind === 'ours',
    ({ kind }) => (kind === 'ours' ? 1 : ours.length / (foreign.length || 1)),
  );
  const share = (part: readonly Observation[], whole: readonly Observation[]): number =>
    sum(part.map(weigh)) / (sum(whole.map(weigh)) || 1);
  const isRight = ({ right }: Observation): boolean => right;
  const helps = ({ helped }: Observation): boolean => helped;

  const chance = (each: Observation): number => scoreOf(ownness, each);
  const answerable = ours.filter(({ amongThree }) => amongThree);
  const ours_from = balancedLimit(answerable.map(chance), foreign.map(chance));
  const taken = observations.filter((each) => scoreOf(ownness, each) >= ours_from);
  const said = (from: number): Observation[] => taken.filter((each) => scoreOf(rightness, each) >= from);
  const steps = Array.from({ length: 99 }, (_, step) => (step + 1) / 100);
  const answer_from =
    steps.find((from) => share(said(from).filter(helps), said(from)) >= RIGHT_WHEN_SAID) ?? 0.99;
  const saidAtLast = said(answer_from);
  const refused = (part: readonly Observation[]): number =>
    part.filter((each) => scoreOf(ownness, each) < ours_from).length / (part.length || 1);
  const figures: Record<string, number> = {};
  for (const typed of TYPED) {
    for (const source of ['answer', 'topic'] as const) {
      const part = ours.filter((each) => each.typed === typed && each.source === source);
      if (part.length === 0) continue;
      const name = `questions of ${source}s, ${typed}`;
      figures[`${name}, held out`] = part.length;
      figures[`${name}, right topic first`] = part.filter(isRight).length / part.length;
      figures[`${name}, among the first three`] =
        part.filter(({ amongThree }) => amongThree).length / part.length;
      figures[`${name}, the answer that helps best first`] = part.filter(helps).length / part.length;
      figures[`${name}, refused`] = refused(part);
    }
    figures[`foreign refused, subject held out, ${typed}`] = refused(
      foreign.filter((each) => each.typed === typed),
    );
  }
  figures['foreign questions, subject held out'] = foreign.length;
  figures['ours refused'] = refused(ours);
  figures['foreign refused'] = refused(foreign);
  figures['said outright'] = ours.filter((each) => saidAtLast.includes(each)).length / (ours.length || 1);
  figures['of the right topic when said outright'] = share(saidAtLast.filter(isRight), saidAtLast);
  figures['the answer that helps best when said outright'] = share(saidAtLast.filter(helps), saidAtLast);
  return { calibration: { ...rightness, ours: ownness, answer_from, ours_from }, figures };
}

/** The limit below which what is not ours is refused, see `MOST_WRONG`. */
function balancedLimit(ours: number[], foreign: number[]): number {
  const rising = (one: number, other: number): number => one - other;
  const own = ours.sort(rising);
  const strange = foreign.sort(rising);
  let taken = strange.length;
  for (let refused = 0; refused < own.length; refused += 1) {
    const limit = own[refused] ?? 0;
    while (taken > 0 && (strange[strange.length - taken] ?? 0) < limit) taken -= 1;
    if (refused / own.length / MOST_WRONG.refused >= taken / (strange.length || 1) / MOST_WRONG.taken)
      return limit;
  }
  return 0;
}

function fitWeights(
  observations: readonly Observation[],
  target: (each: Observation) => boolean,
  weigh: (each: Observation) => number,
): Weights {
  const fitted = fitLogistic(
    observations.map((each) => [1, ...PARTS.map((part) => each[part])]),
    observations.map((each) => (target(each) ? 1 : 0)),
    observations.map(weigh),
  ).map((value) => Math.round(value * 100) / 100);
  const [bias = 0, match = 0, lead = 0, own = 0, near = 0, domain = 0, known = 0] = fitted;
  return { bias, match, lead, own, near, domain, known };
}

const RIDGE: number = 0.01;

/** Weighted logistic regression by Newton's method, with a little ridge so that it always has an end. */
function fitLogistic(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  weights: readonly number[],
): number[] {
  const size = rows[0]?.length ?? 0;
  const beta = new Array<number>(size).fill(0);
  for (let round = 0; round < 30; round += 1) {
    const gradient = beta.map((value) => -RIDGE * value);
    const hessian = beta.map((_, row) => beta.map((__, column) => (row === column ? RIDGE : 0)));
    rows.forEach((row, at) => {
      const guess = 1 / (1 + Math.exp(-sum(row.map((value, column) => value * (beta[column] ?? 0)))));
      const weight = weights[at] ?? 1;
      const miss = weight * ((targets[at] ?? 0) - guess);
      const curve = weight * guess * (1 - guess);
      row.forEach((value, one) => {
        gradient[one] = (gradient[one] ?? 0) + miss * value;
        const line = hessian[one];
        if (line)
          row.forEach((other, two) => {
            line[two] = (line[two] ?? 0) + curve * value * other;
          });
      });
    });
    solve(hessian, gradient).forEach((step, at) => {
      beta[at] = (beta[at] ?? 0) + step;
    });
  }
  return beta;
}

/** Solves a small system of linear equations by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const line = rows[pivot] ?? [];
    for (let at = 0; at < size; at += 1) {
      const row = rows[at];
      if (at === pivot || !row) continue;
      const factor = (row[pivot] ?? 0) / (line[pivot] || 1);
      for (let column = pivot; column <= size; column += 1)
        row[column] = (row[column] ?? 0) - factor * (line[column] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] || 1));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** FNV-1a; spreads forms over the folds the same way on every machine. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return value;
}
