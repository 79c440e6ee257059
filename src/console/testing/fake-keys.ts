import type { MemberKey } from '../../reports/keys.js';
import { CannotOpen, type Identity, type Recipient } from '../../reports/sealing.js';
import type { Keyring, KeyStanding } from '../../staff/keyring.js';
import type { ConsoleDeps } from '../deps.js';

/** A key that is quick to make: its "sealed" identity is the passphrase itself behind a mark. */
export const fakeKey = (passphrase: string): MemberKey => ({
  recipient: 'age1pq1test' as Recipient,
  sealedIdentity: Buffer.from(`sealed:${passphrase}`),
});

/** The identity that all test members have. */
export const IDENTITY = 'AGE-SECRET-KEY-PQ-1TEST' as Identity;

export const fakeMemberKeys: ConsoleDeps['memberKeys'] = {
  make: async (passphrase) => ({ key: fakeKey(passphrase), identity: IDENTITY }),
  open: async (sealed, passphrase) => {
    if (Buffer.from(sealed).toString() !== `sealed:${passphrase}`) throw new CannotOpen();
    return IDENTITY;
  },
  seal: async (_identity, passphrase) => fakeKey(passphrase).sealedIdentity,
};

/** A keyring in memory; tests change `standing` and read what was asked of it. */
export interface FakeKeyring extends Keyring {
  readonly asked: string[];
  now: KeyStanding;
}

export function fakeKeyring(): FakeKeyring {
  const asked: string[] = [];
  const keyring: FakeKeyring = {
    asked,
    now: {
      held: true,
      madeAt: new Date('2026-11-01T02:00:00Z'),
      helpers: [],
      waiting: [],
      reportsWaiting: 0,
      recovering: false,
    },
    async arrive({ staffId, identity }) {
      asked.push(`arrive ${staffId} ${identity === undefined ? 'without' : 'with'} identity`);
    },
    standing: async () => keyring.now,
    reportsWaiting: async () => keyring.now.reportsWaiting,
    async letIn(_keys, staffId) {
      asked.push(`let in ${staffId}`);
      return keyring.now.waiting.some(({ id }) => id === staffId) ? 'let_in' : 'not_found';
    },
    async changeAgencyKey() {
      asked.push('change');
      return 'begun';
    },
    async useRecoveryKey(_keys, typed) {
      asked.push('recover');
      return typed === 'right' ? 'begun' : 'wrong';
    },
  };
  return keyring;
}
