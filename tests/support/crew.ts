import type { Directory } from '../../src/directory/directory.js';
import type { CaseActor } from '../../src/reports/case.js';
import type { Role } from '../../src/staff/staff.js';
import type { Db } from '../../src/store/database.js';
import { createKeyring } from '../../src/store/keyring.js';
import { ensureRecoveryKey } from '../../src/store/recovery-keys.js';
import { addMember, type MemberAtWork } from './members.js';

/** The first member of each agency, for as long as a test's database lives. */
const founders = new WeakMap<Db, Map<string, MemberAtWork>>();

/** Members of agencies who can open their cases: the first of an agency makes its key and lets the others in. */
export function createCrew(db: Db, directory: Directory, now: () => number) {
  const first = founders.get(db) ?? new Map<string, MemberAtWork>();
  founders.set(db, first);
  const keyring = createKeyring({
    db,
    directory,
    now,
    dispatch: () => undefined,
    onFault: (_work, error) => {
      throw error;
    },
  });
  return {
    /** As the start does: there is a recovery key before there is anything to seal. */
    ready: (): Promise<void> => ensureRecoveryKey(db, () => undefined),
    async member(agencyId: string, role: Role = 'handler', name = 'Chị Lan'): Promise<CaseActor> {
      await this.ready();
      const member = await addMember(db, { agencyId, role, name });
      await keyring.arrive(member);
      const colleague = first.get(agencyId);
      if (colleague) await keyring.letIn(colleague, member.staffId);
      else first.set(agencyId, member);
      return { staffId: member.staffId, agencyId, keys: member.keys };
    },
  };
}
