import { asc, eq } from 'drizzle-orm';
import { addExclusion } from '../../src/store/add-exclusion.js';
import { ExcludedAgencyGiven, moveLead } from '../../src/store/case-agencies.js';
import type { Database } from '../../src/store/database.js';
import { countWaitingReports } from '../../src/store/dispatch.js';
import { excludedFrom, isExcluded, offerableFor } from '../../src/store/exclusions.js';
import { caseAgencies, cases, reportExclusions } from '../../src/store/schema.js';
import { createUndecidedReports } from '../../src/store/undecided.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';
import { createStoredCases, type StoredCases } from '../support/stored-cases.js';

// Codes are slow on purpose, three times a backend.
jest.setTimeout(60_000);

const NOW = Date.parse('2026-11-24T03:00:00Z');

describeOnEachDatabase('routing, on the store', (make) => {
  let backend: Backend;
  let database: Database;
  let stored: StoredCases;

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    stored = createStoredCases(database, NOW);
    for (const agency of ['ubnd-30742', 'ca-30742', 'so-y-te', 'cong-an-tinh', 'so-khcn'])
      await stored.member(agency);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  const around = async (caseId: string) =>
    Object.fromEntries(
      (
        await database.db
          .select({ agencyId: caseAgencies.agencyId, role: caseAgencies.role })
          .from(caseAgencies)
          .where(eq(caseAgencies.caseId, caseId))
          .orderBy(asc(caseAgencies.agencyId))
      ).map(({ agencyId, role }) => [agencyId, role]),
    );

  it('keeps with the case who leads, who stands above, who cooperates, and why by law', async () => {
    const { caseId } = await stored.openCase();
    expect(await around(caseId)).toEqual({
      'ubnd-30742': 'lead',
      'so-y-te': 'above',
      'ca-30742': 'cooperating',
    });
    const [row] = await database.db.select().from(cases).where(eq(cases.id, caseId));
    expect(row?.basis).toContain('102/2016/QH13 Điều 51');
  });

  it('keeps out the accused person’s office in every way, and says why', async () => {
    const { caseId, reportId, agencyId } = await stored.openCase({ accusedOffice: 'commune_committee' });
    expect(agencyId).toBe('so-y-te');
    expect(await around(caseId)).not.toHaveProperty('ubnd-30742');
    expect(await isExcluded(database.db, reportId, 'ubnd-30742')).toBe(true);
    expect(await offerableFor(database.db, reportId, ['ubnd-30742', 'ca-30742'])).toEqual(['ca-30742']);
    const rows = await database.db
      .select()
      .from(reportExclusions)
      .where(eq(reportExclusions.reportId, reportId));
    expect(rows).toMatchObject([{ agencyId: 'ubnd-30742', why: 'works_there', staffId: null }]);
    await expect(
      moveLead(database.db, stored.directory, { caseId, reportId, agencyId: 'ubnd-30742' }, new Date(NOW)),
    ).rejects.toThrow(ExcludedAgencyGiven);
  });

  it('keeps out that office of every commune when the place is not known, also when it is found out later', async () => {
    const { reportId } = await stored.openCase({ accusedOffice: 'commune_police', placeCode: '00000' });
    expect(await isExcluded(database.db, reportId, 'ca-30742')).toBe(true);
    expect(await isExcluded(database.db, reportId, 'ca-31108')).toBe(true);
    expect(await isExcluded(database.db, reportId, 'ubnd-30742')).toBe(false);
  });

  it('lets staff keep out an agency for a conflict of interest; it is named no more, and its people neither', async () => {
    const lan = await stored.member('ubnd-30742');
    const { caseId, reportId } = await stored.openCase({ category: 'online_harm' });
    expect(await around(caseId)).toMatchObject({ 'cong-an-tinh': 'lead', 'ca-30742': 'cooperating' });
    const { added, owns } = await database.db.transaction((tx) =>
      addExclusion(
        tx,
        stored.directory,
        { reportId, agencyId: 'cong-an-tinh', staffId: lan.staffId },
        new Date(NOW),
      ),
    );
    expect(owns).toBe(true);
    expect(added).toContain('ca-30742');
    expect(await around(caseId)).toEqual({ 'ubnd-30742': 'cooperating', 'ubnd-tinh': 'above' });
    await moveLead(
      database.db,
      stored.directory,
      { caseId, reportId, agencyId: 'ubnd-30742' },
      new Date(NOW),
    );
    expect(await around(caseId)).toEqual({ 'ubnd-30742': 'lead', 'so-y-te': 'above' });
  });

  it('puts the next level above a case when the one above is kept out', async () => {
    const lan = await stored.member('ubnd-30742');
    const { caseId, reportId } = await stored.openCase();
    const conflict = { reportId, agencyId: 'so-y-te', staffId: lan.staffId };
    await database.db.transaction((tx) => addExclusion(tx, stored.directory, conflict, new Date(NOW)));
    expect(await around(caseId)).toEqual({
      'ubnd-30742': 'lead',
      'ca-30742': 'cooperating',
      'ubnd-tinh': 'above',
    });
  });

  it('names the one before as cooperating when a case moves on', async () => {
    const { caseId, reportId } = await stored.openCase();
    await moveLead(database.db, stored.directory, { caseId, reportId, agencyId: 'ca-30742' }, new Date(NOW));
    expect(await around(caseId)).toEqual({
      'ca-30742': 'lead',
      'cong-an-tinh': 'above',
      'ubnd-30742': 'cooperating',
    });
  });

  it('lets a report that nobody may take wait for an administrator, and gives it to no excluded office then either', async () => {
    const admin = await stored.member('so-y-te');
    const undecided = createUndecidedReports({
      db: database.db,
      directory: stored.directory,
      deadlines: stored.deadlines,
      now: () => stored.clock.now,
    });
    const before = await countWaitingReports(database.db);
    const { reportId } = await stored.submit({ accusedOffice: 'provincial_police', urgency: 'urgent' });
    // Everybody who has to do with it.
    const all = [...stored.directory.agencies.map(({ id }) => id)].filter((id) => id !== 'so-khcn');
    const exclusionsOf = () => all.map((agencyId) => ({ agencyId, why: 'works_there' as const }));
    expect(await stored.dispatch(reportId, { exclusionsOf })).toEqual({ kind: 'undecided' });
    expect(await countWaitingReports(database.db)).toEqual({ ...before, undecided: before.undecided + 1 });
    expect(await stored.dispatch(reportId)).toEqual({ kind: 'already_done' });

    const [first] = await undecided.list();
    expect(first).toMatchObject({ reportId, urgency: 'urgent', candidates: ['so-khcn'] });
    expect(await undecided.decide(admin.staffId, reportId, 'so-y-te')).toBe('not_possible');
    expect(await undecided.decide(admin.staffId, reportId, 'so-noi-vu')).toBe('not_possible');
    expect(await undecided.decide(admin.staffId, reportId, 'so-khcn')).toBe('done');
    expect(await undecided.decide(admin.staffId, reportId, 'so-khcn')).toBe('gone');
    const [row] = await database.db.select().from(cases).where(eq(cases.reportId, reportId));
    expect(row).toMatchObject({ agencyId: 'so-khcn', basis: expect.stringContaining('102/2016/QH13') });
    const excluded = await excludedFrom(database.db, reportId);
    expect(Object.keys(await around(row?.id ?? '')).filter((id) => excluded.has(id))).toEqual([]);
    expect((await countWaitingReports(database.db)).undecided).toBe(before.undecided);
  });
});
