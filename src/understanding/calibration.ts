import { z } from 'zod';

/**
 * How likeness becomes a score that means something: about how often an answer with this score is of the right topic.
 * Computed from our own question forms by `npm run calibrate -- --write`; kept in locales/vi/words/search-calibration.yaml.
 */
export const calibrationSchema = z.strictObject({
  /** Weights of the logistic function: what the answer is like, by how much more than the best of another topic, and than foreign subjects. */
  bias: z.number(),
  match: z.number(),
  lead: z.number(),
  own: z.number(),
  /** From this score on the answer is said; from the second on it is offered; below, we say that we do not know. */
  answer_from: z.number().min(0).max(1),
  suggest_from: z.number().min(0).max(1),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** What the score is computed from. */
export interface Likeness {
  readonly match: number;
  readonly lead: number;
  readonly own: number;
}

/** 0 to 1, three digits. */
export function scoreOf(
  weights: Pick<Calibration, 'bias' | 'match' | 'lead' | 'own'>,
  like: Likeness,
): number {
  const sum = weights.bias + weights.match * like.match + weights.lead * like.lead + weights.own * like.own;
  return Math.round(1000 / (1 + Math.exp(-sum))) / 1000;
}
