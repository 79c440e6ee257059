import type { NewStaffMember, StaffDirectory } from '../staff/staff.js';
import { newToken } from './tokens.js';

/** How long a one-time link can be used. */
export const INVITATION_HOURS = 72;

interface InvitationDeps {
  readonly staff: StaffDirectory;
  now(): number;
  randomBytes(count: number): Buffer;
}

/**
 * Adds a member who chooses a passphrase through a one-time link; also makes the first administrator at set-up.
 * `path` begins with /console; put the public address before it and show it once, it is stored nowhere.
 */
export async function inviteMember(
  { staff, now, randomBytes }: InvitationDeps,
  member: NewStaffMember,
): Promise<{ kind: 'added'; path: string } | { kind: 'name_taken' }> {
  const { token, tokenHash } = newToken(randomBytes);
  const outcome = await staff.add(member, { tokenHash, expiresAt: expiry(now) }, new Date(now()));
  return outcome === 'added' ? { kind: 'added', path: linkPath(token) } : { kind: 'name_taken' };
}

/**
 * A fresh link for a member who lost theirs or forgot the passphrase; an older one stops working. Undefined when there
 * is no such member. `resetsSecondStep`: they lost telephone and recovery codes too, and set up the second step anew.
 */
export async function renewInvitation(
  { staff, now, randomBytes }: InvitationDeps,
  staffId: string,
  resetsSecondStep = false,
): Promise<string | undefined> {
  const { token, tokenHash } = newToken(randomBytes);
  const invitation = { tokenHash, expiresAt: expiry(now), resetsSecondStep };
  const renewed = await staff.renewInvitation(staffId, invitation);
  return renewed ? linkPath(token) : undefined;
}

function expiry(now: () => number): Date {
  return new Date(now() + INVITATION_HOURS * 3_600_000);
}

function linkPath(token: string): string {
  return `/console/start/${token}`;
}
