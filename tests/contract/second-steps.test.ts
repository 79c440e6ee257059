import { randomBytes, randomUUID } from 'node:crypto';
import type { Recipient } from '../../src/reports/sealing.js';
import type { SecondSteps } from '../../src/staff/second-step.js';
import { newTotpSecret } from '../../src/staff/totp.js';
import type { Database } from '../../src/store/database.js';
import { resealUnderCurrentKey } from '../../src/store/rotation.js';
import { createSecondSteps } from '../../src/store/second-steps.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createStaffDirectory } from '../../src/store/staff.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';

const NOW = new Date('2026-11-24T07:30:00Z');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const [key, codeKey] = [randomBytes(32), randomBytes(32)];
const CODE = '0123456789ab';

/** A passphrase as it is stored; nothing here opens it. */
const CHOSEN = {
  passphraseHash: 'hash',
  key: { recipient: 'age1pq1' as Recipient, sealedIdentity: new Uint8Array(1) },
};

describeOnEachDatabase('second steps and sessions of staff', (make) => {
  let backend: Backend;
  let database: Database;
  let steps: SecondSteps;
  let staffId: string;
  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
    steps = createSecondSteps(database.db, createServiceCipher([key]), codeKey);
  });
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });
  beforeEach(async () => {
    staffId = randomUUID();
    const member = { id: staffId, signInName: staffId.slice(0, 8), name: 'Lan', role: 'content' } as const;
    await createStaffDirectory(database.db).add(member, invitation(), NOW);
  });

  const invitation = (resetsSecondStep = false) => ({
    tokenHash: randomBytes(32),
    expiresAt: later(60),
    resetsSecondStep,
  });
  const setUp = async (): Promise<string> => {
    const secret = newTotpSecret();
    await steps.offer(staffId, secret);
    expect(await steps.confirmOffer(staffId, 100)).toBe(true);
    await steps.replaceCodes(staffId, [CODE, 'zzzzzzzzzzzz']);
    return secret;
  };
  const countOf = (answers: readonly boolean[]) => answers.filter(Boolean).length;

  it('offers a secret, which counts from its first code on, and never stands in the database in clear', async () => {
    const secret = newTotpSecret();
    await steps.offer(staffId, secret);
    expect(await steps.offered(staffId)).toBe(secret);
    expect(await steps.of(staffId)).toEqual({ codesLeft: 0 });
    const both = await Promise.all([steps.confirmOffer(staffId, 100), steps.confirmOffer(staffId, 100)]);
    expect(countOf(both)).toBe(1);
    expect(await steps.of(staffId)).toEqual({ secret, lastStep: 100, codesLeft: 0 });
    const { rows } = (await database.db.execute(
      `select encode(sealed_secret, 'escape') as kept from lang_nghe.staff_second_steps where staff_id = '${staffId}'`,
    )) as { rows: { kept: string }[] };
    expect(rows[0]?.kept.length).toBeGreaterThan(32);
    expect(rows[0]?.kept).not.toContain(secret);
  });

  it('lets one of many at once use a code, and nobody an older one', async () => {
    await setUp();
    expect(await steps.useStep(staffId, 100)).toBe(false);
    const tries = await Promise.all([1, 2, 3, 4].map(() => steps.useStep(staffId, 102)));
    expect(countOf(tries)).toBe(1);
    expect(await steps.useStep(staffId, 101)).toBe(false);
  });

  it('lets one of many at once use a recovery code, which is then gone', async () => {
    await setUp();
    const tries = await Promise.all([1, 2, 3].map(() => steps.useCode(staffId, CODE)));
    expect(countOf(tries)).toBe(1);
    expect(await steps.of(staffId)).toMatchObject({ codesLeft: 1 });
  });

  it('pauses longer and longer after each five wrong tries in a row, until one is right', async () => {
    await setUp();
    const fiveTries = async (at: Date) => {
      for (let tries = 0; tries < 5; tries += 1)
        expect(await steps.countTry(staffId, at)).toEqual({ allowed: true });
    };
    let at = 0;
    for (const pause of [15, 60, 240, 240]) {
      await fiveTries(later(at));
      expect(await steps.countTry(staffId, later(at + pause - 1))).toEqual({
        allowed: false,
        until: later(at + pause),
      });
      at += pause;
    }
    expect(await steps.countTry(staffId, later(at))).toEqual({ allowed: true });
    await steps.useStep(staffId, 200);
    await fiveTries(later(at));
    expect(await steps.countTry(staffId, later(at + 15))).toEqual({ allowed: true });
  });

  it('counts tries that come at once one by one', async () => {
    await setUp();
    const tries = await Promise.all(Array.from({ length: 9 }, () => steps.countTry(staffId, NOW)));
    expect(countOf(tries.map(({ allowed }) => allowed))).toBe(5);
  });

  it('is taken away by a link made for that, and by no other', async () => {
    const secret = await setUp();
    const staff = createStaffDirectory(database.db);
    for (const resets of [true, false]) {
      const link = invitation(resets);
      await staff.renewInvitation(staffId, link);
      expect((await steps.notes(NOW)).get(staffId)).toEqual({ isSet: true, resetWaits: resets });
      if (!resets) await staff.acceptInvitation(link.tokenHash, CHOSEN, NOW);
    }
    expect(await steps.of(staffId)).toMatchObject({ secret });
    const link = invitation(true);
    await staff.renewInvitation(staffId, link);
    await staff.acceptInvitation(link.tokenHash, CHOSEN, NOW);
    expect(await steps.of(staffId)).toEqual({ codesLeft: 0 });
    expect((await steps.notes(NOW)).get(staffId)).toEqual({ isSet: false, resetWaits: false, resetAt: NOW });
  });

  it('moves under a new service key', async () => {
    const secret = await setUp();
    await steps.offer(staffId, newTotpSecret());
    const newKey = randomBytes(32);
    await resealUnderCurrentKey(database.db, createServiceCipher([newKey, key]));
    const moved = createSecondSteps(database.db, createServiceCipher([newKey]), codeKey);
    expect(await moved.of(staffId)).toMatchObject({ secret });
    expect(await moved.offered(staffId)).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('keeps the stage and the device of a session, and ends one, the others, or all', async () => {
    const staff = createStaffDirectory(database.db);
    const limits = { createdSince: later(-60), seenSince: later(-30) };
    const start = async (seen: Date) => {
      const session = {
        tokenHash: randomBytes(32),
        id: randomUUID(),
        staffId,
        csrfToken: 'token',
        secondStep: 'due',
        browser: 'chrome',
        system: 'windows',
        createdAt: later(-40),
        lastSeen: seen,
      } as const;
      await staff.startSession(session);
      return session;
    };
    const [old, one, two] = [await start(later(-31)), await start(later(-2)), await start(later(-1))];
    expect(await staff.listSessions(staffId, limits)).toEqual([two, one]);
    await staff.passSecondStep(one.tokenHash);
    expect((await staff.findSession(one.tokenHash, limits))?.session).toEqual({
      ...one,
      secondStep: 'passed',
    });
    expect(await staff.endSessionOf(randomUUID(), two.id)).toBe(false);
    expect(await staff.endSessionOf(staffId, two.id)).toBe(true);
    await staff.endSessions(staffId, one.id);
    const all = { createdSince: later(-600), seenSince: later(-600) };
    expect((await staff.listSessions(staffId, all)).map(({ id }) => id)).toEqual([one.id]);
    expect(await staff.findSession(old.tokenHash, all)).toBeUndefined();
    await staff.endSessions(staffId);
    expect(await staff.listSessions(staffId, all)).toEqual([]);
  });
});
