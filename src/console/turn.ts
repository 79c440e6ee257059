import type { CaseFile } from '../reports/case.js';
import { LOOK_KINDS } from '../reports/case-events.js';

/** Whose turn it is in a case; the one thing everybody should see at a glance. */
export type Turn =
  /** Nobody has it: somebody of the agency should take it. */
  | 'take'
  /** It is mine and the reporter waits for an answer. */
  | 'answer'
  /** It is mine and I wrote last; the reporter has not seen it yet. */
  | 'not_seen'
  /** It is mine, I wrote last and the reporter saw it. */
  | 'seen'
  | 'colleague'
  /** Another agency has it and opened it to mine. */
  | 'cooperating'
  | 'closed';

export function turnOf(file: CaseFile, staffId: string): Turn {
  if (file.state === 'closed') return 'closed';
  if (file.access === 'cooperating') return 'cooperating';
  if (file.takenBy === undefined) return 'take';
  if (file.takenBy.staffId !== staffId) return 'colleague';
  const last = file.messages.at(-1);
  if (last === undefined || last.from === 'reporter') return 'answer';
  return last.seenAt === undefined ? 'not_seen' : 'seen';
}

/**
 * What an open page knows of a case, short and telling nothing; when the queue says otherwise, the page is old.
 * Made of what a glance tells, so that checking opens no case.
 */
export function pageMark(
  row: Pick<CaseFile, 'state' | 'takenBy' | 'lastMessageAt' | 'due'>,
  lastNews: number,
): string {
  return [
    row.state,
    row.takenBy?.staffId ?? '',
    row.lastMessageAt?.getTime() ?? '',
    row.due?.at.getTime() ?? '',
    lastNews,
  ].join('.');
}

/** Place of the last event that was more than a look, as a glance tells it. */
export const lastNews = (events: CaseFile['events']): number =>
  events.findLastIndex(({ kind }) => !LOOK_KINDS.includes(kind)) + 1;
