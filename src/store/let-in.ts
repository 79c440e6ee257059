import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import { type MemberKeys, NoKey } from '../reports/member-keys.js';
import type { KeyStanding, WaitingMember } from '../staff/keyring.js';
import { CASE_ROLES } from '../staff/staff.js';
import { copyAgencyKey, heldVersions, openAgencyIdentity } from './agency-keys.js';
import type { Db } from './database.js';
import { agencyKeyCopies, agencyKeys, staff, staffKeys } from './schema.js';

const WORKS_WITH_CASES = and(eq(staff.disabled, false), inArray(staff.role, [...CASE_ROLES]));

/** Who waits to be let into the member's agency, or one below it whose key theirs opens; who waits longest comes first. */
export async function waitingMembers(db: Db, keys: MemberKeys): Promise<WaitingMember[]> {
  if ((await heldVersions(db, keys.staffId, keys.agencyId)).length === 0) return [];
  const within = [keys.agencyId, ...(await agenciesBelow(db, keys.agencyId))];
  const rows = await db
    .select({
      id: staff.id,
      name: staff.name,
      role: staff.role,
      agencyId: agencyKeys.agencyId,
      since: staffKeys.madeAt,
    })
    .from(staff)
    .innerJoin(staffKeys, eq(staffKeys.staffId, staff.id))
    .innerJoin(agencyKeys, and(eq(agencyKeys.agencyId, staff.agencyId), isNull(agencyKeys.retiredAt)))
    .where(and(WORKS_WITH_CASES, inArray(staff.agencyId, within), notExists(copyInUse(db))))
    .orderBy(asc(staffKeys.madeAt));
  return rows;
}

/** The member's own copy of the agency's key in use. */
const copyInUse = (db: Db) =>
  db
    .select({ one: sql`1` })
    .from(agencyKeyCopies)
    .where(
      and(
        eq(agencyKeyCopies.agencyId, agencyKeys.agencyId),
        eq(agencyKeyCopies.version, agencyKeys.version),
        eq(agencyKeyCopies.kind, 'member'),
        sql`${agencyKeyCopies.holder} = ${staff.id}::text`,
      ),
    );

/** Agencies whose key this agency's key opens, directly or through one between. */
async function agenciesBelow(db: Db, agencyId: string): Promise<string[]> {
  const found = new Set<string>();
  for (let level = [agencyId]; level.length > 0; ) {
    const rows = await db
      .selectDistinct({ id: agencyKeyCopies.agencyId })
      .from(agencyKeyCopies)
      .where(and(eq(agencyKeyCopies.kind, 'agency'), inArray(agencyKeyCopies.holder, level)));
    level = rows.map(({ id }) => id).filter((id) => id !== agencyId && !found.has(id));
    for (const id of level) found.add(id);
  }
  return [...found];
}

/** Who can let somebody into this agency: members who hold its key; when there is none, those of the nearest agency above that does. */
export async function whoCanLetIn(
  db: Db,
  agencyId: string,
  options: { readonly fromAbove?: true } = {},
): Promise<KeyStanding['helpers']> {
  const seen = new Set<string>();
  for (let level = [agencyId]; level.length > 0; ) {
    const people = await db
      .selectDistinct({ name: staff.name, agencyId: agencyKeyCopies.agencyId })
      .from(agencyKeyCopies)
      .innerJoin(staff, sql`${staff.id}::text = ${agencyKeyCopies.holder}`)
      .where(
        and(WORKS_WITH_CASES, eq(agencyKeyCopies.kind, 'member'), inArray(agencyKeyCopies.agencyId, level)),
      )
      .orderBy(asc(staff.name));
    if (people.length > 0 && !(options.fromAbove && level.includes(agencyId))) return people;
    for (const id of level) seen.add(id);
    const above = await db
      .selectDistinct({ id: agencyKeyCopies.holder })
      .from(agencyKeyCopies)
      .where(and(eq(agencyKeyCopies.kind, 'agency'), inArray(agencyKeyCopies.agencyId, level)));
    level = above.map(({ id }) => id).filter((id) => !seen.has(id));
  }
  return [];
}

/** Makes copies of the agency's key, of an older version too while cases still lie under it, for a member who waits. */
export async function letIn(
  db: Db,
  keys: MemberKeys,
  staffId: string,
  now: Date,
): Promise<'let_in' | 'not_found' | 'no_key'> {
  return db.transaction(async (tx) => {
    const [target] = await tx
      .select({ agencyId: staff.agencyId, recipient: staffKeys.recipient })
      .from(staff)
      .innerJoin(staffKeys, eq(staffKeys.staffId, staff.id))
      .where(and(WORKS_WITH_CASES, eq(staff.id, staffId)))
      // Removing the member waits for this, and then takes the copies away again.
      .for('update');
    if (!target || target.agencyId === null) return 'not_found';
    const { agencyId, recipient } = target;
    let given = false;
    for (const { version } of await tx.select().from(agencyKeys).where(eq(agencyKeys.agencyId, agencyId))) {
      try {
        const identity = await openAgencyIdentity(tx, keys, agencyId, version);
        const to = { kind: 'member', holder: staffId, holderVersion: 0, recipient } as const;
        await copyAgencyKey(tx, { agencyId, version, identity }, to, now, keys.staffId);
        given = true;
      } catch (error) {
        if (!(error instanceof NoKey)) throw error;
      }
    }
    return given ? 'let_in' : 'no_key';
  });
}
