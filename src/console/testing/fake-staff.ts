import type { MemberKey } from '../../reports/keys.js';
import type {
  Invitation,
  SessionLimits,
  StaffDirectory,
  StaffMember,
  StaffSession,
} from '../../staff/staff.js';
import { fakeKey } from './fake-keys.js';
import { PASSPHRASE } from './people.js';

/** Staff in memory, behaving as the port says. `onReset`: a link that takes the second step away was used. */
export function fakeStaff(
  members: readonly StaffMember[],
  onReset: (staffId: string, now: Date) => void = () => undefined,
): StaffDirectory & { readonly sessions: StaffSession[] } {
  const people = new Map(members.map((member) => [member.id, member]));
  const keys = new Map<string, MemberKey>(members.map(({ id }) => [id, fakeKey(PASSPHRASE)]));
  const invitations = new Map<string, Invitation>();
  let sessions: StaffSession[] = [];
  const same = (hash: Buffer) => (session: StaffSession) => session.tokenHash.equals(hash);
  const invited = (tokenHash: Buffer, now: Date): StaffMember | undefined => {
    for (const [staffId, invitation] of invitations) {
      const member = people.get(staffId);
      const fits = invitation.tokenHash.equals(tokenHash) && invitation.expiresAt > now;
      if (fits && member && !member.disabled) return member;
    }
    return undefined;
  };
  const bySignInName = (signInName: string) =>
    [...people.values()].find((one) => one.signInName === signInName);
  const endSessions = (staffId: string, except?: string) => {
    sessions = sessions.filter((session) => session.staffId !== staffId || session.id === except);
  };
  const isGood = (session: StaffSession, { createdSince, seenSince }: SessionLimits) =>
    session.createdAt >= createdSince && session.lastSeen >= seenSince;

  return {
    get sessions() {
      return sessions;
    },
    bySignInName: async (signInName) => bySignInName(signInName),
    byId: async (staffId) => people.get(staffId),
    list: async () => [...people.values()].sort((one, other) => one.name.localeCompare(other.name, 'vi')),
    async add(member, invitation) {
      if (bySignInName(member.signInName)) return 'name_taken';
      people.set(member.id, { ...member, disabled: false });
      invitations.set(member.id, invitation);
      return 'added';
    },
    async renewInvitation(staffId, invitation) {
      if (!people.has(staffId)) return false;
      invitations.set(staffId, invitation);
      return true;
    },
    invited: async (tokenHash, now) => invited(tokenHash, now),
    async acceptInvitation(tokenHash, { passphraseHash, key }, now) {
      const member = invited(tokenHash, now);
      if (!member) return undefined;
      keys.set(member.id, key);
      const accepted = { ...member, passphraseHash };
      people.set(member.id, accepted);
      if (invitations.get(member.id)?.resetsSecondStep) onReset(member.id, now);
      invitations.delete(member.id);
      endSessions(member.id);
      return accepted;
    },
    async changePassphrase(staffId, { passphraseHash, sealedIdentity }, keptSession) {
      const member = people.get(staffId);
      const key = keys.get(staffId);
      if (!member || !key) return;
      people.set(staffId, { ...member, passphraseHash });
      keys.set(staffId, { ...key, sealedIdentity });
      sessions = sessions.filter((one) => one.staffId !== staffId || same(keptSession)(one));
    },
    keyOf: async (staffId) => keys.get(staffId),
    async setDisabled(staffId, disabled) {
      const member = people.get(staffId);
      if (!member) return false;
      people.set(staffId, { ...member, disabled });
      if (disabled) {
        endSessions(staffId);
        invitations.delete(staffId);
      }
      return true;
    },
    async startSession(session) {
      sessions.push(session);
    },
    async findSession(tokenHash, limits) {
      const session = sessions.find(same(tokenHash));
      const member = session && people.get(session.staffId);
      if (!session || !member || member.disabled) return undefined;
      return isGood(session, limits) ? { session, member } : undefined;
    },
    async touchSession(tokenHash, now) {
      sessions = sessions.map((session) =>
        same(tokenHash)(session) ? { ...session, lastSeen: now } : session,
      );
    },
    async endSession(tokenHash) {
      sessions = sessions.filter((session) => !same(tokenHash)(session));
    },
    async passSecondStep(tokenHash) {
      sessions = sessions.map((session) =>
        same(tokenHash)(session) ? { ...session, secondStep: 'passed' } : session,
      );
    },
    listSessions: async (staffId, limits) =>
      sessions
        .filter((session) => session.staffId === staffId && isGood(session, limits))
        .sort((one, other) => other.lastSeen.getTime() - one.lastSeen.getTime()),
    endSessions: async (staffId, except) => endSessions(staffId, except),
    async endSessionOf(staffId, sessionId) {
      const before = sessions.length;
      sessions = sessions.filter(({ id, staffId: of }) => id !== sessionId || of !== staffId);
      return sessions.length < before;
    },
  };
}
