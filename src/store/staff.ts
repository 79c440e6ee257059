import { and, asc, desc, eq, gt, gte, ne } from 'drizzle-orm';
import type {
  Role,
  SecondStepStage,
  SessionLimits,
  StaffDirectory,
  StaffMember,
  StaffSession,
} from '../staff/staff.js';
import { takeKeysFrom } from './agency-keys.js';
import type { Db } from './database.js';
import { invitations, staff, staffKeys, staffSessions } from './schema.js';
import { forgetSecondStep } from './second-steps.js';

type StaffRow = typeof staff.$inferSelect;

const toMember = (row: StaffRow): StaffMember => ({
  id: row.id,
  signInName: row.signInName,
  name: row.name,
  role: row.role as Role,
  disabled: row.disabled,
  ...(row.agencyId === null ? {} : { agencyId: row.agencyId }),
  ...(row.passphraseHash === null ? {} : { passphraseHash: row.passphraseHash }),
});

const toSession = ({ sealedKeys, ...row }: typeof staffSessions.$inferSelect): StaffSession => ({
  ...row,
  ...(sealedKeys === null ? {} : { sealedKeys }),
  tokenHash: Buffer.from(row.tokenHash),
  secondStep: row.secondStep as SecondStepStage,
});

const withinLimits = (limits: SessionLimits) =>
  and(gte(staffSessions.createdAt, limits.createdSince), gte(staffSessions.lastSeen, limits.seenSince));

/** Staff, their one-time links and their sessions, on the database. */
export function createStaffDirectory(db: Db): StaffDirectory {
  const one = async (where: ReturnType<typeof eq>): Promise<StaffMember | undefined> => {
    const [row] = await db.select().from(staff).where(where);
    return row && toMember(row);
  };
  return {
    bySignInName: (signInName) => one(eq(staff.signInName, signInName)),
    byId: (staffId) => one(eq(staff.id, staffId)),
    list: async () => (await db.select().from(staff).orderBy(asc(staff.name))).map(toMember),

    add: (member, invitation, now) =>
      db.transaction(async (tx) => {
        const added = await tx
          .insert(staff)
          .values({
            id: member.id,
            signInName: member.signInName,
            name: member.name,
            role: member.role,
            agencyId: member.agencyId ?? null,
            createdAt: now,
          })
          .onConflictDoNothing({ target: staff.signInName })
          .returning({ id: staff.id });
        if (added.length === 0) return 'name_taken';
        await tx.insert(invitations).values({ staffId: member.id, ...invitation });
        return 'added';
      }),

    renewInvitation: (staffId, invitation) =>
      db.transaction(async (tx) => {
        const [member] = await tx
          .select({ id: staff.id })
          .from(staff)
          .where(and(eq(staff.id, staffId), eq(staff.disabled, false)))
          .for('update');
        if (!member) return false;
        const fresh = { resetsSecondStep: false, ...invitation };
        await tx
          .insert(invitations)
          .values({ staffId, ...fresh })
          .onConflictDoUpdate({ target: invitations.staffId, set: fresh });
        return true;
      }),

    invited: async (tokenHash, now) => {
      const [row] = await db
        .select({ member: staff })
        .from(invitations)
        .innerJoin(staff, eq(staff.id, invitations.staffId))
        .where(
          and(
            eq(invitations.tokenHash, tokenHash),
            gt(invitations.expiresAt, now),
            eq(staff.disabled, false),
          ),
        );
      return row && toMember(row.member);
    },

    acceptInvitation: (tokenHash, { passphraseHash, key }, now) =>
      db.transaction(async (tx) => {
        const [used] = await tx
          .delete(invitations)
          .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, now)))
          .returning({ staffId: invitations.staffId, resetsSecondStep: invitations.resetsSecondStep });
        if (!used) return undefined;
        if (used.resetsSecondStep) await forgetSecondStep(tx, used.staffId, now);
        const { staffId } = used;
        const [row] = await tx
          .update(staff)
          .set({ passphraseHash })
          .where(and(eq(staff.id, staffId), eq(staff.disabled, false)))
          .returning();
        if (!row) return undefined;
        // What an earlier passphrase opened is lost with it, and no copy for it may lie about.
        await takeKeysFrom(tx, staffId);
        const fresh = { ...key, madeAt: now };
        await tx
          .insert(staffKeys)
          .values({ staffId, ...fresh })
          .onConflictDoUpdate({ target: staffKeys.staffId, set: fresh });
        await tx.delete(staffSessions).where(eq(staffSessions.staffId, staffId));
        return toMember(row);
      }),

    changePassphrase: (staffId, { passphraseHash, sealedIdentity }, keptSession) =>
      db.transaction(async (tx) => {
        await tx.update(staff).set({ passphraseHash }).where(eq(staff.id, staffId));
        await tx.update(staffKeys).set({ sealedIdentity }).where(eq(staffKeys.staffId, staffId));
        await tx
          .delete(staffSessions)
          .where(and(eq(staffSessions.staffId, staffId), ne(staffSessions.tokenHash, keptSession)));
      }),
    keyOf: async (staffId) => {
      const [row] = await db.select().from(staffKeys).where(eq(staffKeys.staffId, staffId));
      return row && { recipient: row.recipient, sealedIdentity: row.sealedIdentity };
    },

    setDisabled: (staffId, disabled) =>
      db.transaction(async (tx) => {
        const changed = await tx
          .update(staff)
          .set({ disabled })
          .where(eq(staff.id, staffId))
          .returning({ id: staff.id });
        if (disabled) {
          await tx.delete(staffSessions).where(eq(staffSessions.staffId, staffId));
          await tx.delete(invitations).where(eq(invitations.staffId, staffId));
          await takeKeysFrom(tx, staffId);
        }
        return changed.length > 0;
      }),

    startSession: async (session) => {
      await db.insert(staffSessions).values(session);
    },
    findSession: async (tokenHash, limits) => {
      const [row] = await db
        .select({ session: staffSessions, member: staff })
        .from(staffSessions)
        .innerJoin(staff, eq(staff.id, staffSessions.staffId))
        .where(and(eq(staffSessions.tokenHash, tokenHash), withinLimits(limits), eq(staff.disabled, false)));
      return row && { session: toSession(row.session), member: toMember(row.member) };
    },
    touchSession: async (tokenHash, now) => {
      await db.update(staffSessions).set({ lastSeen: now }).where(eq(staffSessions.tokenHash, tokenHash));
    },
    passSecondStep: async (tokenHash) => {
      await db
        .update(staffSessions)
        .set({ secondStep: 'passed' })
        .where(eq(staffSessions.tokenHash, tokenHash));
    },
    listSessions: async (staffId, limits) => {
      const rows = await db
        .select()
        .from(staffSessions)
        .where(and(eq(staffSessions.staffId, staffId), withinLimits(limits)))
        .orderBy(desc(staffSessions.lastSeen));
      return rows.map(toSession);
    },
    endSession: async (tokenHash) => {
      await db.delete(staffSessions).where(eq(staffSessions.tokenHash, tokenHash));
    },
    endSessions: async (staffId, except) => {
      const others = except === undefined ? undefined : ne(staffSessions.id, except);
      await db.delete(staffSessions).where(and(eq(staffSessions.staffId, staffId), others));
    },
    endSessionOf: async (staffId, sessionId) => {
      const ended = await db
        .delete(staffSessions)
        .where(and(eq(staffSessions.staffId, staffId), eq(staffSessions.id, sessionId)))
        .returning({ id: staffSessions.id });
      return ended.length > 0;
    },
  };
}
