import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import type { CaseActor } from '../../src/reports/case.js';
import type { EvidenceAbove } from '../../src/reports/evidence/above.js';
import type { EvidenceDesk } from '../../src/reports/evidence/desk.js';
import { AGREE_WITHIN, OPEN_FOR } from '../../src/reports/evidence/rules.js';
import { sealInPieces } from '../../src/reports/evidence/sealed-file.js';
import { createCaseIdentityOpener } from '../../src/store/case-identity.js';
import { readEvents } from '../../src/store/case-rows.js';
import type { Database } from '../../src/store/database.js';
import { createEvidenceAbove } from '../../src/store/evidence-above.js';
import { createEvidenceDesk } from '../../src/store/evidence-desk.js';
import { insertExclusions } from '../../src/store/exclusions.js';
import { giveKeyToReport, newKey } from '../../src/store/file-keys.js';
import { cases, evidence, evidenceParts, fileKeys, reportExclusions, staff } from '../../src/store/schema.js';
import { verifyRecord } from '../../src/store/verify-record.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import {
  type CaseWorld,
  COMMITTEE,
  caseWorld,
  HEALTH,
  NOW,
  POLICE,
  PROVINCE,
} from '../support/case-world.js';
import { openDatabase } from '../support/open-database.js';

const REASON = { code: 'authority', words: 'công an phường đề nghị xác nhận tệp' } as const;
const BYTES = Buffer.from('the bytes as they came');
/** The committee of another commune. */
const BESIDE = 'ubnd-30760';

describeOnEachDatabase('the level above as second person', (make) => {
  let backend: Backend;
  let database: Database;
  let world: CaseWorld;
  let desk: EvidenceDesk;
  let above: EvidenceAbove;
  /** The only member of the committee, and a lead of the level above. */
  let lan: CaseActor;
  let dung: CaseActor;
  let caseId: string;
  let reportId: string;
  let number: string;

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    world = caseWorld(database);
    dung = await world.member(HEALTH, 'Anh Dũng', 'lead');
    lan = await world.member(COMMITTEE, 'Chị Lan');
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });
  beforeEach(async () => {
    world.clock.now = NOW;
    const parts = {
      ...{ db: database.db, cipher: world.cipher, directory: world.directory },
      now: () => world.clock.now,
      opener: createCaseIdentityOpener(database.db),
    };
    desk = createEvidenceDesk(parts);
    above = createEvidenceAbove(parts);
    await database.db
      .update(staff)
      .set({ agencyId: COMMITTEE, disabled: false })
      .where(eq(staff.id, lan.staffId));
    caseId = await world.newCase();
    const [row] = await database.db.select().from(cases).where(eq(cases.id, caseId));
    reportId = row?.reportId ?? '';
    number = row?.number ?? '';
  });

  /** A file of the case, shut away. */
  const file = async (second = 0, keyedToCase = true): Promise<string> => {
    const id = randomUUID();
    const keyId = await newKey(database.db, world.cipher, { reportId });
    if (keyedToCase) await giveKeyToReport(database.db, world.cipher, keyId, reportId);
    const [key] = await database.db.select().from(fileKeys).where(eq(fileKeys.id, keyId));
    await database.db.insert(evidence).values({
      ...{ id, reportId, keyId, channel: 'webchat', media: 'photo', state: 'kept', type: 'image/jpeg' },
      ...{ bytes: BYTES.length, quarantined: true, receivedAt: new Date(NOW + second * 1000) },
    });
    let part = 0;
    for await (const sealedBytes of sealInPieces(BYTES, key?.recipient ?? ('' as never))) {
      await database.db.insert(evidenceParts).values({ evidenceId: id, part, sealedBytes });
      part += 1;
    }
    return id;
  };
  /** Somebody of the committee asks for a file; the id of their look. */
  const ask = async (id: string, aim: 'original' | 'release' = 'original'): Promise<string> => {
    expect(await desk.ask(lan, caseId, id, aim, REASON)).toEqual({ kind: 'asked' });
    const looks = (await desk.file(lan, caseId, id))?.looks ?? [];
    return looks.find((look) => look.aim === aim)?.id ?? '';
  };
  const mine = async (who: CaseActor) =>
    (await above.asks(who)).filter(({ caseNumber }) => caseNumber === number);
  const events = async () =>
    (await readEvents(database.db, caseId)).filter(({ kind }) => kind.startsWith('evidence_'));
  const exclude = (...agencies: string[]) =>
    insertExclusions(
      database.db,
      reportId,
      agencies.map((agencyId) => ({ agencyId, why: 'conflict' as const })),
      null,
      new Date(world.clock.now),
    );

  it('sees who asks for what and why, agrees, and the one below opens for ten minutes; all of it on record', async () => {
    await file(0);
    const id = await file(1);
    const lookId = await ask(id);
    expect(await above.secondFrom(lan, caseId)).toBe(HEALTH);
    const before = await above.count(dung);
    expect(before).toBeGreaterThan(0);
    expect(await mine(dung)).toEqual([
      {
        lookId,
        agencyId: COMMITTEE,
        caseNumber: number,
        fileNumber: 2,
        askedBy: 'Chị Lan',
        aim: 'original',
        reason: 'authority',
        // The level above holds a copy of the committee's key, and could read the case with it.
        words: REASON.words,
        until: new Date(NOW + AGREE_WITHIN),
      },
    ]);
    // Looking again adds nothing to the record.
    await above.asks(dung);
    expect(await desk.open(lan, caseId, id, 'original')).toEqual({ kind: 'not_open' });
    world.clock.now += 60_000;
    expect(await above.agree(dung, lookId)).toEqual({ kind: 'agreed' });
    expect(await above.agree(dung, lookId)).toEqual({ kind: 'too_late' });
    expect(await above.count(dung)).toBe(before - 1);
    expect(await desk.open(lan, caseId, id, 'original')).toMatchObject({ kind: 'bytes', bytes: BYTES });
    // Whoever agreed opens nothing, by no way.
    expect(await desk.open(dung, caseId, id, 'original')).toEqual({ kind: 'not_found' });
    expect(await desk.file(dung, caseId, id)).toBeUndefined();
    expect(await desk.ask(dung, caseId, id, 'copy', REASON)).toEqual({ kind: 'not_found' });

    expect((await events()).map(({ kind, staffName, detail }) => [kind, staffName, detail?.agency])).toEqual([
      ['evidence_asked', 'Chị Lan', undefined],
      ['evidence_ask_seen', 'Anh Dũng', HEALTH],
      ['evidence_agreed_above', 'Anh Dũng', HEALTH],
      ['evidence_original', 'Chị Lan', undefined],
    ]);
    expect((await desk.file(lan, caseId, id))?.looks).toMatchObject([
      { state: 'open', by: { name: 'Chị Lan' }, agreedBy: 'Anh Dũng', agreedFrom: HEALTH },
    ]);
    expect(await world.life.looks(lan, new Date(NOW - 1))).toContainEqual(
      expect.objectContaining({ caseId, staffName: 'Anh Dũng', agencyId: HEALTH, times: 1 }),
    );
    expect(await verifyRecord(database.db, world.cipher)).toMatchObject({ ok: true });
    world.clock.now += OPEN_FOR;
    expect(await desk.open(lan, caseId, id, 'original')).toEqual({ kind: 'not_open' });
  });

  it('sees no word of the reason without a key that opens the case', async () => {
    const [first, second] = [await file(0), await file(1, false)];
    await ask(first);
    await ask(second);
    const { keys: _none, ...locked } = dung;
    expect((await mine(locked)).map((one) => 'words' in one)).toEqual([false, false]);
    // A file whose key still lies with the service tells them nothing either.
    expect((await mine(dung)).map((one) => [one.fileNumber, 'words' in one])).toEqual(
      expect.arrayContaining([
        [1, true],
        [2, false],
      ]),
    );
  });

  it('lets a file out of quarantine with the one below', async () => {
    const id = await file();
    expect(await above.agree(dung, await ask(id, 'release'))).toEqual({ kind: 'agreed' });
    expect((await desk.file(lan, caseId, id))?.fact.quarantined).toBe(false);
    expect((await events()).map(({ kind }) => kind)).toEqual([
      'evidence_asked',
      'evidence_agreed_above',
      'evidence_released',
    ]);
  });

  it('comes too late when the time is over, or a colleague was quicker', async () => {
    const [first, second] = [await file(0), await file(1)];
    const late = await ask(first);
    const tam = await world.member(COMMITTEE, 'Anh Tâm');
    const taken = await ask(second);
    expect(await desk.agree(tam, caseId, taken)).toEqual({ kind: 'agreed' });
    expect(await above.agree(dung, taken)).toEqual({ kind: 'too_late' });
    expect((await desk.file(lan, caseId, second))?.looks[0]).not.toHaveProperty('agreedFrom');
    world.clock.now += AGREE_WITHIN;
    expect(await mine(dung)).toEqual([]);
    expect(await above.agree(dung, late)).toEqual({ kind: 'too_late' });
    expect(await desk.open(lan, caseId, first, 'original')).toEqual({ kind: 'not_open' });
  });

  it('is one person when two agree at once', async () => {
    const minh = await world.member(HEALTH, 'Chị Minh', 'lead');
    const lookId = await ask(await file());
    const outcomes = await Promise.all([above.agree(dung, lookId), above.agree(minh, lookId)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['agreed', 'too_late']);
    expect((await events()).filter(({ kind }) => kind === 'evidence_agreed_above')).toHaveLength(1);
  });

  it.each([
    ['two levels above', PROVINCE],
    ['above somebody else', 'cong-an-tinh'],
    ['beside', BESIDE],
    ['of the same commune', POLICE],
    ['the own one', COMMITTEE],
  ])('is nobody of an agency %s', async (_which, agencyId) => {
    const who = { staffId: dung.staffId, agencyId };
    const lookId = await ask(await file());
    expect(await mine(who)).toEqual([]);
    expect(await above.count(who)).toBe(0);
    expect(await above.agree(who, lookId)).toEqual({ kind: 'not_found' });
    if (agencyId !== COMMITTEE) expect(await above.secondFrom(who, caseId)).toBeUndefined();
    expect((await events()).map(({ kind }) => kind)).toEqual(['evidence_asked']);
  });

  it('is nobody who asked themselves, also when they have moved to the level above since', async () => {
    const lookId = await ask(await file());
    await database.db.update(staff).set({ agencyId: HEALTH }).where(eq(staff.id, lan.staffId));
    const moved = { ...lan, agencyId: HEALTH };
    expect(await mine(moved)).toEqual([]);
    expect((await above.agree(moved, lookId)).kind).not.toBe('agreed');
  });

  it('is not asked by somebody who works there no more', async () => {
    const lookId = await ask(await file());
    await database.db.update(staff).set({ disabled: true }).where(eq(staff.id, lan.staffId));
    expect(await mine(dung)).toEqual([]);
    expect(await above.agree(dung, lookId)).toEqual({ kind: 'not_found' });
  });

  it('is not asked for a case that has moved on', async () => {
    const lookId = await ask(await file());
    await database.db.update(cases).set({ agencyId: POLICE }).where(eq(cases.id, caseId));
    expect(await mine(dung)).toEqual([]);
    expect(await above.agree(dung, lookId)).toEqual({ kind: 'not_found' });
    expect(await above.agree({ ...dung, agencyId: 'cong-an-tinh' }, lookId)).toEqual({ kind: 'not_found' });
  });

  it('loses it when the agency is excluded after the ask', async () => {
    const id = await file();
    const lookId = await ask(id);
    expect(await mine(dung)).toHaveLength(1);
    await exclude(HEALTH);
    expect(await mine(dung)).toEqual([]);
    expect(await above.agree(dung, lookId)).toEqual({ kind: 'not_found' });
    expect(await above.secondFrom(lan, caseId)).toBeUndefined();
    expect(await desk.open(lan, caseId, id, 'original')).toEqual({ kind: 'not_open' });
  });

  it('never sees nor agrees where its agency, or one above it, is excluded, whoever else is', async () => {
    const id = await file();
    const lookId = await ask(id);
    const everybody = [COMMITTEE, POLICE, HEALTH, PROVINCE, 'cong-an-tinh', BESIDE];
    await fc.assert(
      fc.asyncProperty(fc.subarray(everybody), fc.constantFrom(...everybody), async (excluded, agencyId) => {
        await database.db.delete(reportExclusions).where(eq(reportExclusions.reportId, reportId));
        await exclude(...excluded);
        const who = { ...dung, agencyId };
        const may = agencyId === HEALTH && !excluded.includes(HEALTH) && !excluded.includes(PROVINCE);
        expect(await mine(who)).toHaveLength(may ? 1 : 0);
        if (!may) expect(await above.agree(who, lookId)).toEqual({ kind: 'not_found' });
      }),
      { numRuns: 60 },
    );
    expect((await events()).map(({ kind }) => kind)).not.toContain('evidence_agreed_above');
  }, 60_000);
});
