import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const days = z.number().int().min(1).max(3650);
const schema = z
  .strictObject({
    basis: z.string().min(1),
    content_days: days,
    unread_reply_days: z.number().int().min(0).max(3650),
    reopen_days: days,
  })
  .refine((rules) => rules.reopen_days <= rules.content_days, {
    error: 'reopen_days must not be longer than content_days: a reopened case needs its content',
  });
export type Retention = z.infer<typeof schema>;

const DAY = 24 * 3_600_000;

/** Reads data/retention.yaml. @throws with the cause in words when the file is broken: the service must not start on it. */
export function loadRetention(root: string): Retention {
  const parsed = schema.safeParse(parse(readFileSync(path.join(root, 'data/retention.yaml'), 'utf8')));
  if (!parsed.success) throw new Error(`data/retention.yaml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Why a case must not be deleted although its time has come; a code, so that the reason tells of nobody. */
export const HOLD_REASONS = ['investigation', 'court', 'complaint', 'inspection', 'reporter_asked'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What decides how long a case's content stays. */
export interface RetentionFacts {
  /** Absent: it is open, or open again. */
  readonly closedAt?: Date;
  readonly reporterWroteAt?: Date;
  /** A reply of staff lies unread in the mailbox. */
  readonly hasUnreadReply: boolean;
  /** Messages of the reporter that nobody of the agency has seen. */
  readonly unread: number;
  readonly held: boolean;
}

/** `due`: delete it · else what it waits for. `until`: the day it may go as things stand, absent while it is open. */
export interface RetentionState {
  readonly kind: 'due' | 'open' | 'held' | 'unread' | 'not_yet';
  readonly until?: Date;
}

/** Whether a case's content may be deleted, and when. A reporter who writes begins the time anew. */
export function retentionState(rules: Retention, facts: RetentionFacts, now: Date): RetentionState {
  if (facts.closedAt === undefined) return { kind: 'open' };
  const since = Math.max(facts.closedAt.getTime(), facts.reporterWroteAt?.getTime() ?? 0);
  const kept = rules.content_days + (facts.hasUnreadReply ? rules.unread_reply_days : 0);
  const until = new Date(since + kept * DAY);
  if (facts.held) return { kind: 'held', until };
  if (facts.unread > 0) return { kind: 'unread', until };
  return { kind: until <= now ? 'due' : 'not_yet', until };
}

/** Until when a closed case can be reopened, and the reporter can say whether it helped. */
export const reopenUntil = (rules: Retention, closedAt: Date): Date =>
  new Date(closedAt.getTime() + rules.reopen_days * DAY);
