import { randomBytes, randomUUID } from 'node:crypto';
import type { MemberKeys } from '../../src/reports/member-keys.js';
import { type Identity, makeKeyPair } from '../../src/reports/sealing.js';
import type { Keyring } from '../../src/staff/keyring.js';
import type { Role } from '../../src/staff/staff.js';
import type { Db } from '../../src/store/database.js';
import { createStaffDirectory } from '../../src/store/staff.js';

/** A member at work: their keys are opened. */
export type MemberAtWork = MemberKeys & { readonly identity: Identity; readonly keys: MemberKeys };

/** Adds a member who has chosen a passphrase; the slow sealing with it is left out. Nobody has let them in. */
export async function addMember(
  db: Db,
  member: { readonly agencyId: string; readonly name?: string; readonly role?: Role },
): Promise<MemberAtWork> {
  const staff = createStaffDirectory(db);
  const id = randomUUID();
  const { name = 'Chị Lan', role = 'handler', agencyId } = member;
  const tokenHash = randomBytes(32);
  const invitation = { tokenHash, expiresAt: new Date(Date.now() + 3_600_000_000) };
  await staff.add({ id, signInName: id, name, role, agencyId }, invitation, new Date());
  return atWork({ staffId: id, agencyId }, await choosePassphrase(db, tokenHash));
}

/** A lost passphrase: a new link, and with it a new identity. */
export async function loseEverything(db: Db, member: MemberAtWork): Promise<MemberAtWork> {
  const tokenHash = randomBytes(32);
  const expiresAt = new Date(Date.now() + 3_600_000);
  await createStaffDirectory(db).renewInvitation(member.staffId, { tokenHash, expiresAt });
  return atWork(
    { staffId: member.staffId, agencyId: member.agencyId },
    await choosePassphrase(db, tokenHash),
  );
}

/** Stands for the member's keys and for who acts in a case alike. */
const atWork = (who: Omit<MemberKeys, 'identity'>, identity: Identity): MemberAtWork => {
  const keys = { ...who, identity };
  return { ...keys, keys };
};

async function choosePassphrase(db: Db, tokenHash: Buffer): Promise<Identity> {
  const { recipient, identity } = await makeKeyPair();
  const key = { recipient, sealedIdentity: Buffer.from('sealed') };
  const accepted = await createStaffDirectory(db).acceptInvitation(
    tokenHash,
    { passphraseHash: 'hash', key },
    new Date(0),
  );
  if (!accepted) throw new Error('The invitation was not good.');
  return identity;
}

/** A member who works with the agency's cases: the first makes its key, the others are let in by `colleague`. */
export async function addHandler(
  db: Db,
  keyring: Keyring,
  agencyId: string,
  colleague?: MemberKeys,
): Promise<MemberAtWork> {
  const member = await addMember(db, { agencyId });
  await keyring.arrive(member);
  if (colleague) await keyring.letIn(colleague, member.staffId);
  return member;
}
