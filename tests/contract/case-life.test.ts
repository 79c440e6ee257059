import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { CaseActor } from '../../src/reports/case.js';
import type { Database } from '../../src/store/database.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { type CaseWorld, COMMITTEE, caseWorld, HEALTH, NOW, PROVINCE } from '../support/case-world.js';
import { openDatabase } from '../support/open-database.js';

describeOnEachDatabase('the life of a case', (make) => {
  let backend: Backend;
  let database: Database;
  let world: CaseWorld;
  let lan: CaseActor;
  let minh: CaseActor;
  let caseId: string;

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });
  beforeEach(async () => {
    world = caseWorld(database);
    lan = await world.member(COMMITTEE, 'Chị Lan');
    minh = await world.member(COMMITTEE, 'Anh Minh');
    caseId = await world.newCase();
  });

  const file = (actor: CaseActor = lan) => world.desk.open(actor, caseId);
  const kinds = async () => (await file())?.events.map(({ kind }) => kind);

  it('goes from new to closed and is opened again, each step on record', async () => {
    const { desk, life } = world;
    await desk.take(lan, caseId);
    expect(await life.move(lan, caseId, 'assess')).toEqual({ kind: 'done' });
    expect((await file())?.state).toBe('assessing');
    expect(await life.move(lan, caseId, 'support')).toEqual({ kind: 'done' });
    expect(await desk.close(lan, caseId, 'child_safe')).toEqual({ kind: 'done' });
    expect(await life.reopen(minh, caseId, 'not_safe')).toEqual({ kind: 'done' });
    const again = await file();
    expect(again).toMatchObject({ state: 'accepted', takenBy: { staffId: minh.staffId } });
    expect(again?.outcome).toBeUndefined();
    expect(again?.events.find(({ kind }) => kind === 'reopened')).toMatchObject({
      staffName: 'Anh Minh',
      detail: { reason: 'not_safe', outcome: 'child_safe' },
    });
  });

  it('refuses what the state does not allow, and changes nothing', async () => {
    const { desk, life } = world;
    expect(await life.move(lan, caseId, 'assess')).toEqual({ kind: 'not_now' });
    expect(await life.giveBack(lan, caseId, 'absent')).toEqual({ kind: 'not_now' });
    expect(await life.reopen(lan, caseId, 'new_facts')).toEqual({ kind: 'not_now' });
    expect(await desk.close(lan, caseId, 'child_safe')).toEqual({ kind: 'not_now' });
    await desk.take(lan, caseId);
    expect(await life.move(minh, caseId, 'assess')).toEqual({ kind: 'not_yours', by: 'Chị Lan' });
    await desk.close(lan, caseId, 'child_safe');
    expect(await life.move(lan, caseId, 'support')).toEqual({ kind: 'closed' });
    expect(await life.handOver(lan, caseId, minh.staffId)).toEqual({ kind: 'closed' });
    expect(await kinds()).toEqual(['opened', 'taken', 'closed', 'looked']);
    const stranger = await world.member(HEALTH);
    expect(await life.move(stranger, caseId, 'assess')).toEqual({ kind: 'not_found' });
    expect(await life.reopen(stranger, caseId, 'not_safe')).toEqual({ kind: 'not_found' });
    expect(await life.glance(stranger, caseId)).toBeUndefined();
  });

  it('is handed to a colleague who can hold it, by the holder or by whoever directs', async () => {
    const { desk, life } = world;
    await desk.take(lan, caseId);
    expect(await life.handOver(minh, caseId, minh.staffId)).toMatchObject({ kind: 'not_yours' });
    const elsewhere = await world.member(HEALTH);
    for (const nobody of [elsewhere.staffId, lan.staffId, randomUUID()])
      expect(await life.handOver(lan, caseId, nobody)).toEqual({ kind: 'no_such_colleague' });
    expect(await life.handOver(lan, caseId, minh.staffId)).toEqual({ kind: 'done' });
    expect(await desk.reply(lan, caseId, 'x', randomUUID())).toMatchObject({ kind: 'not_yours' });
    const tam = await world.member(COMMITTEE, 'Chú Tâm', 'lead');
    expect(await life.handOver(tam, caseId, lan.staffId)).toEqual({ kind: 'done' });
    expect((await file())?.takenBy?.staffId).toBe(lan.staffId);
    expect((await life.colleagues(lan)).map(({ name }) => name)).toContain('Anh Minh');
  });

  it('of two who move it at once exactly one does', async () => {
    await world.desk.take(lan, caseId);
    const outcomes = await Promise.all([
      world.life.handOver(lan, caseId, minh.staffId),
      world.life.giveBack(lan, caseId, 'absent'),
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  it('given back it waits in the queue again, and its time still runs from the report', async () => {
    const before = (await file())?.acceptBy;
    await world.desk.take(lan, caseId);
    world.clock.now = NOW + 3_600_000;
    expect(await world.life.giveBack(lan, caseId, 'too_much')).toEqual({ kind: 'done' });
    expect(await file(minh)).toMatchObject({ state: 'new', acceptBy: before });
    expect(await world.desk.take(minh, caseId)).toEqual({ kind: 'taken' });
  });

  it('handed back it waits at the next level above that has staff', async () => {
    const above = await world.member(PROVINCE);
    await world.desk.take(lan, caseId);
    // Somebody of an earlier test works at the level in between.
    const han = await world.member(HEALTH);
    expect(await world.life.handBack(lan, caseId, 'wrong_place')).toEqual({ kind: 'done' });
    expect(await file()).toBeUndefined();
    const there = await file(han);
    expect(there).toMatchObject({ state: 'new', agencyId: HEALTH });
    expect(there?.takenBy).toBeUndefined();
    expect(there?.referrals).toMatchObject([
      { kind: 'hand_back', fromAgency: COMMITTEE, toAgency: HEALTH, reason: 'wrong_place' },
    ]);
    expect(await world.life.handBack(han, caseId, 'not_competent')).toEqual({ kind: 'done' });
    expect(await world.life.handBack(above, caseId, 'not_competent')).toEqual({ kind: 'nobody_above' });
    expect((await file(above))?.agencyId).toBe(PROVINCE);
  });

  it('after a conflict of interest the agency never gets it again', async () => {
    const han = await world.member(HEALTH);
    expect(await world.life.handBack(lan, caseId, 'conflict_of_interest')).toEqual({ kind: 'done' });
    const offer = {
      kind: 'open',
      toAgency: COMMITTEE,
      reason: 'together',
      ground: 'receive-and-coordinate',
      consent: 'reporter',
      words: 'Cùng làm.',
      override: '',
    } as const;
    expect(await world.referrals.mayGet(han, caseId, [COMMITTEE])).toEqual([]);
    expect(await world.referrals.offer(han, caseId, offer, randomUUID())).toEqual({ kind: 'cannot_get_it' });
  });

  it('keeps notes for staff, sealed, once however often they are sent, and for nobody else', async () => {
    const noteId = randomUUID();
    const text = 'Đã gọi cho cô chủ nhiệm lớp 3A.';
    for (let time = 0; time < 2; time += 1)
      expect(await world.life.note(minh, caseId, text, noteId)).toEqual({ kind: 'done' });
    expect((await file())?.notes).toMatchObject([{ text, staffName: 'Anh Minh' }]);
    expect((await file())?.messages).toEqual([]);
    expect((await kinds())?.filter((kind) => kind === 'noted')).toHaveLength(1);
    const stranger = await world.member(HEALTH);
    expect(await world.life.note(stranger, caseId, 'x', randomUUID())).toEqual({ kind: 'not_found' });
    const stored = await database.db.execute(sql`select sealed_content as bytes from lang_nghe.case_notes`);
    const { rows } = stored as unknown as { rows: { bytes: Uint8Array }[] };
    expect(rows.map(({ bytes }) => Buffer.from(bytes).includes('chủ nhiệm'))).toEqual([false]);
  });

  it('tells the lead who looked into which case of the agency', async () => {
    await file(lan);
    world.clock.now = NOW + 120_000;
    await file(lan);
    world.clock.now = NOW + 60_000;
    await file(minh);
    const looks = await world.life.looks(lan, new Date(NOW - 1));
    expect(looks.filter((look) => look.caseId === caseId)).toMatchObject([
      { staffName: 'Chị Lan', times: 2, last: new Date(NOW + 120_000), agencyId: COMMITTEE },
      { staffName: 'Anh Minh', times: 1 },
    ]);
    expect(await world.life.looks(lan, new Date(NOW + 10_000_000))).toEqual([]);
    const stranger = await world.member(HEALTH);
    expect((await world.life.looks(stranger, new Date(0))).map((look) => look.caseId)).not.toContain(caseId);
  });
});
