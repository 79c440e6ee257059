import { randomBytes, randomUUID } from 'node:crypto';
import { inviteMember, renewInvitation } from '../console/invitations.js';
import type { StaffDirectory } from '../staff/staff.js';

export const FIRST_SIGN_IN_NAME = 'quantri';

/**
 * Until somebody can sign in as administrator there is a one-time link for the first one. Makes a fresh link at each
 * start; the older one dies. Returns its path, or undefined when an administrator has a passphrase.
 */
export async function firstSignIn(
  staff: StaffDirectory,
  administratorName: string,
): Promise<string | undefined> {
  const administrators = (await staff.list()).filter(
    (member) => member.role === 'administrator' && !member.disabled,
  );
  if (administrators.some((member) => member.passphraseHash !== undefined)) return undefined;
  const deps = { staff, now: () => Date.now(), randomBytes };
  const [waiting] = administrators;
  if (waiting) return renewInvitation(deps, waiting.id);
  const first = {
    id: randomUUID(),
    signInName: FIRST_SIGN_IN_NAME,
    name: administratorName,
    role: 'administrator',
  } as const;
  const invited = await inviteMember(deps, first);
  return invited.kind === 'added' ? invited.path : undefined;
}
