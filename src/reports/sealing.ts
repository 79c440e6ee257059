import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';

/**
 * Sealing: age files to hybrid post-quantum recipients (ML-KEM-768 with X25519; https://age-encryption.org/v1). Everybody can
 * seal to a recipient, only who holds the identity opens it. Which key is sealed to which: docs/decisions/sealing.md.
 * About 9 ms to seal to one recipient and 3 ms for each further, 5 ms to open, 7 ms to make a pair (one core of 2025).
 */

/** Public half, "age1pq1…", about 2,000 characters. May be stored in the clear. */
export type Recipient = string & { readonly __recipient: true };
/** Secret half, "AGE-SECRET-KEY-PQ-1…", 77 characters. Never stored, logged or put in a job unless sealed itself. */
export type Identity = string & { readonly __identity: true };

export interface KeyPair {
  readonly recipient: Recipient;
  readonly identity: Identity;
}

/** None of the identities opens it, or it was changed. Retrying does not help; says nothing of the content. */
export class CannotOpen extends Error {
  constructor() {
    super('A sealed value cannot be opened with the keys at hand.');
    this.name = 'CannotOpen';
  }
}

export async function makeKeyPair(): Promise<KeyPair> {
  const identity = await generateHybridIdentity();
  return { identity: identity as Identity, recipient: (await identityToRecipient(identity)) as Recipient };
}

/** The pair of an identity that somebody typed or that was opened. @throws CannotOpen when it is none. */
export async function pairOf(identity: string): Promise<KeyPair> {
  try {
    const clean = identity.replace(/\s+/g, '').toUpperCase();
    return { identity: clean as Identity, recipient: (await identityToRecipient(clean)) as Recipient };
  } catch {
    throw new CannotOpen();
  }
}

/** @param recipients at least one. Each of them can open it alone. */
export function seal(content: Uint8Array | string, recipients: readonly Recipient[]): Promise<Uint8Array> {
  if (recipients.length === 0) throw new Error('Nothing can be sealed to nobody.');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(content);
}

/** @throws CannotOpen */
export function openSealed(sealed: Uint8Array, identities: readonly Identity[]): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return decrypt(decrypter, sealed);
}

/** @throws CannotOpen */
export const openText = async (sealed: Uint8Array, identities: readonly Identity[]): Promise<string> =>
  new TextDecoder().decode(await openSealed(sealed, identities));

/** 2 to this power rounds of scrypt with 8 × 128 bytes each: 32 MiB, about 0.2 s of one core, for everybody who guesses. */
const PASSPHRASE_WORK = 15;

/** Seals with a passphrase a person knows, slowly on purpose. */
export function sealWithPassphrase(content: Uint8Array | string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(PASSPHRASE_WORK);
  return encrypter.encrypt(content);
}

/** @throws CannotOpen when the passphrase is another one. */
export async function openWithPassphrase(sealed: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return new TextDecoder().decode(await decrypt(decrypter, sealed));
}

async function decrypt(decrypter: Decrypter, sealed: Uint8Array): Promise<Uint8Array> {
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    throw new CannotOpen();
  }
}
