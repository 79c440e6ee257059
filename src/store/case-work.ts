import { asc, desc, eq } from 'drizzle-orm';
import type { CaseActor, CaseFile } from '../reports/case.js';
import type { Referral } from '../reports/referral.js';
import type { CasePorts } from './case-ports.js';
import type { CaseRow } from './case-rows.js';
import type { Db } from './database.js';
import { mayCooperate, type ReferralRow } from './open-referrals.js';
import { caseNotes, referrals, staff } from './schema.js';

/** What this agency's people have in the case besides the talk; undefined when the case is not theirs to see. */
export async function readWork(
  tx: Db,
  ports: CasePorts,
  actor: CaseActor,
  row: CaseRow,
): Promise<Pick<CaseFile, 'access' | 'notes' | 'referrals'> | undefined> {
  const leads = row.agencyId === actor.agencyId;
  if (!leads && !(await mayCooperate(tx, ports, row, actor.agencyId))) return undefined;
  const open = (purpose: string, sealed: Uint8Array): Promise<string> =>
    ports.sealer.openWithCase(tx, actor.keys, row.reportId, purpose, sealed);
  const notes = await tx
    .select({ note: caseNotes, staffName: staff.name })
    .from(caseNotes)
    .innerJoin(staff, eq(staff.id, caseNotes.staffId))
    .where(eq(caseNotes.caseId, row.id))
    .orderBy(asc(caseNotes.at));
  const offers = await tx
    .select()
    .from(referrals)
    .where(eq(referrals.caseId, row.id))
    .orderBy(desc(referrals.offeredAt));
  return {
    access: leads ? 'lead' : 'cooperating',
    notes: await Promise.all(
      notes.map(async ({ note, staffName }) => ({
        id: note.id,
        staffName,
        text: await open(`note:${note.id}`, note.sealedContent),
        at: note.at,
      })),
    ),
    referrals: await Promise.all(offers.map((each) => toReferral(each, open))),
  };
}

async function toReferral(
  row: ReferralRow,
  open: (purpose: string, sealed: Uint8Array) => Promise<string>,
): Promise<Referral> {
  const { id, kind, fromAgency, toAgency, state, reason, offeredAt } = row;
  return {
    ...{ id, kind, fromAgency, toAgency, state, reason, offeredAt },
    ...(row.ground === null ? {} : { ground: row.ground }),
    ...(row.consent === null ? {} : { consent: row.consent }),
    ...(row.sealedWords === null ? {} : { words: await open(`referral words:${id}`, row.sealedWords) }),
    ...(row.sealedOverride === null
      ? {}
      : { override: await open(`referral override:${id}`, row.sealedOverride) }),
    ...(row.answeredAt === null ? {} : { answeredAt: row.answeredAt }),
    ...(row.answerReason === null ? {} : { answerReason: row.answerReason }),
  };
}
