import { and, eq, gte, inArray, isNull, lte, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { Directory } from '../directory/directory.js';
import type { CaseActor } from '../reports/case.js';
import type { CaseRelations, CaseSurroundings, RelatedCase } from '../reports/case-relations.js';
import { type Features, type LikelySameRules, likelySame } from '../reports/likely-same.js';
import { shareExclusions } from './add-exclusion.js';
import { recordEvent } from './case-events.js';
import type { Db } from './database.js';
import { caseAgencies, caseLinks, cases, reportExclusions, reports } from './schema.js';

const DAY = 24 * 3_600_000;
/** More than these of one place in one month are more than somebody would look through. */
const MOST_CANDIDATES = 300;
const MOST_SHOWN = 5;
const MOST_PAIRS = 50;

export interface CaseRelationsParts {
  readonly db: Db;
  readonly directory: Pick<Directory, 'agency' | 'nearby'>;
  readonly rules: LikelySameRules;
  readonly now: () => number;
}

interface Seen {
  readonly related: RelatedCase;
  readonly features: Features;
  readonly reportId: string;
}

/** On the database; see the port. */
export function createCaseRelations(parts: CaseRelationsParts): CaseRelations {
  const { db, directory, rules } = parts;
  const points = (one: Seen, other: Seen): number =>
    likelySame(rules, one.features, other.features, directory.nearby);

  return {
    async around(actor, caseId) {
      const [own] = await seen(db, actor, and(eq(cases.id, caseId), eq(cases.agencyId, actor.agencyId)));
      if (!own) return undefined;
      const judged = await linksOf(db, caseId);
      const sameIds = judged.filter(({ same }) => same).map(({ id }) => id);
      const known = new Set(judged.map(({ id }) => id));
      const likely = (await seen(db, actor, likelyTo(rules, directory, own), MOST_CANDIDATES))
        .filter(({ related }) => !known.has(related.id))
        .map((other) => ({ other, score: points(own, other) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST_SHOWN)
        .map(({ other }) => other.related);
      const agencies = await db.select().from(caseAgencies).where(eq(caseAgencies.caseId, caseId));
      const above = agencies.find(({ role }) => role === 'above');
      const surroundings: CaseSurroundings = {
        cooperating: agencies.filter(({ role }) => role === 'cooperating').map(({ agencyId }) => agencyId),
        ...(above ? { above: above.agencyId } : {}),
        linked: await linkedTo(db, actor, sameIds),
        likely,
      };
      return surroundings;
    },

    async pairs(actor) {
      const since = new Date(parts.now() - rules.window_days * DAY);
      const all = await seen(db, actor, gte(reports.receivedAt, since), MOST_CANDIDATES);
      const found = [];
      for (const [index, one] of all.entries()) {
        for (const other of all.slice(index + 1)) {
          // Two of one agency it sees itself, on the case.
          if (one.related.agencyId === other.related.agencyId) continue;
          const score = points(one, other);
          if (score > 0) found.push({ score, pair: [one.related, other.related] as const });
        }
      }
      const judged = await judgedAmong(db, [
        ...new Set(found.flatMap(({ pair }) => pair.map(({ id }) => id))),
      ]);
      return found
        .filter(({ pair }) => !judged.has(keyOf(pair[0].id, pair[1].id)))
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST_PAIRS)
        .map(({ pair }) => pair);
    },

    decide: (actor, [oneId, otherId], same) =>
      db.transaction(async (tx) => {
        if (oneId === otherId) return 'not_found';
        const both = await seen(tx, actor, inArray(cases.id, [oneId, otherId]));
        const [one, other] = both;
        if (!one || !other) return 'not_found';
        const at = new Date(parts.now());
        const [firstId = '', secondId = ''] = [oneId, otherId].sort();
        await tx
          .insert(caseLinks)
          .values({ firstId, secondId, same, staffId: actor.staffId, at })
          .onConflictDoUpdate({
            target: [caseLinks.firstId, caseLinks.secondId],
            set: { same, staffId: actor.staffId, at },
          });
        for (const id of [firstId, secondId])
          await recordEvent(tx, {
            caseId: id,
            kind: same ? 'linked' : 'not_same',
            at,
            staffId: actor.staffId,
          });
        if (!same) return 'done';
        const { held } = await shareExclusions(
          tx,
          directory,
          [one.reportId, other.reportId],
          actor.staffId,
          at,
        );
        return held.length > 0 ? 'linked_owner_excluded' : 'done';
      }),
  };
}

/** Cases this agency may know of: its own and those it is above, without any that it is kept out of. */
async function seen(db: Db, actor: CaseActor, where: SQL | undefined, limit = 2): Promise<Seen[]> {
  const isAbove = db
    .select({ one: sql`1` })
    .from(caseAgencies)
    .where(
      and(
        eq(caseAgencies.caseId, cases.id),
        eq(caseAgencies.agencyId, actor.agencyId),
        eq(caseAgencies.role, 'above'),
      ),
    );
  const rows = await db
    .select({ row: cases, receivedAt: reports.receivedAt, ageBand: reports.ageBand })
    .from(cases)
    .innerJoin(reports, eq(reports.id, cases.reportId))
    .where(
      and(
        where,
        isNull(cases.erasedAt),
        or(eq(cases.agencyId, actor.agencyId), sql`exists ${isAbove}`),
        notExcluded(db, actor),
      ),
    )
    .orderBy(sql`${reports.receivedAt} desc`, cases.id)
    .limit(limit);
  return rows.map(({ row, receivedAt, ageBand }) => ({
    related: toRelated(row, receivedAt),
    reportId: row.reportId,
    features: {
      category: row.category,
      receivedAt,
      ...(row.placeCode === null ? {} : { placeCode: row.placeCode }),
      ...(ageBand === null ? {} : { ageBand }),
    },
  }));
}

const notExcluded = (db: Db, actor: CaseActor): SQL =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(reportExclusions)
      .where(
        and(eq(reportExclusions.reportId, cases.reportId), eq(reportExclusions.agencyId, actor.agencyId)),
      ),
  );

/** Cases that could be the same matter, as far as SQL can say. */
function likelyTo(
  rules: LikelySameRules,
  directory: CaseRelationsParts['directory'],
  { related, features }: Seen,
): SQL | undefined {
  const { placeCode, receivedAt } = features;
  if (placeCode === undefined) return sql`false`;
  const days = (count: number): Date => new Date(receivedAt.getTime() + count * DAY);
  return and(
    ne(cases.id, related.id),
    inArray(cases.placeCode, [placeCode, ...directory.nearby(placeCode)]),
    gte(reports.receivedAt, days(-rules.window_days)),
    lte(reports.receivedAt, days(rules.window_days)),
  );
}

/** Linked cases show number and state to each other's agency, unless it is kept out of the other. */
async function linkedTo(db: Db, actor: CaseActor, ids: readonly string[]): Promise<RelatedCase[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ row: cases, receivedAt: reports.receivedAt })
    .from(cases)
    .innerJoin(reports, eq(reports.id, cases.reportId))
    .where(and(inArray(cases.id, [...ids]), notExcluded(db, actor)))
    .orderBy(reports.receivedAt);
  return rows.map(({ row, receivedAt }) => toRelated(row, receivedAt));
}

async function linksOf(db: Db, caseId: string): Promise<{ id: string; same: boolean }[]> {
  const rows = await db
    .select()
    .from(caseLinks)
    .where(or(eq(caseLinks.firstId, caseId), eq(caseLinks.secondId, caseId)));
  return rows.map(({ firstId, secondId, same }) => ({ id: firstId === caseId ? secondId : firstId, same }));
}

async function judgedAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select()
    .from(caseLinks)
    .where(inArray(caseLinks.firstId, [...ids]));
  return new Set(rows.map(({ firstId, secondId }) => keyOf(firstId, secondId)));
}

const keyOf = (one: string, other: string): string => [one, other].sort().join(' ');

function toRelated(row: typeof cases.$inferSelect, receivedAt: Date): RelatedCase {
  const { id, number, agencyId, category, placeCode, state } = row;
  return { id, number, agencyId, category, state, receivedAt, ...(placeCode === null ? {} : { placeCode }) };
}
