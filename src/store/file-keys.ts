import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { CaseActor } from '../reports/case.js';
import type { CaseIdentityOpener } from '../reports/evidence/desk.js';
import { CannotOpen, type Identity, makeKeyPair, openText, seal } from '../reports/sealing.js';
import { caseRecipient } from './case-keys.js';
import type { Db } from './database.js';
import { fileKeys } from './schema.js';
import type { ServiceCipher } from './service-cipher.js';

export type FileKey = typeof fileKeys.$inferSelect;

const purpose = (keyId: string): string => `file key:${keyId}`;

/** The key pair for the files of this talk, made with the first one. Its row's lock is the talk's: turns of one talk queue up. */
export async function keyOfTalk(tx: Db, cipher: ServiceCipher, talkId: string): Promise<string> {
  const [present] = await tx.select({ id: fileKeys.id }).from(fileKeys).where(eq(fileKeys.talkId, talkId));
  return present?.id ?? newKey(tx, cipher, { talkId });
}

/** A new key pair of a talk, or of a report that a file without one belongs to (it waited while version 0.2 was upgraded). */
export async function newKey(
  tx: Db,
  cipher: ServiceCipher,
  owner: { readonly talkId: string } | { readonly reportId: string },
): Promise<string> {
  const id = randomUUID();
  const { recipient, identity } = await makeKeyPair();
  await tx
    .insert(fileKeys)
    .values({ id, ...owner, recipient, sealedIdentity: cipher.seal(purpose(id), identity) });
  return id;
}

/**
 * Gives the talk's key pair to a report: its secret half is sealed to the case and no longer to the service. The next file of
 * the talk makes a new pair, so that no agency can open what another report of the same person brings. Harmless when repeated.
 */
export async function giveKeyToReport(
  tx: Db,
  cipher: ServiceCipher,
  keyId: string,
  reportId: string,
): Promise<void> {
  const [key] = await tx.select().from(fileKeys).where(eq(fileKeys.id, keyId));
  if (!key || key.sealedIdentity === null || (key.reportId ?? reportId) !== reportId) return;
  const recipient = await caseRecipient(tx, reportId);
  await tx
    .update(fileKeys)
    .set({
      talkId: null,
      reportId,
      sealedIdentity: null,
      caseSealedIdentity: await seal(cipher.unseal(purpose(keyId), key.sealedIdentity), [recipient]),
    })
    .where(eq(fileKeys.id, keyId));
}

/** The secret half of a file's key pair, for somebody whose keys open the case. Undefined when they do not. */
export async function openFileKey(
  cipher: ServiceCipher,
  opener: CaseIdentityOpener,
  actor: CaseActor,
  reportId: string,
  key: FileKey,
): Promise<Identity | undefined> {
  if (key.caseSealedIdentity === null)
    return key.sealedIdentity === null
      ? undefined
      : (cipher.unseal(purpose(key.id), key.sealedIdentity) as Identity);
  const identity = await opener.identityOf(actor, reportId);
  if (identity === undefined) return undefined;
  try {
    return (await openText(key.caseSealedIdentity, [identity])) as Identity;
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}
