import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { ChatBinding, OnCallBook, OnCallContact } from '../staff/on-call.js';
import type { Db } from './database.js';
import { unreachedCases } from './due-cases.js';
import { linkWords, onCall, staff, staffChats } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

export const chatPurpose = (staffId: string): string => `staff chat:${staffId}`;
export const webhookPurpose = (id: string): string => `webhook:${id}`;

/** Who is on call, and their chats, on the database. Addresses are sealed with the service key. */
export function createOnCall(db: Db, cipher: ServiceCipher, now: () => number): OnCallBook & ChatBinding {
  const hashOf = (word: string): Buffer => Buffer.from(cipher.contactHash('link word', word), 'hex');
  return {
    async list() {
      const rows = await db
        .select({ contact: onCall, name: staff.name, channel: staffChats.channel })
        .from(onCall)
        .leftJoin(staff, eq(staff.id, onCall.staffId))
        .leftJoin(staffChats, eq(staffChats.staffId, onCall.staffId))
        .orderBy(asc(onCall.agencyId), asc(onCall.addedAt));
      return rows.map(({ contact, name, channel }): OnCallContact => {
        const { id, agencyId, staffId, sealedUrl } = contact;
        if (staffId !== null)
          return { id, agencyId, member: { staffId, name: name ?? '', ...(channel && { channel }) } };
        const url = sealedUrl === null ? undefined : cipher.unseal(webhookPurpose(id), sealedUrl);
        return { id, agencyId, ...(url !== undefined && { host: new URL(url).host }) };
      });
    },

    async addMember(staffId) {
      const [member] = await db.select({ agencyId: staff.agencyId }).from(staff).where(eq(staff.id, staffId));
      if (!member?.agencyId) return false;
      await db
        .insert(onCall)
        .values({ id: randomUUID(), agencyId: member.agencyId, staffId, addedAt: new Date(now()) })
        .onConflictDoUpdate({ target: onCall.staffId, set: { agencyId: member.agencyId } });
      return true;
    },

    async addWebhook(agencyId, url) {
      const id = randomUUID();
      const sealedUrl = cipher.seal(webhookPurpose(id), url);
      await db.insert(onCall).values({ id, agencyId, sealedUrl, addedAt: new Date(now()) });
    },

    async remove(id) {
      await db.delete(onCall).where(eq(onCall.id, id));
    },

    async chatOf(staffId) {
      const [chat] = await db
        .select({ channel: staffChats.channel, linkedAt: staffChats.linkedAt })
        .from(staffChats)
        .where(eq(staffChats.staffId, staffId));
      return chat;
    },

    async expectWord(staffId, word, expiresAt) {
      const fresh = { wordHash: hashOf(word), expiresAt, usedBy: null };
      await db
        .insert(linkWords)
        .values({ staffId, ...fresh })
        .onConflictDoUpdate({ target: linkWords.staffId, set: fresh });
    },

    unbindChat: (staffId) =>
      db.transaction(async (tx) => {
        // The word goes with the chat: sent again it is no redelivery any more, and must not seem to bind. First, as `bind` locks it first.
        await tx.delete(linkWords).where(eq(linkWords.staffId, staffId));
        await tx.delete(staffChats).where(eq(staffChats.staffId, staffId));
      }),

    bind: (word, { channel, contact, address }) =>
      db.transaction(async (tx) => {
        const usedBy = Buffer.from(contact, 'hex');
        const isAtWork = tx.select({ id: staff.id }).from(staff).where(eq(staff.disabled, false));
        const [waiting] = await tx
          .select({ staffId: linkWords.staffId, usedBy: linkWords.usedBy })
          .from(linkWords)
          .where(
            and(
              eq(linkWords.wordHash, hashOf(word)),
              gt(linkWords.expiresAt, new Date(now())),
              inArray(linkWords.staffId, isAtWork),
              // Used up, but for a redelivery to the one who used it.
              or(isNull(linkWords.usedBy), eq(linkWords.usedBy, usedBy)),
            ),
          )
          .for('update');
        if (!waiting) return false;
        if (waiting.usedBy !== null) return true;
        const { staffId } = waiting;
        const chat = {
          channel,
          sealedAddress: cipher.seal(chatPurpose(staffId), address),
          linkedAt: new Date(now()),
        };
        await tx
          .insert(staffChats)
          .values({ staffId, ...chat })
          .onConflictDoUpdate({ target: staffChats.staffId, set: chat });
        await tx.update(linkWords).set({ usedBy }).where(eq(linkWords.staffId, staffId));
        return true;
      }),

    unreached: () => unreachedCases(db),
  };
}
