import { createHmac } from 'node:crypto';
import { and, count, eq, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { SecondStepNote, SecondSteps } from '../staff/second-step.js';
import { pauseAfter } from '../staff/second-step.js';
import type { Db } from './database.js';
import { invitations, recoveryCodes, secondSteps } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

const RIGHT = { tries: 0, pausedUntil: null };

/**
 * Second steps on the database: secrets under the service key. Recovery codes are kept as HMAC-SHA256 under a secret of
 * this installation: a code is 60 random bits, so a slow hash would add nothing that the length does not give, and
 * without the secret (itself under the service key) a stolen table cannot be tried at all.
 * @param codeKey 32 bytes; the same for as long as codes shall work
 */
export function createSecondSteps(db: Db, cipher: ServiceCipher, codeKey: Buffer): SecondSteps {
  const hashOf = (staffId: string, code: string): Buffer =>
    createHmac('sha256', codeKey).update(`${staffId}\n${code}`).digest();
  const rowOf = async (staffId: string) =>
    (await db.select().from(secondSteps).where(eq(secondSteps.staffId, staffId)))[0];
  const open = (staffId: string, sealed: Uint8Array | null | undefined): string | undefined =>
    sealed ? cipher.unseal(`second step:${staffId}`, sealed) : undefined;

  return {
    async of(staffId) {
      const row = await rowOf(staffId);
      const [codes] = await db
        .select({ left: count() })
        .from(recoveryCodes)
        .where(eq(recoveryCodes.staffId, staffId));
      const secret = open(staffId, row?.sealedSecret);
      return {
        codesLeft: codes?.left ?? 0,
        ...(secret === undefined ? {} : { secret }),
        ...(row?.lastStep == null ? {} : { lastStep: row.lastStep }),
      };
    },

    async notes(now) {
      const rows = await db
        .select({ id: secondSteps.staffId, secret: secondSteps.sealedSecret, resetAt: secondSteps.resetAt })
        .from(secondSteps);
      const waiting = await db
        .select({ id: invitations.staffId })
        .from(invitations)
        .where(and(eq(invitations.resetsSecondStep, true), gt(invitations.expiresAt, now)));
      const notes = new Map<string, SecondStepNote>(
        rows.map(({ id, secret, resetAt }) => [
          id,
          { isSet: secret !== null, resetWaits: false, ...(resetAt === null ? {} : { resetAt }) },
        ]),
      );
      for (const { id } of waiting)
        notes.set(id, { ...(notes.get(id) ?? { isSet: false }), resetWaits: true });
      return notes;
    },

    async offer(staffId, secret) {
      const sealedOffer = cipher.seal(`second step:${staffId}`, secret);
      await db
        .insert(secondSteps)
        .values({ staffId, sealedOffer })
        .onConflictDoUpdate({ target: secondSteps.staffId, set: { sealedOffer } });
    },
    offered: async (staffId) => open(staffId, (await rowOf(staffId))?.sealedOffer),
    async confirmOffer(staffId, step) {
      const confirmed = await db
        .update(secondSteps)
        .set({ sealedSecret: sql`${secondSteps.sealedOffer}`, sealedOffer: null, lastStep: step, ...RIGHT })
        .where(and(eq(secondSteps.staffId, staffId), isNotNull(secondSteps.sealedOffer)))
        .returning({ id: secondSteps.staffId });
      return confirmed.length > 0;
    },

    countTry: (staffId, now) =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .select({ tries: secondSteps.tries, pausedUntil: secondSteps.pausedUntil })
          .from(secondSteps)
          .where(eq(secondSteps.staffId, staffId))
          .for('update');
        if (row?.pausedUntil && row.pausedUntil > now) return { allowed: false, until: row.pausedUntil };
        const tries = (row?.tries ?? 0) + 1;
        const pause = pauseAfter(tries);
        await tx
          .update(secondSteps)
          .set({ tries, pausedUntil: pause === 0 ? null : new Date(now.getTime() + pause) })
          .where(eq(secondSteps.staffId, staffId));
        return { allowed: true };
      }),
    async useStep(staffId, step) {
      const used = await db
        .update(secondSteps)
        .set({ lastStep: step, ...RIGHT })
        .where(
          and(
            eq(secondSteps.staffId, staffId),
            or(isNull(secondSteps.lastStep), lt(secondSteps.lastStep, step)),
          ),
        )
        .returning({ id: secondSteps.staffId });
      return used.length > 0;
    },
    useCode: (staffId, code) =>
      db.transaction(async (tx) => {
        const used = await tx
          .delete(recoveryCodes)
          .where(and(eq(recoveryCodes.staffId, staffId), eq(recoveryCodes.codeHash, hashOf(staffId, code))))
          .returning({ id: recoveryCodes.staffId });
        if (used.length === 0) return false;
        await tx.update(secondSteps).set(RIGHT).where(eq(secondSteps.staffId, staffId));
        return true;
      }),
    replaceCodes: (staffId, codes) =>
      db.transaction(async (tx) => {
        await tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId));
        await tx
          .insert(recoveryCodes)
          .values(codes.map((code) => ({ staffId, codeHash: hashOf(staffId, code) })));
      }),
  };
}

/** Takes the second step and the recovery codes of a member away; they set up new ones at their next sign-in. */
export async function forgetSecondStep(
  tx: Pick<Db, 'delete' | 'update'>,
  staffId: string,
  now: Date,
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId));
  await tx
    .update(secondSteps)
    .set({ sealedSecret: null, sealedOffer: null, lastStep: null, resetAt: now, ...RIGHT })
    .where(eq(secondSteps.staffId, staffId));
}
