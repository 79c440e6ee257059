import type { Answer } from './answer.js';
import { type Calibration, type Likeness, scoreOf } from './calibration.js';
import type { Features } from './features.js';
import { rankAnswers } from './rank.js';
import { searchEntries } from './search-entries.js';
import { SearchIndex } from './search-index.js';

/** A question that the index had not seen, and what the search made of it. */
export interface Observation extends Likeness {
  readonly kind: 'ours' | 'foreign';
  /** Whether the first answer was of the right topic; never for a foreign question. */
  readonly right: boolean;
}

export interface CalibrationResult {
  readonly calibration: Calibration;
  readonly figures: Readonly<Record<string, number>>;
}

const FOLDS = 10;
/** Share of foreign questions the scores are meant for: about one message in five is not for us. */
const FOREIGN_SHARE = 0.2;
/**
 * Among answers said outright, this share is to be of the right topic. Held-out forms are harder than most messages: the
 * oddest wordings of each matter are among them.
 */
const RIGHT_WHEN_SAID = 0.85;
/** At most this share of our own questions may be refused. */
const REFUSED_OF_OURS = 0.03;

/**
 * Asks every question form of an index that was built without it (ten folds, by a hash of the form), and every foreign
 * subject of one that does not know that subject. Deterministic: the same content gives the same observations.
 */
export function observe(
  answers: readonly Answer[],
  foreign: readonly (readonly string[])[],
  read: (text: string) => Features,
): Observation[] {
  const observations: Observation[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const asked = (text: string): boolean => hash(text) % FOLDS === fold;
    const left = answers.map((answer) => ({
      ...answer,
      questions: answer.questions.filter((text) => !asked(text)),
    }));
    const known = foreign.map((questions, subject) => (subject % FOLDS === fold ? [] : questions));
    const index = new SearchIndex(searchEntries(left, known, read));
    const look = (text: string, topic?: string): void => {
      const [first] = rankAnswers(answers, index.match(read(text)));
      observations.push({
        kind: topic === undefined ? 'foreign' : 'ours',
        right: first !== undefined && first.answer.topic === topic,
        match: first?.match ?? 0,
        lead: first?.lead ?? 0,
        own: first?.own ?? 0,
      });
    };
    for (const answer of answers)
      for (const text of answer.questions) if (asked(text)) look(text, answer.topic);
    foreign.forEach((questions, subject) => {
      if (subject % FOLDS === fold) for (const text of questions) look(text);
    });
  }
  return observations;
}

/** Fits the logistic weights and picks the thresholds for the goals above. */
export function calibrate(observations: readonly Observation[]): CalibrationResult {
  const ours = observations.filter(({ kind }) => kind === 'ours');
  const foreign = observations.filter(({ kind }) => kind === 'foreign');
  const foreignWeight = (FOREIGN_SHARE / (1 - FOREIGN_SHARE)) * (ours.length / (foreign.length || 1));
  const weigh = ({ kind }: Observation): number => (kind === 'ours' ? 1 : foreignWeight);
  const [bias = 0, match = 0, lead = 0, own = 0] = fitLogistic(
    observations.map((each) => [1, each.match, each.lead, each.own]),
    observations.map(({ right }) => (right ? 1 : 0)),
    observations.map(weigh),
  ).map((value) => Math.round(value * 100) / 100);
  const weights = { bias, match, lead, own };
  const score = (each: Observation): number => scoreOf(weights, each);
  const share = (part: readonly Observation[], whole: readonly Observation[]): number =>
    sum(part.map(weigh)) / (sum(whole.map(weigh)) || 1);

  const steps = Array.from({ length: 99 }, (_, step) => (step + 1) / 100);
  const said = (from: number): Observation[] => observations.filter((each) => score(each) >= from);
  const isRight = ({ right }: Observation): boolean => right;
  const answer_from =
    steps.find((from) => share(said(from).filter(isRight), said(from)) >= RIGHT_WHEN_SAID) ?? 0.99;
  const refused = (from: number): number =>
    ours.filter((each) => score(each) < from).length / (ours.length || 1);
  const suggest_from = Math.min(
    answer_from,
    steps.findLast((from) => refused(from) <= REFUSED_OF_OURS) ?? 0.01,
  );
  const saidAtLast = said(answer_from);
  return {
    calibration: { ...weights, answer_from, suggest_from },
    figures: {
      'our questions, held out': ours.length,
      'of the right topic first': ours.filter(isRight).length / (ours.length || 1),
      'said outright': ours.filter((each) => score(each) >= answer_from).length / (ours.length || 1),
      'right when said outright': share(saidAtLast.filter(isRight), saidAtLast),
      'ours refused': refused(suggest_from),
      'foreign questions, subject held out': foreign.length,
      'foreign refused': foreign.filter((each) => score(each) < suggest_from).length / (foreign.length || 1),
    },
  };
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
