import { hashRaw } from '@node-rs/argon2';
import { type Code, codeDigits } from './code.js';

/** What is made of a code. Neither half tells the other, nor the code. 32 bytes each. */
export interface CodeHash {
  /** Finds the mailbox; it is stored. */
  readonly finds: Uint8Array;
  /** Opens the mailbox's identity; it is never stored. */
  readonly opens: Uint8Array;
}

/**
 * Finds and opens a mailbox by its code without the code being stored: a slow hash under a salt of this installation.
 * One guess costs 19 MiB and about 20 ms of one core (OWASP's smallest argon2id setting), so that even somebody who holds the
 * database and the salt would need 2⁵⁷ of these.
 */
export type CodeLookup = (code: Code) => Promise<CodeHash>;

const HALF_BYTES = 32;

/** @param salt at least 16 random bytes that never change in the life of an installation. */
export function createCodeLookup(salt: Uint8Array): CodeLookup {
  return async (code) => {
    const hash = await hashRaw(codeDigits(code), {
      // 2 is argon2id; the package's own name for it is a const enum, which compiling file by file cannot see.
      algorithm: 2,
      salt,
      memoryCost: 19 * 1024,
      timeCost: 2,
      parallelism: 1,
      outputLen: 2 * HALF_BYTES,
    });
    return { finds: hash.subarray(0, HALF_BYTES), opens: hash.subarray(HALF_BYTES) };
  };
}
