import fc from 'fast-check';
import { loadRetention, type RetentionFacts, reopenUntil, retentionState } from './retention.js';

const rules = loadRetention(process.cwd());
const DAY = 86_400_000;
const CLOSED = new Date('2026-11-24T03:00:00Z');
const after = (days: number) => new Date(CLOSED.getTime() + days * DAY);
const facts = (more: Partial<RetentionFacts> = {}): RetentionFacts => ({
  closedAt: CLOSED,
  hasUnreadReply: false,
  unread: 0,
  held: false,
  ...more,
});

it.each<[string, Partial<RetentionFacts>, number, string]>([
  ['a closed case on day 89', {}, 89, 'not_yet'],
  ['a closed case on day 90', {}, 90, 'due'],
  ['a reporter who wrote on day 89', { reporterWroteAt: after(89) }, 178, 'not_yet'],
  ['the same, 90 days after that', { reporterWroteAt: after(89) }, 179, 'due'],
  ['a reply nobody read, on day 119', { hasUnreadReply: true }, 119, 'not_yet'],
  ['a reply nobody read, on day 120', { hasUnreadReply: true }, 120, 'due'],
  ['a hold', { held: true }, 4000, 'held'],
  ['an unread message of the reporter', { unread: 1 }, 4000, 'unread'],
])('%s: %s', (_what, more, days, kind) => {
  expect(retentionState(rules, facts(more), after(days)).kind).toBe(kind);
});

it('never deletes an open case, one that is held, or one with a message nobody read', () => {
  fc.assert(
    fc.property(
      fc.record({
        closedAt: fc.option(fc.integer({ min: 0, max: 500 }).map(after), { nil: undefined }),
        reporterWroteAt: fc.option(fc.integer({ min: -500, max: 500 }).map(after), { nil: undefined }),
        hasUnreadReply: fc.boolean(),
        unread: fc.nat(2),
        held: fc.boolean(),
      }),
      fc.integer({ min: 0, max: 1000 }).map(after),
      ({ closedAt, reporterWroteAt, ...rest }, now) => {
        const state = retentionState(
          rules,
          { ...rest, ...(closedAt && { closedAt }), ...(reporterWroteAt && { reporterWroteAt }) },
          now,
        );
        if (state.kind !== 'due') return;
        expect(closedAt && !rest.held && rest.unread === 0).toBe(true);
        for (const moment of [closedAt, reporterWroteAt])
          if (moment) expect(now.getTime() - moment.getTime()).toBeGreaterThanOrEqual(90 * DAY);
      },
    ),
  );
});

it('lets a case be reopened as long as its content is there', () => {
  expect(reopenUntil(rules, CLOSED)).toEqual(after(90));
});
