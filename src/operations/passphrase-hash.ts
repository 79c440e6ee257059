import { hash, verify } from '@node-rs/argon2';

/** argon2id, 64 MiB, three passes: about 150 ms of one core for each sign-in. */
const COST = { algorithm: 2, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 } as const;

export const hashPassphrase = (passphrase: string): Promise<string> =>
  hash(passphrase.normalize('NFC'), COST);

export const verifyPassphrase = (stored: string, passphrase: string): Promise<boolean> =>
  verify(stored, passphrase.normalize('NFC'));
