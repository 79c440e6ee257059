import { eq, sql } from 'drizzle-orm';
import type { ReportDraft } from '../../src/reports/report.js';
import { loadRetention } from '../../src/reports/retention.js';
import { createCaseHolds } from '../../src/store/case-holds.js';
import type { Database } from '../../src/store/database.js';
import { ERASED, eraseCase, KEPT } from '../../src/store/erase-case.js';
import { casesDueForErasure, keptUntil, retentionPlan } from '../../src/store/retention.js';
import { caseStatistics, cases } from '../../src/store/schema.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';
import { createStoredCases, type StoredCases } from '../support/stored-cases.js';

// Codes are slow on purpose, three times a backend.
jest.setTimeout(60_000);

const NOW = Date.parse('2026-11-24T03:00:00Z');
const DAY = 24 * 3_600_000;
const rules = loadRetention(process.cwd());

describeOnEachDatabase('retention, on the store', (make) => {
  let backend: Backend;
  let database: Database;
  let stored: StoredCases;

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    stored = createStoredCases(database, NOW);
    await stored.member('ubnd-30742');
  }, 60_000);
  beforeEach(() => {
    stored.clock.now = NOW;
  });
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  const parts = () => ({ db: database.db, rules, now: () => stored.clock.now });
  const closedCase = async (more: Partial<ReportDraft> = {}, contact?: string) => {
    const lan = await stored.member('ubnd-30742', 'lead');
    const opened = await stored.openCase({ details: { age_band: '8' }, ...more }, contact);
    stored.clock.now += 90 * 60_000;
    await stored.desk.take(lan, opened.caseId);
    await stored.desk.close(lan, opened.caseId, 'child_safe');
    return { ...opened, lan, closedAt: stored.clock.now };
  };
  const isErased = async (caseId: string) =>
    (await database.db.select().from(cases).where(eq(cases.id, caseId)))[0]?.erasedAt !== null;

  it('erases a closed case when its time has come, once, and leaves a stub that tells of nobody', async () => {
    const { caseId, closedAt, lan } = await closedCase();
    stored.clock.now = closedAt + 89 * DAY;
    expect(await eraseCase(parts(), caseId)).toBe('not_yet');
    stored.clock.now = closedAt + 90 * DAY;
    expect(await casesDueForErasure(parts())).toContain(caseId);
    const both = await Promise.all([eraseCase(parts(), caseId), eraseCase(parts(), caseId)]);
    expect(both.sort()).toEqual(['erased', 'gone']);
    const [stub] = await database.db.select().from(cases).where(eq(cases.id, caseId));
    expect(stub).toMatchObject({
      number: expect.stringMatching(/^\d\d-\d{4,}$/),
      state: 'closed',
      reportId: caseId,
      category: 'other',
      placeCode: null,
      basis: '',
      outcome: null,
      takenBy: null,
    });
    expect(await stored.desk.open(lan, caseId)).toBeUndefined();
    expect((await stored.desk.queue(lan, { closed: true })).some(({ id }) => id === caseId)).toBe(false);
    expect(await casesDueForErasure(parts())).not.toContain(caseId);
    expect(await database.db.select().from(caseStatistics)).toContainEqual({
      month: '2026-11',
      category: 'physical_abuse',
      placeCode: '30742',
      urgency: 'normal',
      ageBand: '6-11',
      outcome: 'child_safe',
      feedback: null,
      hoursToAccept: 2,
      hoursToFirstReply: null,
      hoursToClose: 2,
    });
  });

  it('begins anew when the reporter writes on day 89, and waits until somebody has read it', async () => {
    const { caseId, code, closedAt, reportId } = await closedCase();
    stored.clock.now = closedAt + 89 * DAY;
    const { outcome } = await stored.perform('later', { action: 'open_mailbox', code });
    const mailbox = outcome?.action === 'open_mailbox' && outcome.result === 'ok' ? outcome.mailbox : '';
    await stored.perform('later', {
      action: 'write_to_case',
      mailbox,
      text: 'Cảm ơn cô chú.',
      feedback: 'yes',
    });
    stored.clock.now += 2 * DAY;
    expect(await eraseCase(parts(), caseId)).toBe('unread');
    await database.db.update(cases).set({ unread: 0 }).where(eq(cases.id, caseId));
    expect(await eraseCase(parts(), caseId)).toBe('not_yet');
    expect(await keptUntil(database.db, rules, reportId)).toEqual(new Date(closedAt + 179 * DAY));
    stored.clock.now = closedAt + 179 * DAY;
    expect(await eraseCase(parts(), caseId)).toBe('erased');
    // Who comes too late finds nothing, and what they write is refused, not lost without a word.
    const late = await stored.perform('later', { action: 'write_to_case', mailbox, text: 'Con đây.' });
    expect(late.outcome).toEqual({ action: 'write_to_case', result: 'closed' });
  });

  it('never deletes what a reporter is writing to at that moment: one of the two comes first, whole', async () => {
    for (const contactWish of ['nothing', 'replies', 'nothing', 'replies'] as const) {
      // Where replies were wished the writing talk is tied to the mailbox, and both want the talk's row.
      const { caseId, code, closedAt } = await closedCase({ contactWish }, 'now');
      const { outcome } = await stored.perform('now', { action: 'open_mailbox', code });
      const mailbox = outcome?.action === 'open_mailbox' && outcome.result === 'ok' ? outcome.mailbox : '';
      stored.clock.now = closedAt + 90 * DAY;
      const [erased, wrote] = await Promise.all([
        eraseCase(parts(), caseId),
        stored.perform('now', { action: 'write_to_case', mailbox, text: 'Con viết thêm.', feedback: 'no' }),
      ]);
      const result = wrote.outcome?.action === 'write_to_case' ? wrote.outcome.result : '';
      expect([
        ['erased', 'closed'],
        ['unread', 'ok'],
      ]).toContainEqual([erased, result]);
      expect(await isErased(caseId)).toBe(erased === 'erased');
      stored.clock.now = NOW;
    }
  });

  it('keeps a held case until the hold is lifted; both are events with who did it', async () => {
    const { caseId, closedAt, lan } = await closedCase();
    const holds = createCaseHolds(parts());
    expect(await holds.set(lan, caseId, 'investigation')).toBe(true);
    expect(await holds.set({ ...lan, agencyId: 'ca-30742' }, caseId, 'court')).toBe(false);
    stored.clock.now = closedAt + 400 * DAY;
    expect(await eraseCase(parts(), caseId)).toBe('held');
    const lines = [];
    for await (const line of retentionPlan(parts())) lines.push(line);
    expect(lines).toContainEqual(expect.objectContaining({ caseId, kind: 'held' }));
    expect(await holds.of(lan, caseId)).toMatchObject({
      hold: { reason: 'investigation', setByName: 'Chị Lan' },
    });
    expect(await holds.lift(lan, caseId)).toBe(true);
    const events = (await stored.desk.open(lan, caseId))?.events ?? [];
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['held', 'hold_lifted']));
    expect(await eraseCase(parts(), caseId)).toBe('erased');
    expect(await holds.set(lan, caseId, 'court')).toBe(false);
  });

  it('knows every table that holds something of a case: a new one fails here until somebody has thought about it', async () => {
    const { rows } = (await database.db.execute(sql`
      with recursive foreign_keys as (
        select source.relname::text as from_table, target.relname::text as to_table
        from pg_constraint c
        join pg_class source on source.oid = c.conrelid
        join pg_class target on target.oid = c.confrelid
        join pg_namespace n on n.oid = c.connamespace
        where c.contype = 'f' and n.nspname = 'lang_nghe'
      ), reached as (
        select unnest(array['reports', 'cases']) collate "C" as name
        union
        select f.from_table from foreign_keys f join reached r on r.name = f.to_table
      )
      select name from reached
      union
      select table_name::text collate "C" from information_schema.columns
      where table_schema = 'lang_nghe' and column_name in ('report_id', 'case_id', 'reply_id', 'mailbox_id')
    `)) as unknown as { rows: { name: string }[] };
    const thoughtOf = new Set([...ERASED.flatMap(({ tables }) => tables), ...KEPT]);
    expect(rows.map(({ name }) => name).filter((name) => !thoughtOf.has(name))).toEqual([]);
    expect(rows.length).toBeGreaterThan(8);
  });
});
