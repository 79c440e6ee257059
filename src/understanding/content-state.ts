import type { Answer } from './answer.js';
import type { HiddenAnswer } from './load-answers.js';

/** What of the answers content staff must look at on a day. */
export interface ContentState {
  /** Not shown today, and why. */
  readonly hidden: readonly HiddenAnswer[];
  /** Shown today, but to be reviewed soon; what is due first comes first. */
  readonly dueSoon: readonly Answer[];
}

/** So long before its day an answer stands on the list of those to be reviewed. */
const SOON_DAYS = 30;
const DAY = 24 * 3_600_000;

/** @param today ISO date */
export function contentState(
  { answers, hidden }: { readonly answers: readonly Answer[]; readonly hidden: readonly HiddenAnswer[] },
  today: string,
): ContentState {
  const until = new Date(Date.parse(today) + SOON_DAYS * DAY).toISOString().slice(0, 10);
  const dueSoon = answers
    .filter(({ review_by }) => review_by <= until)
    .sort((one, other) => one.review_by.localeCompare(other.review_by));
  return { hidden, dueSoon };
}
