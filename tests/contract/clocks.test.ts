import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { CaseStep } from '../../src/reports/case-moments.js';
import { planClocks } from '../../src/reports/clocks.js';
import { type Deadlines, loadDeadlines } from '../../src/reports/deadlines.js';
import { createCaseClocks } from '../../src/store/case-clocks.js';
import { settleClocks } from '../../src/store/clocks.js';
import type { Database } from '../../src/store/database.js';
import { casesPlannedOtherwise, dueCases, upcomingCases } from '../../src/store/due-cases.js';
import { knockCase } from '../../src/store/knock.js';
import { caseClocks, caseEvents, caseMessages, cases } from '../../src/store/schema.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { addMember, reportAndDispatch } from '../support/cases-in-store.js';
import { openDatabase } from '../support/open-database.js';
import { trueDirectory as directory } from '../support/true-directory.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const deadlines = loadDeadlines(process.cwd());
const at = (text: string) => new Date(`${text}+07:00`);

/** Numbers that look like chance and are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describeOnEachDatabase('the clocks of cases', (make) => {
  let backend: Backend;
  let database: Database;
  let lan: { staffId: string; agencyId: string };
  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    lan = await addMember(database.db, 'ubnd-30742');
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  const parts = (now: Date, data: Deadlines = deadlines) => ({
    db: database.db,
    directory,
    deadlines: data,
    now: () => now.getTime(),
  });
  const open = (
    receivedAt: Date,
    urgency: 'urgent' | 'normal' = 'normal',
    more: Partial<Parameters<typeof reportAndDispatch>[1]> = {},
  ) => reportAndDispatch(parts(receivedAt), { receivedAt, urgency, ...more });
  const knock = (caseId: string, now: Date, data = deadlines) =>
    knockCase(database.db, { directory, deadlines: data }, caseId, now);
  const accept = (caseId: string, now: Date) =>
    database.db.transaction(async (tx) => {
      await tx
        .update(cases)
        .set({ state: 'accepted', acceptedAt: now, takenBy: lan.staffId })
        .where(eq(cases.id, caseId));
      await settleClocks(tx, { directory, deadlines }, caseId, now);
    });
  const reply = (caseId: string, now: Date) =>
    database.db.transaction(async (tx) => {
      const [row] = await tx.select().from(cases).where(eq(cases.id, caseId));
      await tx.insert(caseMessages).values({
        id: randomUUID(),
        reportId: row?.reportId ?? '',
        from: 'staff',
        staffId: lan.staffId,
        sealedContent: Buffer.from('x'),
        at: now,
      });
      await settleClocks(tx, { directory, deadlines }, caseId, now);
    });
  const steps = (now: Date) => createCaseClocks(database.db, { directory, deadlines }, () => now.getTime());
  const rows = (caseId: string) => database.db.select().from(caseClocks).where(eq(caseClocks.caseId, caseId));
  const told = async (caseId: string) =>
    (await database.db.select().from(caseEvents).where(eq(caseEvents.caseId, caseId)))
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('deadline_'));

  it('tell every warning and every missed deadline of a year once, in time, through Tết, restarts and two processes', async () => {
    const random = chance(7);
    const begin = at('2027-01-01T00:00').getTime();
    const end = at('2028-01-15T00:00').getTime();
    const plans: { at: number; act: () => Promise<unknown> }[] = [];
    const then = (when: number, act: (now: Date) => Promise<unknown>) =>
      plans.push({ at: when, act: () => act(new Date(when)) });
    const opened: string[] = [];
    for (let n = 0; n < 36; n += 1) {
      // A third of them in the weeks around Tết (5 to 8 February).
      const received =
        n % 3 === 0 ? at('2027-01-25T00:00').getTime() + random() * 16 * DAY : begin + random() * 350 * DAY;
      const urgent = random() < 0.3;
      let caseId = '';
      then(received, async (now) => {
        caseId = await open(now, urgent ? 'urgent' : 'normal');
        opened.push(caseId);
      });
      const accepted = received + random() * (urgent ? 0.7 : 6) * HOUR;
      then(accepted, (now) => accept(caseId, now));
      if (random() < 0.8) then(accepted + random() * 30 * HOUR, (now) => reply(caseId, now));
      const note = (step: CaseStep, after: number) =>
        then(accepted + after, (now) => steps(now).noteStep(lan, caseId, step));
      if (urgent) note(random() < 0.7 ? 'emergency_measure' : 'no_emergency', random() * 16 * HOUR);
      if (random() < 0.8) {
        const made = random() * 10 * DAY;
        note('plan_made', made);
        if (random() < 0.8) note('plan_approved', made + random() * 5 * DAY);
      }
    }

    // What a queue is to clocks: it may run a job late, twice at once, or lose everything.
    let jobs = new Map<string, { caseId: string; at: number }>();
    const add = (caseId: string, when: number) => jobs.set(`${caseId}-${when}`, { caseId, at: when });
    const fired: { caseId: string; clock: string; kind: string; at: number }[] = [];
    const run = async (caseId: string, now: number) => {
      for (const outcome of await Promise.all([knock(caseId, new Date(now)), knock(caseId, new Date(now))])) {
        for (const each of outcome.fired) fired.push({ caseId, ...each, at: now });
        if (outcome.nextAt && outcome.nextAt.getTime() < now + 6 * HOUR)
          add(caseId, outcome.nextAt.getTime());
      }
    };
    const SWEEP = 12 * HOUR;
    for (let time = begin; time < end; time += SWEEP) {
      // A restart that lost the queue, about every fortnight.
      if (random() < 0.03) jobs = new Map();
      for (const caseId of await dueCases(database.db, new Date(time))) await run(caseId, time);
      for (const each of await upcomingCases(database.db, new Date(time), new Date(time + SWEEP)))
        add(each.caseId, each.at.getTime());
      for (;;) {
        const next = [...plans, ...jobs.values()]
          .filter((each) => each.at < time + SWEEP)
          .sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        if ('act' in next) {
          plans.splice(plans.indexOf(next), 1);
          await next.act();
          const caseId = opened.at(-1);
          if (caseId) for (const { nextAt } of await rows(caseId)) if (nextAt) add(caseId, nextAt.getTime());
        } else {
          jobs.delete(`${next.caseId}-${next.at}`);
          await run(next.caseId, next.at);
        }
      }
    }

    const expected: string[] = [];
    const wanted = new Map<string, number>();
    for (const caseId of opened) {
      const [row] = await database.db.select().from(cases).where(eq(cases.id, caseId));
      for (const clock of await rows(caseId)) {
        const stopped = clock.stoppedAt?.getTime() ?? Number.POSITIVE_INFINITY;
        const moments = [
          ['warning', clock.warnAt?.getTime()],
          ['missed', clock.atOnce ? undefined : clock.dueAt.getTime()],
        ] as const;
        for (const [kind, when] of moments)
          if (when !== undefined && when < stopped) {
            expected.push(`${caseId} ${clock.clock} ${kind}`);
            wanted.set(`${caseId} ${clock.clock} ${kind}`, Math.max(when, row?.openedAt.getTime() ?? 0));
          }
      }
    }
    const keys = fired.map(({ caseId, clock, kind }) => `${caseId} ${clock} ${kind}`);
    expect([...keys].sort()).toEqual([...expected].sort());
    expect(expected.length).toBeGreaterThan(60);
    for (const [index, key] of keys.entries()) {
      const late = (fired[index]?.at ?? 0) - (wanted.get(key) ?? 0);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(SWEEP);
    }
    // Working days jumped over Tết, hours did not.
    expect(deadlines.calendar.isWorkingDay('2027-02-08')).toBe(false);
  }, 240_000);

  it('do nothing twice and lose nothing when the system clock jumps forth and back', async () => {
    const received = at('2026-11-30T09:00');
    const caseId = await open(received);
    // A day ahead by mistake: what was due in that day is told, once.
    const ahead = await knock(caseId, at('2026-12-01T09:30'));
    expect(ahead.fired.map(({ clock, kind }) => `${clock} ${kind}`)).toEqual([
      'accept_normal missed',
      'first_reply missed',
    ]);
    // Back: nothing of it again, neither at the true time nor later.
    for (const now of ['2026-11-30T09:01', '2026-11-30T13:00', '2026-12-01T09:00', '2026-12-01T09:30'])
      expect((await knock(caseId, at(now))).fired).toEqual([]);
    // What lay behind the jump is told at its own time.
    expect((await knock(caseId, at('2026-12-07T00:00'))).fired).toEqual([{ clock: 'plan', kind: 'warning' }]);
    expect((await knock(caseId, at('2026-12-08T00:00'))).fired).toEqual([{ clock: 'plan', kind: 'missed' }]);
    expect(await told(caseId)).toHaveLength(4);
  });

  it('follow the data: a holiday more moves what is open, and nothing that was told is told again', async () => {
    const received = at('2026-11-30T09:00');
    const [caseId, closed] = [await open(received), await open(received)];
    await knock(caseId, at('2026-12-07T06:00'));
    await database.db.update(cases).set({ state: 'closed', closedAt: received }).where(eq(cases.id, closed));
    const longer: Deadlines = {
      ...deadlines,
      version: 'with one holiday more',
      calendar: {
        ...deadlines.calendar,
        isWorkingDay: (day) => day !== '2026-12-03' && deadlines.calendar.isWorkingDay(day),
      },
    };
    const found = await casesPlannedOtherwise(database.db, longer.version);
    expect(found).toContain(caseId);
    expect(found).not.toContain(closed);
    await database.db.transaction((tx) =>
      settleClocks(tx, { directory, deadlines: longer }, caseId, at('2026-12-07T07:00')),
    );
    expect(await casesPlannedOtherwise(database.db, longer.version)).not.toContain(caseId);
    const plan = (await rows(caseId)).find(({ clock }) => clock === 'plan');
    expect(plan).toMatchObject({ dueAt: at('2026-12-09T00:00'), warnedAt: at('2026-12-07T06:00') });
    expect((await knock(caseId, at('2026-12-08T00:00'), longer)).fired).toEqual([]);
    expect((await knock(caseId, at('2026-12-09T00:00'), longer)).fired).toEqual([
      { clock: 'plan', kind: 'missed' },
    ]);
  });

  it('follow the case: the nearest deadline orders the queue, a step stops its clock and, taken back, lets it run again', async () => {
    const received = at('2027-03-01T08:00');
    const caseId = await open(received, 'urgent');
    const due = async () => {
      const [row] = await database.db.select().from(cases).where(eq(cases.id, caseId));
      return [row?.dueClock, row?.dueAt];
    };
    expect(await due()).toEqual(['accept_urgent', at('2027-03-01T08:15')]);
    await accept(caseId, at('2027-03-01T08:10'));
    expect(await due()).toEqual(['emergency', at('2027-03-01T20:00')]);
    const now = at('2027-03-01T10:00');
    const stranger = await addMember(database.db, 'ubnd-30742');
    expect(await steps(now).noteStep(stranger, caseId, 'emergency_measure')).toBe('not_yours');
    expect(await steps(now).noteStep({ ...lan, agencyId: 'ubnd-1' }, caseId, 'emergency_measure')).toBe(
      'not_found',
    );
    expect(await steps(now).noteStep(lan, caseId, 'emergency_measure')).toBe('done');
    expect(await due()).toEqual(['first_reply', at('2027-03-02T08:00')]);
    expect(await steps(now).withdrawStep(lan, caseId, 'emergency_measure')).toBe('done');
    expect(await due()).toEqual(['emergency', at('2027-03-01T20:00')]);
    const seen = await steps(now).ofCase(lan, caseId);
    expect(seen?.clocks.map(({ clock }) => clock)).toEqual(['accept_urgent', 'emergency', 'first_reply']);
    expect(await steps(now).ofCase({ ...lan, agencyId: 'ubnd-1' }, caseId)).toBeUndefined();
  });

  it('tell the level above of a missed deadline, but never an office that is accused', async () => {
    const above = await addMember(database.db, 'so-y-te', 'coordinator');
    const own = await open(at('2027-04-01T08:00'), 'urgent');
    await knock(own, at('2027-04-01T08:30'));
    const { below } = await steps(at('2027-04-01T08:30')).missed(above);
    expect(below).toContainEqual(
      expect.objectContaining({ caseId: own, agencyId: 'ubnd-30742', clock: 'accept_urgent' }),
    );
    // The committee is accused: the case is with the level above, which has nobody to hand it to.
    const accused = await open(at('2027-04-02T08:00'), 'urgent', { accusedOffice: 'commune_committee' });
    await knock(accused, at('2027-04-02T08:30'));
    expect((await rows(accused)).map(({ clock }) => clock)).not.toContain('forward');
    expect((await rows(accused)).map(({ toldAbove }) => toldAbove)).not.toContain('ubnd-30742');
    expect((await steps(at('2027-04-02T09:00')).missed(lan)).own.map(({ caseId }) => caseId)).not.toContain(
      accused,
    );
  });

  it('are those that the pure plan says, whatever happened in between', async () => {
    const received = at('2027-05-04T08:00');
    const caseId = await open(received);
    const planned = planClocks(deadlines, {
      moments: { received },
      urgency: 'normal',
      category: 'physical_abuse',
      isToBeForwarded: false,
    });
    expect((await rows(caseId)).map(({ clock, dueAt }) => [clock, dueAt]).sort()).toEqual(
      planned.map(({ id, dueAt }) => [id, dueAt]).sort(),
    );
  });
});
