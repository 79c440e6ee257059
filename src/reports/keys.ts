import type { ReportContent } from './report.js';
import {
  type Identity,
  makeKeyPair,
  openText,
  openWithPassphrase,
  type Recipient,
  seal,
  sealWithPassphrase,
} from './sealing.js';

/**
 * Sealing by intent: each function knows for whom. Which key opens which: docs/decisions/sealing.md; where they lie:
 * store/schema/keys.ts.
 */

/** A member's own key as it is kept: the identity opens with the passphrase. */
export interface MemberKey {
  readonly recipient: Recipient;
  readonly sealedIdentity: Uint8Array;
}

/** Makes a member's key when they choose a passphrase. About 0.2 s. */
export async function makeMemberKey(
  passphrase: string,
): Promise<{ readonly key: MemberKey; readonly identity: Identity }> {
  const { recipient, identity } = await makeKeyPair();
  return { key: { recipient, sealedIdentity: await sealWithPassphrase(identity, passphrase) }, identity };
}

/** The same identity under another passphrase. */
export const sealMemberIdentity = (identity: Identity, passphrase: string): Promise<Uint8Array> =>
  sealWithPassphrase(identity, passphrase);

/** @throws CannotOpen when the passphrase is another one */
export const openMemberIdentity = async (sealed: Uint8Array, passphrase: string): Promise<Identity> =>
  (await openWithPassphrase(sealed, passphrase)) as Identity;

/** Hands an identity to somebody: whoever holds the recipient's identity opens it. */
export const sealIdentity = (identity: Identity, to: Recipient): Promise<Uint8Array> => seal(identity, [to]);

/** @throws CannotOpen */
export const openIdentity = async (sealed: Uint8Array, by: Identity): Promise<Identity> =>
  (await openText(sealed, [by])) as Identity;

/** The part of a report that only its case's key opens. */
export const sealReport = (content: ReportContent, caseRecipient: Recipient): Promise<Uint8Array> =>
  seal(JSON.stringify(content), [caseRecipient]);

/** @throws CannotOpen */
export const openReport = async (sealed: Uint8Array, caseIdentity: Identity): Promise<ReportContent> =>
  JSON.parse(await openText(sealed, [caseIdentity])) as ReportContent;

/** What the reporter writes later. */
export const sealFromReporter = (text: string, caseRecipient: Recipient): Promise<Uint8Array> =>
  seal(text, [caseRecipient]);

/** What staff answer: it opens with the case and with the reporter's code. */
export const sealReply = (
  text: string,
  caseRecipient: Recipient,
  mailboxes: readonly Recipient[],
): Promise<Uint8Array> => seal(text, [caseRecipient, ...mailboxes]);

/** A message of the case, by the case's identity or the mailbox's. @throws CannotOpen */
export const openMessage = (sealed: Uint8Array, by: Identity): Promise<string> => openText(sealed, [by]);
