import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { createAuditLog } from '../../src/store/audit.js';
import { anchorName, writeAnchor } from '../../src/store/audit-anchors.js';
import { forgetEvents, recordEvent } from '../../src/store/case-events.js';
import type { Database, Db } from '../../src/store/database.js';
import { readRecord } from '../../src/store/read-record.js';
import { verifyRecord } from '../../src/store/verify-record.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { type CaseWorld, COMMITTEE, caseWorld, NOW } from '../support/case-world.js';
import { openDatabase } from '../support/open-database.js';

const MIGRATIONS = 'src/store/migrations';

describeOnEachDatabase('the record of acts', (make) => {
  let backend: Backend;
  let database: Database;
  let world: CaseWorld;

  beforeEach(async () => {
    backend = await make();
    database = await openDatabase(backend);
    world = caseWorld(database);
  }, 60_000);
  afterEach(async () => {
    await database.close();
    await backend.drop();
  });

  const verify = (anchor?: string) =>
    verifyRecord(database.db, world.cipher, anchor === undefined ? {} : { anchor });
  const anchor = () => writeAnchor(database.db, world.cipher, new Date(NOW));
  /** What somebody with all rights on the database can do: the triggers do not stop them. */
  const tamper = async (...statements: ReturnType<typeof sql>[]): Promise<void> => {
    for (const table of ['case_events', 'audit_events', 'audit_anchors'])
      await database.db.execute(sql.raw(`alter table lang_nghe.${table} disable trigger user`));
    for (const statement of statements) await database.db.execute(statement);
  };
  const workedCase = async () => {
    const lan = await world.member(COMMITTEE);
    const caseId = await world.newCase();
    await world.desk.take(lan, caseId);
    await world.life.move(lan, caseId, 'assess');
    await world.desk.close(lan, caseId, 'child_safe');
    return { lan, caseId };
  };

  it('holds after a day of work, and says how much there is', async () => {
    const { lan, caseId } = await workedCase();
    const audit = createAuditLog(database.db);
    await Promise.all(
      [1, 2, 3].map(() => audit.record({ kind: 'signed_in', at: new Date(NOW), staffId: lan.staffId })),
    );
    await anchor();
    expect(await anchor()).toBeUndefined();
    expect(await verify()).toMatchObject({
      ok: true,
      figures: { events: 4, cases: 1, acts: 3, anchors: 1, notAnchored: 0 },
    });
    const [row] = (await world.desk.queue(lan, { closed: true })).filter(({ id }) => id === caseId);
    const lines = await readRecord(database.db, row?.number ?? '');
    expect(lines?.map(({ kind, who }) => [kind, who])).toEqual([
      ['opened', undefined],
      ['taken', 'Chị Lan'],
      ['assessing', 'Chị Lan'],
      ['closed', 'Chị Lan'],
    ]);
    expect(await readRecord(database.db, '26-9999')).toBeUndefined();
  });

  it('lets nobody change, delete or empty what is written', async () => {
    const { caseId } = await workedCase();
    await createAuditLog(database.db).record({ kind: 'signed_out', at: new Date(NOW) });
    await anchor();
    for (const statement of [
      'update lang_nghe.case_events set kind = $$looked$$',
      'delete from lang_nghe.case_events',
      'truncate lang_nghe.case_events',
      'update lang_nghe.audit_events set subject = $$x$$',
      'delete from lang_nghe.audit_events',
      'delete from lang_nghe.audit_anchors',
    ])
      await expect(database.db.execute(sql.raw(statement))).rejects.toThrow();
    // Retention may empty an event, and nothing else, even when it says that it is retention.
    for (const statement of [
      'update lang_nghe.case_events set staff_id = null',
      'delete from lang_nghe.case_events',
    ])
      await expect(
        database.db.transaction(async (tx) => {
          await tx.execute(sql`select set_config('lang_nghe.retention', 'on', true)`);
          await tx.execute(sql.raw(statement));
        }),
      ).rejects.toThrow();
    expect(await verify()).toMatchObject({ ok: true, figures: { events: 4 } });
    expect(caseId).toBeDefined();
  });

  it('still holds when retention has emptied a case and the case is gone', async () => {
    const { caseId } = await workedCase();
    await anchor();
    await database.db.transaction(async (tx) => {
      await forgetEvents(tx as unknown as Db, caseId, new Date(NOW + 1000));
      await tx.execute(sql`delete from lang_nghe.cases where id = ${caseId}::uuid`);
    });
    await anchor();
    expect(await verify()).toMatchObject({ ok: true, figures: { events: 4, acts: 1, anchors: 2 } });
    const left = await database.db.execute(
      sql`select distinct kind, staff_id, detail from lang_nghe.case_events`,
    );
    expect((left as unknown as { rows: unknown[] }).rows).toEqual([
      { kind: 'removed', staff_id: null, detail: null },
    ]);
  });

  it.each([
    ['a changed row', sql`update lang_nghe.case_events set kind = 'looked' where position = 3`, 'case_event'],
    [
      'another person',
      sql`update lang_nghe.case_events set staff_id = null where position = 2`,
      'case_event',
    ],
    [
      'another time',
      sql`update lang_nghe.case_events set at = at + interval '1 second' where position = 4`,
      'case_event',
    ],
    [
      'other details',
      sql`update lang_nghe.case_events set detail = '{"outcome":"x"}' where position = 4`,
      'case_event',
    ],
    [
      'a row taken out of the middle',
      sql`delete from lang_nghe.case_events where position = 2`,
      'case_event',
    ],
    ['a missing end', sql`delete from lang_nghe.case_events where position = 4`, 'events_missing'],
    ['a case that lost its events', sql`delete from lang_nghe.case_events`, 'case_without_events'],
    [
      'an emptied row',
      sql`update lang_nghe.case_events set kind = 'removed', staff_id = null, detail = null`,
      'emptied_without_rule',
    ],
    ['a changed act', sql`update lang_nghe.audit_events set subject = 'x' where position = 1`, 'act'],
    ['a missing last act', sql`delete from lang_nghe.audit_events where position = 2`, 'acts_missing'],
    ['a changed anchor', sql`update lang_nghe.audit_anchors set events = 3`, 'anchor'],
  ])('finds %s', async (_what, statement, kind) => {
    await workedCase();
    const audit = createAuditLog(database.db);
    await audit.record({ kind: 'signed_in', at: new Date(NOW) });
    await audit.record({ kind: 'signed_out', at: new Date(NOW) });
    await anchor();
    await tamper(statement);
    expect(await verify()).toMatchObject({ ok: false, fault: { kind } });
  });

  it('finds a case deleted with all its events, and an end cut off together with its anchor', async () => {
    await workedCase();
    await anchor();
    const { caseId } = await workedCase();
    const newest = await anchor();
    const known = newest ? anchorName(newest) : '';
    expect(await verify(known)).toMatchObject({ ok: true });
    const [events, row] = [
      sql`delete from lang_nghe.case_events where case_id = ${caseId}::uuid`,
      sql`delete from lang_nghe.cases where id = ${caseId}::uuid`,
    ];
    await tamper(events, row);
    expect(await verify()).toMatchObject({ ok: false, fault: { kind: 'events_missing', anchor: 2 } });
    await tamper(sql`delete from lang_nghe.audit_anchors where position = 2`);
    expect(await verify()).toMatchObject({ ok: true });
    // Only what was written down elsewhere still knows.
    expect(await verify(known)).toMatchObject({ ok: false, fault: { kind: 'anchor_not_found' } });
  });

  it('names the first break: which case, which event', async () => {
    const { caseId } = await workedCase();
    await tamper(sql`update lang_nghe.case_events set kind = 'looked' where position = 3`);
    expect(await verify()).toMatchObject({ fault: { caseId, position: 3, what: 'changed' } });
  });

  it('takes up the events of earlier versions as if they had been chained from the first day', async () => {
    const lan = await world.member(COMMITTEE);
    for (let time = 0; time < 3; time += 1) await world.desk.take(lan, await world.newCase());
    await tamper(sql`update lang_nghe.case_events set hash = '\\x00', previous_hash = '\\x00'`);
    expect(await verify()).toMatchObject({ ok: false });
    const [file = ''] = readdirSync(MIGRATIONS).filter((name) => name.endsWith('_record_chains.sql'));
    const statements = readFileSync(`${MIGRATIONS}/${file}`, 'utf8').split('--> statement-breakpoint');
    const fill = statements.find((statement) => statement.includes('DO $$')) ?? '';
    await database.db.execute(sql.raw(fill));
    expect(await verify()).toMatchObject({ ok: true, figures: { events: 6, cases: 3 } });
  });

  it('never forks, however events of some cases come at once', async () => {
    await world.member(COMMITTEE);
    const cases = [await world.newCase(), await world.newCase()];
    const anEvent = fc.record({ caseId: fc.constantFrom(...cases), after: fc.integer({ min: 0, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 12 }), async (events) => {
        const write = async ({ caseId, after }: { caseId: string; after: number }): Promise<void> => {
          for (let turn = 0; turn < after; turn += 1) await new Promise(setImmediate);
          await database.db.transaction(async (tx) => {
            await recordEvent(tx as unknown as Db, { caseId, kind: 'looked', at: new Date(NOW) });
            for (let turn = 0; turn < after; turn += 1) await tx.execute(sql`select 1`);
          });
        };
        await Promise.all([...events.map(write), anchor()]);
        const verdict = await verify();
        expect(verdict.ok).toBe(true);
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});
