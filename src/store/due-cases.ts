import { sql } from 'drizzle-orm';
import type { Db } from './database.js';

/** Cases in which something is to be told, and when next. */
interface Due {
  readonly caseId: string;
  readonly at: Date;
}

const LIMIT = 500;

async function dueBetween(db: Db, after: Date | undefined, until: Date): Promise<Due[]> {
  const from = after === undefined ? sql`` : sql` and next_at > ${after.toISOString()}::timestamptz`;
  const to = until.toISOString();
  const result = (await db.execute(sql`
    select case_id as "caseId", min(next_at) as at from (
      select case_id, next_at from lang_nghe.case_clocks where next_at <= ${to}::timestamptz${from}
      union all
      select case_id, next_at from lang_nghe.ring_rounds where next_at <= ${to}::timestamptz${from}
    ) due
    group by case_id order by 2 limit ${LIMIT}
  `)) as unknown as { rows: { caseId: string; at: Date | string }[] };
  return result.rows.map(({ caseId, at }) => ({ caseId, at: new Date(at) }));
}

/** Ids of cases in which something is due, the longest due first. */
export const dueCases = async (db: Db, now: Date): Promise<string[]> =>
  (await dueBetween(db, undefined, now)).map(({ caseId }) => caseId);

/** Cases in which something becomes due between the two moments. */
export const upcomingCases = (db: Db, now: Date, until: Date): Promise<Due[]> => dueBetween(db, now, until);

/** Open cases whose clocks were planned with other data than these, or never. @param version `Deadlines.version` */
export async function casesPlannedOtherwise(db: Db, version: string): Promise<string[]> {
  const result = (await db.execute(sql`
    select id from lang_nghe.cases c where state <> 'closed' and not exists (
      select from lang_nghe.case_clocks k where k.case_id = c.id and k.version = ${version}
    ) limit ${LIMIT}
  `)) as unknown as { rows: { id: string }[] };
  return result.rows.map(({ id }) => id);
}

/** Urgent cases nobody has accepted, about which nobody could be reached. */
export async function unreachedCases(db: Db): Promise<string[]> {
  const result = (await db.execute(
    sql`select case_id as id from lang_nghe.ring_rounds where unreached_since is not null order by unreached_since limit ${LIMIT}`,
  )) as unknown as { rows: { id: string }[] };
  return result.rows.map(({ id }) => id);
}
