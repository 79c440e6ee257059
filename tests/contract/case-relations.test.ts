import { randomUUID } from 'node:crypto';
import { loadLikelySame } from '../../src/reports/likely-same.js';
import { createCaseRelations } from '../../src/store/case-relations.js';
import type { Database } from '../../src/store/database.js';
import { isExcluded } from '../../src/store/exclusions.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';
import { createStoredCases, type StoredCases } from '../support/stored-cases.js';

// Codes are slow on purpose, three times a backend.
jest.setTimeout(60_000);

const NOW = Date.parse('2026-11-24T03:00:00Z');
const HOUR = 3_600_000;
const RACH_GIA = '30742';

describeOnEachDatabase('cases of one matter, on the store', (make) => {
  let backend: Backend;
  let database: Database;
  let stored: StoredCases;
  let start = NOW;

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  }, 60_000);
  beforeEach(() => {
    // Each test in a year of its own, so that the cases of others are too long ago.
    start += 366 * 24 * HOUR;
    stored = createStoredCases(database, start);
  });
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  const relations = () =>
    createCaseRelations({
      db: database.db,
      directory: stored.directory,
      rules: loadLikelySame(process.cwd()),
      now: () => stored.clock.now,
    });
  const child = (age: string) => ({ details: { age_band: age } });

  it('suggests one agency’s cases of one place, time, age and kind, and remembers what somebody said', async () => {
    const lan = await stored.member('ubnd-30742');
    const one = await stored.openCase(child('8'));
    stored.clock.now += 5 * HOUR;
    const same = await stored.openCase({ ...child('9'), category: 'domestic_violence' });
    const older = await stored.openCase(child('16'));
    const around = async (caseId: string) => await relations().around(lan, caseId);
    expect((await around(one.caseId))?.likely).toMatchObject([{ id: same.caseId, state: 'new' }]);
    expect((await around(older.caseId))?.likely).toEqual([]);

    expect(await relations().decide(lan, [same.caseId, one.caseId], true)).toBe('done');
    expect(await around(one.caseId)).toMatchObject({ likely: [], linked: [{ id: same.caseId }] });
    expect(await around(same.caseId)).toMatchObject({ linked: [{ id: one.caseId }] });
    expect((await stored.desk.open(lan, one.caseId))?.events.map(({ kind }) => kind)).toContain('linked');
    // Said otherwise later.
    await relations().decide(lan, [one.caseId, same.caseId], false);
    expect(await around(one.caseId)).toMatchObject({ likely: [], linked: [] });
  });

  it('shows cases of two agencies to the level above only, until it links them', async () => {
    const [committee, police, health] = [
      await stored.member('ubnd-30742'),
      await stored.member('ca-30742'),
      await stored.member('so-y-te'),
    ];
    await stored.member('ubnd-tinh');
    const one = await stored.openCase(child('8'));
    const other = await stored.openCase({ ...child('8'), accusedOffice: 'commune_committee' });
    expect([one.agencyId, other.agencyId]).toEqual(['ubnd-30742', 'so-y-te']);
    expect((await relations().around(committee, one.caseId))?.likely).toEqual([]);
    expect(await relations().pairs(committee)).toEqual([]);
    expect(await relations().pairs(police)).toEqual([]);
    const pairs = await relations().pairs(health);
    expect(pairs.map((pair) => pair.map(({ id }) => id).sort())).toEqual([[one.caseId, other.caseId].sort()]);

    // One of them must not reach the committee, which has the other: it is linked, said so, and stays unseen there.
    expect(await relations().decide(committee, [one.caseId, other.caseId], true)).toBe('not_found');
    expect(await relations().decide(health, [one.caseId, other.caseId], true)).toBe('linked_owner_excluded');
    expect((await relations().around(committee, one.caseId))?.linked).toEqual([]);
    expect((await relations().around(health, other.caseId))?.linked).toMatchObject([
      { id: one.caseId, agencyId: 'ubnd-30742' },
    ]);
  });

  it('keeps what must not get one case out of the other when they are linked', async () => {
    const health = await stored.member('so-y-te');
    await stored.member('cong-an-tinh');
    const one = await stored.openCase({ ...child('8'), placeCode: '00000' });
    const other = await stored.openCase({
      ...child('8'),
      placeCode: '00000',
      accusedOffice: 'commune_police',
    });
    expect(await relations().decide(health, [one.caseId, other.caseId], true)).toBe('done');
    expect(await isExcluded(database.db, one.reportId, `ca-${RACH_GIA}`)).toBe(true);
  });

  it('knows no case that is not there, and none of an agency that is neither its own nor under it', async () => {
    const stranger = await stored.member('ca-31108');
    await stored.member('ubnd-30742');
    const [one, other] = [await stored.openCase(child('8')), await stored.openCase(child('8'))];
    expect(await relations().around(stranger, one.caseId)).toBeUndefined();
    expect(await relations().pairs(stranger)).toEqual([]);
    for (const pair of [
      [one.caseId, other.caseId],
      [one.caseId, one.caseId],
      [one.caseId, randomUUID()],
    ] as const)
      expect(await relations().decide(stranger, pair, true)).toBe('not_found');
  });
});
