import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Everything encrypted at rest goes through here: AES-256-GCM under a key derived from SERVICE_KEY.
 * Bytes: 1 format (1) · 4 key id · 12 nonce · ciphertext · 16 tag. The purpose (e.g. "talk:<row id>") is authenticated,
 * so a sealed value cannot be moved to another row or column.
 *
 * Rotation: SERVICE_KEY may hold several keys, "new,old". The first encrypts, all decrypt.
 */
export interface ServiceCipher {
  seal(purpose: string, value: string): Uint8Array;
  /** @throws CannotUnseal when the key is not among ours or the bytes were changed. */
  unseal(purpose: string, sealed: Uint8Array): string;
  /** The same for bytes, e.g. of a file. */
  sealBytes(purpose: string, value: Uint8Array): Uint8Array;
  unsealBytes(purpose: string, sealed: Uint8Array): Buffer;
  /** Whether the value is under the current (first) key. */
  isCurrent(sealed: Uint8Array): boolean;
  /** First 4 bytes of the SHA-256 of the current key; stands in every sealed value. */
  readonly currentKeyId: Uint8Array;
  /** How many keys SERVICE_KEY holds. */
  readonly keyCount: number;
  /** Keyed hash of a platform's id for a person, 64 hex characters. Stays the same while the oldest key is listed. */
  contactHash(channel: string, platformId: string): string;
  /** A key for another purpose, 32 bytes, from the current service key. */
  derivedKey(purpose: string): Buffer;
}

/** A stored value cannot be opened: a key is missing from SERVICE_KEY, or the bytes are damaged. */
export class CannotUnseal extends Error {
  constructor(purpose: string, cause: 'unknown key' | 'damaged') {
    super(
      cause === 'unknown key'
        ? `A stored ${purpose.split(':')[0]} is under a key that SERVICE_KEY does not hold. Add the old key behind the new one: "new,old".`
        : `A stored ${purpose.split(':')[0]} is damaged and cannot be opened.`,
    );
  }
}

const FORMAT = 1;
const HEADER_BYTES = 17;
const TAG_BYTES = 16;

/** @param keys 32 bytes each, newest first; at least one. */
export function createServiceCipher(keys: readonly [Buffer, ...Buffer[]]): ServiceCipher {
  const derive = (key: Buffer, purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `lang-nghe ${purpose}`, 32));
  const ring = keys.map((key) => ({
    id: createHash('sha256').update(key).digest().subarray(0, 4),
    atRest: derive(key, 'at rest'),
  }));
  const [current] = ring as [(typeof ring)[0]];
  const contactKey = derive(keys.at(-1) ?? keys[0], 'contact');

  const sealBytes = (purpose: string, value: Uint8Array): Uint8Array => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', current.atRest, nonce);
    cipher.setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(value), cipher.final()]);
    return Buffer.concat([Buffer.of(FORMAT), current.id, nonce, body, cipher.getAuthTag()]);
  };
  const unsealBytes = (purpose: string, sealed: Uint8Array): Buffer => {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const key = ring.find(({ id }) => id.equals(bytes.subarray(1, 5)));
    if (bytes[0] !== FORMAT || bytes.length < HEADER_BYTES + TAG_BYTES)
      throw new CannotUnseal(purpose, 'damaged');
    if (!key) throw new CannotUnseal(purpose, 'unknown key');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.atRest, bytes.subarray(5, HEADER_BYTES));
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw new CannotUnseal(purpose, 'damaged');
    }
  };
  return {
    currentKeyId: current.id,
    keyCount: keys.length,
    sealBytes,
    unsealBytes,
    seal: (purpose, value) => sealBytes(purpose, Buffer.from(value, 'utf8')),
    unseal: (purpose, sealed) => unsealBytes(purpose, sealed).toString('utf8'),
    isCurrent: (sealed) => current.id.equals(Buffer.from(sealed).subarray(1, 5)),
    contactHash: (channel, platformId) =>
      createHmac('sha256', contactKey).update(`${channel}\n${platformId}`).digest('hex'),
    derivedKey: (purpose) => derive(keys[0], purpose),
  };
}
