import { randomBytes, randomUUID } from 'node:crypto';
import type { Category } from '../../src/directory/directory.js';
import type { Urgency } from '../../src/reports/report.js';
import type { Role } from '../../src/staff/staff.js';
import type { Db } from '../../src/store/database.js';
import { type DispatchParts, dispatchReport } from '../../src/store/dispatch.js';
import { reports } from '../../src/store/schema.js';
import { createStaffDirectory } from '../../src/store/staff.js';

/** A member of this agency who can sign in, and so can receive cases. */
export async function addMember(
  db: Db,
  agencyId: string,
  role: Role = 'handler',
): Promise<{ staffId: string; agencyId: string }> {
  const staff = createStaffDirectory(db);
  const id = randomUUID();
  const tokenHash = randomBytes(32);
  const now = new Date();
  const member = { id, signInName: id, name: `Cán bộ ${agencyId}`, role, agencyId };
  await staff.add(member, { tokenHash, expiresAt: new Date(now.getTime() + 60_000) }, now);
  await staff.acceptInvitation(tokenHash, 'hash', now);
  return { staffId: id, agencyId };
}

/** A report as the turn would have stored it, and its case. Resolves with the id of the case. */
export async function reportAndDispatch(
  parts: DispatchParts,
  report: {
    readonly receivedAt: Date;
    readonly urgency: Urgency;
    readonly category?: Category;
    readonly placeCode?: string;
    readonly accusedOffice?: 'commune_committee' | 'commune_police';
  },
): Promise<string> {
  const id = randomUUID();
  await parts.db.insert(reports).values({
    id,
    category: 'physical_abuse',
    placeCode: '30742',
    sealedContent: Buffer.from('sealed'),
    state: 'waiting',
    ...report,
  });
  const outcome = await dispatchReport(parts, id);
  if (outcome.kind !== 'opened') throw new Error(outcome.kind);
  return outcome.caseId;
}
