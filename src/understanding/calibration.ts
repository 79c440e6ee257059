import { z } from 'zod';

/** What the score is computed from. */
export interface Likeness {
  /** How much the text speaks for the answer's topic. */
  readonly match: number;
  /** By how much more than the best answer of another topic. */
  readonly lead: number;
  /** By how much more than the likest foreign subject. */
  readonly own: number;
  /** How much it speaks for this answer beside the others of its topic. */
  readonly near: number;
  /** Whether the text is of our domain, −1 to 1. */
  readonly domain: number;
  /** Share of the text's words that our question forms know. */
  readonly known: number;
}

const weight = z.number();

/**
 * How likeness becomes a score that means something: about how often an answer with this score is the one that helps best.
 * Computed from our own question forms by `npm run calibrate -- --write`; kept in locales/vi/words/search-calibration.yaml.
 */
export const calibrationSchema = z.strictObject({
  /** Weights of the logistic function. */
  bias: weight,
  match: weight,
  lead: weight,
  own: weight,
  near: weight,
  domain: weight,
  known: weight,
  /** The same for whether the text is ours at all. */
  ours: z.strictObject({
    bias: weight,
    match: weight,
    lead: weight,
    own: weight,
    near: weight,
    domain: weight,
    known: weight,
  }),
  /** From this score on the answer is said. */
  answer_from: z.number().min(0).max(1),
  /** Below this chance of being ours we say that we do not know. */
  ours_from: z.number().min(0).max(1),
});
export type Calibration = z.infer<typeof calibrationSchema>;
export type Weights = Calibration['ours'];

/** The parts of a likeness in the order in which they are fitted. */
export const PARTS = [
  'match',
  'lead',
  'own',
  'near',
  'domain',
  'known',
] as const satisfies readonly (keyof Likeness)[];

/** 0 to 1, three digits. */
export function scoreOf(weights: Weights, like: Likeness): number {
  let sum = weights.bias;
  for (const part of PARTS) sum += weights[part] * like[part];
  return Math.round(1000 / (1 + Math.exp(-sum))) / 1000;
}
