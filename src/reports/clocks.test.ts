import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type ClockFacts, firesAt, nextFire, planClocks } from './clocks.js';
import { acceptBy, loadDeadlines } from './deadlines.js';

const deadlines = loadDeadlines(process.cwd());
const at = (text: string) => new Date(`${text}+07:00`);
const received = at('2026-11-26T09:00');
const facts = (changes: Partial<ClockFacts> = {}): ClockFacts => ({
  moments: { received },
  urgency: 'normal',
  category: 'physical_abuse',
  isToBeForwarded: false,
  ...changes,
});
const ends = (changes: Partial<ClockFacts>) =>
  Object.fromEntries(
    planClocks(deadlines, facts(changes)).map(({ id, dueAt, stoppedAt }) => [id, stoppedAt ? 'done' : dueAt]),
  );

describe('the clocks of a case', () => {
  it('of abuse run until it is accepted, answered and planned for', () => {
    expect(ends({})).toEqual({
      accept_normal: at('2026-11-26T13:00'),
      first_reply: at('2026-11-27T09:00'),
      plan: at('2026-12-04T00:00'),
    });
  });

  it('of an urgent one are shorter, and end when a measure was begun', () => {
    expect(ends({ urgency: 'urgent' })).toEqual({
      accept_urgent: at('2026-11-26T09:15'),
      first_reply: at('2026-11-27T09:00'),
      emergency: at('2026-11-26T21:00'),
    });
    const moments = { received, accepted: at('2026-11-26T09:05'), emergency_measure: at('2026-11-26T10:00') };
    expect(ends({ urgency: 'urgent', moments })).toMatchObject({ accept_urgent: 'done', emergency: 'done' });
  });

  it('of an urgent one in which no emergency was found are those of any other', () => {
    const moments = { received, no_emergency: at('2026-11-26T11:00') };
    expect(ends({ urgency: 'urgent', moments })).toMatchObject({
      emergency: 'done',
      plan: at('2026-12-04T00:00'),
    });
  });

  it('go on from the plan to its approval, and stop when the case is closed', () => {
    const moments = { received, plan_made: at('2026-12-01T16:00') };
    expect(ends({ moments })).toMatchObject({ plan: 'done', approval: at('2026-12-04T00:00') });
    expect(new Set(Object.values(ends({ moments, closedAt: at('2026-12-02T08:00') })))).toEqual(
      new Set(['done']),
    );
  });

  it('ask a body that is not the People’s Committee to hand the case there at once, which is never late', () => {
    const forward = planClocks(deadlines, facts({ isToBeForwarded: true })).find(
      ({ id }) => id === 'forward',
    );
    expect(forward).toMatchObject({ atOnce: true, dueAt: received });
    expect(forward && firesAt(forward, at('2026-12-31T00:00'))).toBeUndefined();
  });

  it('have no plan to make for what is no harm to a child', () => {
    expect(Object.keys(ends({ category: 'civil_status' }))).toEqual(['accept_normal', 'first_reply']);
  });

  it('tell a warning once and a missed end once', () => {
    const [clock] = planClocks(deadlines, facts());
    if (!clock) throw new Error('No clock runs.');
    expect(nextFire(clock)).toEqual(at('2026-11-26T12:00'));
    expect(firesAt(clock, at('2026-11-26T11:59'))).toBeUndefined();
    expect(firesAt(clock, at('2026-11-26T12:00'))).toBe('warning');
    const warned = { ...clock, warnedAt: at('2026-11-26T12:00') };
    expect(firesAt(warned, at('2026-11-26T12:59'))).toBeUndefined();
    expect(nextFire(warned)).toEqual(clock.dueAt);
    expect(firesAt(warned, clock.dueAt)).toBe('missed');
    // Asleep over both: the warning is not told any more.
    expect(firesAt(clock, at('2026-11-27T00:00'))).toBe('missed');
    const missed = { ...clock, missedAt: clock.dueAt };
    expect(firesAt(missed, at('2027-01-01T00:00'))).toBeUndefined();
    expect(nextFire(missed)).toBeUndefined();
  });

  it('rest on law that was read, or say that they are ours', () => {
    const documents = parse(readFileSync('data/documents.yaml', 'utf8')) as {
      documents?: { number: string }[];
    };
    const numbers = JSON.stringify(documents);
    for (const { id, basis } of deadlines.rules) {
      if (basis === 'internal') expect(['accept_urgent', 'accept_normal', 'first_reply']).toContain(id);
      else expect(numbers).toContain(`"${basis.document.replace('Nghị định ', '')}"`);
    }
  });

  it('give the time of acceptance that the queue shows', () => {
    expect(acceptBy(deadlines, 'urgent', received)).toEqual(at('2026-11-26T09:15'));
    expect(acceptBy(deadlines, 'normal', received)).toEqual(at('2026-11-26T13:00'));
  });
});
