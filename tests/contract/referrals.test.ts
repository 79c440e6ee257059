import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { CaseActor } from '../../src/reports/case.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import type { Offer } from '../../src/reports/referral.js';
import { createCasePorts } from '../../src/store/case-ports.js';
import type { Database } from '../../src/store/database.js';
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
import { trueDirectory } from '../support/true-directory.js';

const offerTo = (toAgency: string, changes: Partial<Offer> = {}): Offer => ({
  kind: 'move',
  toAgency,
  reason: 'crime',
  ground: 'report-of-crime',
  consent: 'reporter',
  words: 'Cần công an xác minh ngay trong hôm nay.',
  override: '',
  ...changes,
});

describeOnEachDatabase('referral', (make) => {
  let backend: Backend;
  let database: Database;
  let world: CaseWorld;
  let lan: CaseActor;
  let bao: CaseActor;
  let caseId: string;
  /** What the keyring was told, in order. */
  let keys: string[];

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });
  beforeEach(async () => {
    keys = [];
    const { keyring } = createCasePorts(trueDirectory, loadDeadlines(process.cwd()));
    world = caseWorld(database, {
      keyring: {
        grantCase(tx, actorKeys, reportId, agencyId) {
          keys.push(`grant ${agencyId}`);
          return keyring.grantCase(tx, actorKeys, reportId, agencyId);
        },
        revokeCase(tx, reportId, agencyId) {
          keys.push(`revoke ${agencyId}`);
          return keyring.revokeCase(tx, reportId, agencyId);
        },
      },
    });
    lan = await world.member(COMMITTEE, 'Chị Lan');
    bao = await world.member(POLICE, 'Anh Bảo');
    caseId = await world.newCase();
    await world.desk.take(lan, caseId);
  });

  const offer = async (changes: Partial<Offer> = {}, to: string = POLICE): Promise<string> => {
    const id = randomUUID();
    expect(await world.referrals.offer(lan, caseId, offerTo(to, changes), id)).toEqual({ kind: 'done' });
    return id;
  };
  const stateOf = async (id: string) =>
    ((await world.desk.open(lan, caseId)) ?? (await world.desk.open(bao, caseId)))?.referrals.find(
      (referral) => referral.id === id,
    );

  it('shows the other agency the least before it accepts, and nothing of the report', async () => {
    const id = await offer();
    const [bundle] = (await world.referrals.offered(bao)).filter((each) => each.id === id);
    expect(bundle).toMatchObject({
      kind: 'move',
      category: 'physical_abuse',
      urgency: 'urgent',
      placeCode: '30742',
      state: 'accepted',
      fromAgency: COMMITTEE,
      reason: 'crime',
    });
    expect(JSON.stringify(bundle)).not.toContain('lời kể');
    expect(await world.referrals.see(bao, id)).toMatchObject({ words: expect.stringContaining('xác minh') });
    expect(await world.desk.open(bao, caseId)).toBeUndefined();
    expect(await world.life.glance(bao, caseId)).toBeUndefined();
    expect(await world.life.note(bao, caseId, 'x', randomUUID())).toEqual({ kind: 'not_found' });
    const stranger = await world.member(HEALTH);
    expect(await world.referrals.see(stranger, id)).toBeUndefined();
    expect(await world.referrals.accept(stranger, id)).toEqual({ kind: 'not_found' });
    expect(await world.referrals.withdraw(bao, id, 'mistake')).toEqual({ kind: 'not_found' });
    expect(keys).toEqual([`grant ${POLICE}`]);
  });

  it('accepted, the whole case goes over: the new lead holds it, the former sees it no more', async () => {
    await world.member(HEALTH);
    const waiting = await offer({ kind: 'open' }, HEALTH);
    const id = await offer();
    expect(await world.referrals.accept(bao, id)).toEqual({ kind: 'done', caseId });
    expect(await world.desk.open(lan, caseId)).toBeUndefined();
    expect(await world.desk.open(bao, caseId)).toMatchObject({
      agencyId: POLICE,
      state: 'accepted',
      takenBy: { staffId: bao.staffId },
      report: { words: 'lời kể riêng của em' },
    });
    expect(await world.referrals.accept(bao, id)).toEqual({ kind: 'gone' });
    expect(await stateOf(waiting)).toMatchObject({ state: 'withdrawn', answerReason: 'moved' });
    expect(keys.at(-1)).toBe(`revoke ${COMMITTEE}`);
  });

  it('opened to a cooperating agency both see it, and only the lead acts, until it is taken back', async () => {
    const id = await offer({ kind: 'open', reason: 'together', ground: 'check-together' });
    await world.referrals.accept(bao, id);
    expect(await world.desk.open(bao, caseId)).toMatchObject({ access: 'cooperating', agencyId: COMMITTEE });
    expect((await world.referrals.shared(bao)).map((row) => row.id)).toContain(caseId);
    expect(await world.life.note(bao, caseId, 'Đã đến nhà.', randomUUID())).toEqual({ kind: 'done' });
    expect((await world.desk.open(lan, caseId))?.notes).toMatchObject([{ staffName: 'Anh Bảo' }]);
    for (const refused of [
      await world.desk.take(bao, caseId),
      await world.desk.reply(bao, caseId, 'x', randomUUID()),
      await world.desk.close(bao, caseId, 'child_safe'),
      await world.life.move(bao, caseId, 'assess'),
      await world.life.handBack(bao, caseId, 'not_competent'),
      await world.referrals.offer(bao, caseId, offerTo(HEALTH), randomUUID()),
    ])
      expect(refused).toEqual({ kind: 'not_found' });
    expect(await world.referrals.end(lan, id, 'not_needed')).toEqual({ kind: 'done', caseId });
    expect(await world.desk.open(bao, caseId)).toBeUndefined();
    expect((await world.referrals.shared(bao)).map((row) => row.id)).not.toContain(caseId);
    expect(keys).toEqual([`grant ${POLICE}`, `revoke ${POLICE}`]);
  });

  it('rejected or withdrawn it ends with its reason, and the key is taken back', async () => {
    const first = await offer();
    expect(await world.referrals.reject(bao, first, 'wrong_place')).toEqual({ kind: 'done', caseId });
    expect(await stateOf(first)).toMatchObject({ state: 'rejected', answerReason: 'wrong_place' });
    const second = await offer();
    expect(await world.referrals.withdraw(lan, second, 'no_answer')).toEqual({ kind: 'done', caseId });
    expect(await world.referrals.accept(bao, second)).toEqual({ kind: 'gone' });
    expect(await stateOf(second)).toMatchObject({ state: 'withdrawn', answerReason: 'no_answer' });
    expect(keys).toEqual([`grant ${POLICE}`, `revoke ${POLICE}`, `grant ${POLICE}`, `revoke ${POLICE}`]);
  });

  it('of accepting and withdrawing at once one counts', async () => {
    const id = await offer();
    const outcomes = await Promise.all([
      world.referrals.accept(bao, id),
      world.referrals.withdraw(lan, id, 'mistake'),
    ]);
    // Whoever comes second finds it answered, or a case that is no longer theirs.
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  it('needs consent or a written override, words, and a ground in force', async () => {
    const send = (changes: Partial<Offer>) =>
      world.referrals.offer(lan, caseId, offerTo(POLICE, changes), randomUUID());
    expect(await send({ consent: 'override' })).toEqual({ kind: 'incomplete' });
    expect(await send({ words: ' ' })).toEqual({ kind: 'incomplete' });
    expect(await send({ words: 'a'.repeat(1001) })).toEqual({ kind: 'incomplete' });
    expect(await send({ ground: 'not-a-ground' })).toEqual({ kind: 'incomplete' });
    expect(await send({ ground: 'carry-out-plan' })).toEqual({ kind: 'incomplete' });
    const id = randomUUID();
    const whole = offerTo(POLICE, {
      consent: 'override',
      override: 'Trẻ đang bị đe doạ, không liên lạc được.',
    });
    for (let time = 0; time < 2; time += 1)
      expect(await world.referrals.offer(lan, caseId, whole, id)).toEqual({ kind: 'done' });
    expect(await stateOf(id)).toMatchObject({ consent: 'override', override: whole.override });
    expect(await send({})).toEqual({ kind: 'cannot_get_it' });
  });

  it('is not offered to whom nobody works at, to oneself, or twice', async () => {
    const to = (agency: string) => world.referrals.offer(lan, caseId, offerTo(agency), randomUUID());
    expect(await to('ubnd-30760')).toEqual({ kind: 'cannot_get_it' });
    expect(await to('no-such-agency')).toEqual({ kind: 'cannot_get_it' });
    expect(await to(COMMITTEE)).toEqual({ kind: 'cannot_get_it' });
    expect(await world.referrals.mayGet(lan, caseId, [COMMITTEE, POLICE, 'ubnd-30760'])).toEqual([POLICE]);
  });

  it('ends open offers when the case is closed', async () => {
    const id = await offer();
    await world.desk.close(lan, caseId, 'child_safe');
    expect(await world.referrals.accept(bao, id)).toEqual({ kind: 'gone' });
    expect(await stateOf(id)).toMatchObject({ state: 'withdrawn', answerReason: 'closed' });
  });

  it('stores the words of an offer sealed', async () => {
    const id = await offer({ words: 'Gặp cô Sáu ở chợ.', consent: 'override', override: 'Mẹ bé vắng.' });
    const stored = await database.db.execute(
      sql`select sealed_words as one, sealed_override as other from lang_nghe.referrals where id = ${id}::uuid`,
    );
    const { rows } = stored as unknown as { rows: { one: Uint8Array; other: Uint8Array }[] };
    for (const { one, other } of rows)
      expect([Buffer.from(one).includes('Sáu'), Buffer.from(other).includes('Mẹ bé')]).toEqual([
        false,
        false,
      ]);
    expect(rows).toHaveLength(1);
    const events = await database.db.execute(sql`select * from lang_nghe.case_events`);
    expect(JSON.stringify(events)).not.toMatch(/Sáu|Mẹ bé/);
  });

  it('an excluded agency never gains access, whatever anybody does', async () => {
    const people = [
      lan,
      bao,
      await world.member(HEALTH),
      await world.member(PROVINCE),
      await world.member('cong-an-tinh'),
    ] as const;
    const agencies = people.map(({ agencyId }) => agencyId);
    const anyone = fc.constantFrom(...people);
    const act = fc.oneof(
      fc.record({
        what: fc.constant('offer' as const),
        who: anyone,
        to: fc.constantFrom(...agencies),
        kind: fc.constantFrom('move' as const, 'open' as const),
      }),
      fc.record({
        what: fc.constantFrom('accept', 'reject', 'conflict', 'withdraw', 'end', 'see'),
        who: anyone,
      }),
      fc.record({
        what: fc.constantFrom('take', 'hand_back', 'hand_back_conflict', 'give_back', 'close', 'reopen'),
        who: anyone,
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('commune_police' as const, 'commune_committee' as const),
        fc.array(act, { maxLength: 25 }),
        async (office, acts) => {
          const start = office === 'commune_police' ? COMMITTEE : HEALTH;
          const excluded = new Set<string>([office === 'commune_police' ? POLICE : COMMITTEE]);
          const id = await world.newCase(start, office);
          const { referrals, desk, life } = world;
          let offered: string[] = [];
          const each = (work: (referral: string) => Promise<unknown>) =>
            offered.reduce(
              (before, referral) => before.then(() => work(referral)),
              Promise.resolve<unknown>(0),
            );
          for (const { who, ...one } of acts) {
            if (one.what === 'offer' && 'to' in one) {
              const offerId = randomUUID();
              const made = await referrals.offer(who, id, offerTo(one.to, { kind: one.kind }), offerId);
              if (made.kind === 'done') offered = [...offered, offerId];
              if (made.kind === 'done') expect(excluded).not.toContain(one.to);
            }
            if (one.what === 'accept') await each((referral) => referrals.accept(who, referral));
            if (one.what === 'see')
              await each(async (referral) => {
                if (await referrals.see(who, referral)) expect(excluded).not.toContain(who.agencyId);
              });
            if (one.what === 'reject')
              await each((referral) => referrals.reject(who, referral, 'wrong_place'));
            if (one.what === 'conflict')
              await each(async (referral) => {
                const said = await referrals.reject(who, referral, 'conflict_of_interest');
                if (said.kind === 'done') excluded.add(who.agencyId);
              });
            if (one.what === 'withdraw')
              await each((referral) => referrals.withdraw(who, referral, 'mistake'));
            if (one.what === 'end') await each((referral) => referrals.end(who, referral, 'mistake'));
            if (one.what === 'take') await desk.take(who, id);
            if (one.what === 'give_back') await life.giveBack(who, id, 'other');
            if (one.what === 'hand_back') await life.handBack(who, id, 'not_competent');
            if (one.what === 'hand_back_conflict') {
              const said = await life.handBack(who, id, 'conflict_of_interest');
              if (said.kind === 'done') excluded.add(who.agencyId);
            }
            if (one.what === 'close') await desk.close(who, id, 'child_safe');
            if (one.what === 'reopen') await life.reopen(who, id, 'new_facts');
            for (const person of people) {
              if (!excluded.has(person.agencyId)) continue;
              expect(await life.glance(person, id)).toBeUndefined();
              expect(await desk.open(person, id)).toBeUndefined();
              expect((await referrals.shared(person)).map((row) => row.id)).not.toContain(id);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
    expect(await verifyRecord(database.db, world.cipher)).toMatchObject({ ok: true });
    expect(world.clock.now).toBe(NOW);
  }, 180_000);
});
