import type { Identity } from '../reports/sealing.js';
import type { StaffMember } from '../staff/staff.js';
import type { Here } from './here.js';
import { may } from './permissions.js';

/**
 * Opens a member's identity with the passphrase that was just found right. Undefined when they have none yet; the session then
 * opens nothing.
 */
export async function identityOf(
  { deps }: Here,
  member: StaffMember,
  passphrase: string,
): Promise<Identity | undefined> {
  const key = await deps.staff.keyOf(member.id);
  return key && deps.memberKeys.open(key.sealedIdentity, passphrase);
}

/** What must happen to the keys when somebody comes to work. A fault here must not keep them out: the page of keys shows how it stands. */
export async function arriveWithKeys(
  { deps }: Here,
  member: StaffMember,
  identity: Identity | undefined,
): Promise<void> {
  if (identity === undefined || member.agencyId === undefined || !may(member, 'keep_keys')) return;
  try {
    await deps.keyring.arrive({ staffId: member.id, agencyId: member.agencyId, identity });
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown';
    deps.log.error({ event: 'keys_not_tended', staffId: member.id, kind }, 'Keys could not be tended.');
  }
}
