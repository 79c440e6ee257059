import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CannotOpen } from './sealing.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A small secret under a key that the server does not keep: the code's or the cookie's. AES-256-GCM; bytes: 12 nonce ·
 * ciphertext · 16 tag. @param key 32 bytes @param purpose authenticated, so that a box cannot be moved to another row
 */
export function lockBox(key: Uint8Array, purpose: string, text: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** @throws CannotOpen when the key is another one or the bytes were changed */
export function openBox(key: Uint8Array, purpose: string, box: Uint8Array): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(box.subarray(-TAG_BYTES));
    const body = box.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new CannotOpen();
  }
}
