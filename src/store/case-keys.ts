import { and, eq } from 'drizzle-orm';
import { NobodyLeft } from '../directory/competence.js';
import type { Directory } from '../directory/directory.js';
import { recipientsOf } from '../directory/receivers.js';
import { openIdentity, openMessage, sealFromReporter, sealIdentity } from '../reports/keys.js';
import { mayHold } from '../reports/may-hold.js';
import { CaseStaysSealed, type MemberKeys, NoKey } from '../reports/member-keys.js';
import type { Identity, KeyPair, Recipient } from '../reports/sealing.js';
import {
  agencyHolders,
  type CaseHolder,
  openAgencies,
  openAgencyIdentity,
  recoveryHolder,
} from './agency-keys.js';
import type { Db } from './database.js';
import { excludeAccused, excludedFrom } from './exclusions.js';
import { type RoutedReport, route } from './route.js';
import { caseKeyCopies, caseKeys, mailboxes } from './schema.js';

/**
 * To whom the identity of this report's case is sealed, computed after the exclusions: the competent agency and the next level
 * above it, each as far as it has a key, and the recovery key. Everybody excluded: the recovery key alone, until a person decides.
 */
export async function holdersForReport(
  tx: Db,
  directory: Directory,
  report: RoutedReport,
  at: Date,
): Promise<CaseHolder[]> {
  await excludeAccused(tx, directory, report.id, at);
  const excluded = await excludedFrom(tx, report.id);
  const may = (agencyId: string): boolean => mayHold(directory, excluded, agencyId);
  const able = new Set([...(await openAgencies(tx))].filter(may));
  const competence = route(directory, report, able, excluded);
  const recovery = await recoveryHolder(tx);
  if (competence instanceof NobodyLeft) return [recovery];
  const line = [competence.lead, ...competence.above].map(({ id }) => id).filter(may);
  const withKey = await agencyHolders(tx, line);
  const wanted = recipientsOf(competence, directory, excluded, (id) =>
    withKey.some(({ holder }) => holder === id),
  );
  return [...withKey.filter(({ holder }) => wanted.includes(holder)), recovery];
}

/** Keeps the key of a new case: its identity sealed to these. Nobody else, and not the server, opens it later. */
export async function keepCaseKey(
  tx: Db,
  reportId: string,
  { recipient, identity }: KeyPair,
  holders: readonly CaseHolder[],
): Promise<void> {
  await tx.insert(caseKeys).values({ reportId, recipient });
  for (const holder of holders) await copyCaseKey(tx, reportId, identity, holder);
}

/** Makes a copy of a case's identity for somebody. Already there: nothing happens. */
export async function copyCaseKey(
  tx: Db,
  reportId: string,
  identity: Identity,
  to: CaseHolder,
): Promise<void> {
  await tx
    .insert(caseKeyCopies)
    .values({
      reportId,
      kind: to.kind,
      holder: to.holder,
      holderVersion: to.holderVersion,
      sealedIdentity: await sealIdentity(identity, to.recipient),
    })
    .onConflictDoNothing();
}

/** The public half of a case's key, to which everything of the case is sealed. */
export async function caseRecipient(tx: Db, reportId: string): Promise<Recipient> {
  const [row] = await tx.select().from(caseKeys).where(eq(caseKeys.reportId, reportId));
  if (!row) throw new Error('A report has no key; it gets one when it is stored.');
  return row.recipient;
}

/** Ids of the agencies that can open the case. */
export async function agenciesHolding(tx: Db, reportId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ holder: caseKeyCopies.holder })
    .from(caseKeyCopies)
    .where(and(eq(caseKeyCopies.reportId, reportId), eq(caseKeyCopies.kind, 'agency')));
  return rows.map((row) => row.holder);
}

/**
 * A case's identity, for as long as this call. It opens whatever is sealed to the case.
 * @throws CaseStaysSealed when this member holds no key that opens it; it names the agencies that do
 */
export async function openCaseKey(tx: Db, keys: MemberKeys, reportId: string): Promise<Identity> {
  const copies = await tx
    .select()
    .from(caseKeyCopies)
    .where(and(eq(caseKeyCopies.reportId, reportId), eq(caseKeyCopies.kind, 'agency')));
  // The own agency's copy first: one step less to open.
  copies.sort((a, b) => Number(b.holder === keys.agencyId) - Number(a.holder === keys.agencyId));
  for (const copy of copies) {
    try {
      const agency = await openAgencyIdentity(tx, keys, copy.holder, copy.holderVersion);
      return await openIdentity(copy.sealedIdentity, agency);
    } catch (error) {
      if (!(error instanceof NoKey)) throw error;
    }
  }
  throw new CaseStaysSealed([...new Set(copies.map(({ holder }) => holder))]);
}

/** Seals words to the case, e.g. a note. Needs no key. */
export const sealForCase = async (tx: Db, reportId: string, text: string): Promise<Uint8Array> =>
  sealFromReporter(text, await caseRecipient(tx, reportId));

/** Opens what was sealed with `sealForCase`; open the case's key once for all of its values. @throws CannotOpen */
export const openWithCase = openMessage;

/**
 * Gives the case to another agency: one small copy more, nothing large is sealed again. That it may have it (exclusions, consent)
 * is for the caller to know. @throws CaseStaysSealed @throws NoKey when that agency has no key yet
 */
export async function grantCase(tx: Db, keys: MemberKeys, reportId: string, agencyId: string): Promise<void> {
  if ((await agenciesHolding(tx, reportId)).includes(agencyId)) return;
  const identity = await openCaseKey(tx, keys, reportId);
  const [holder] = await agencyHolders(tx, [agencyId]);
  if (!holder) throw new NoKey();
  await copyCaseKey(tx, reportId, identity, holder);
}

/** Takes the case's key from an agency. What its members read before, they have read. */
export async function revokeCase(tx: Db, reportId: string, agencyId: string): Promise<void> {
  await tx
    .delete(caseKeyCopies)
    .where(
      and(
        eq(caseKeyCopies.reportId, reportId),
        eq(caseKeyCopies.kind, 'agency'),
        eq(caseKeyCopies.holder, agencyId),
      ),
    );
}

/** Makes everything of the case unreadable for everybody, the recovery key and the reporter's code too. Cannot be undone. */
export async function shredCase(tx: Db, reportId: string): Promise<void> {
  await tx.delete(caseKeyCopies).where(eq(caseKeyCopies.reportId, reportId));
  await tx.delete(caseKeys).where(eq(caseKeys.reportId, reportId));
  await tx.update(mailboxes).set({ sealedIdentity: null }).where(eq(mailboxes.reportId, reportId));
}
