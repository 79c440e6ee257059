import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CATEGORIES, type Category } from '../directory/directory.js';
import { AGE_BANDS, type AgeBand } from './age-band.js';

const points = z.number().int().min(0);
const schema = z.strictObject({
  window_days: z.number().int().positive(),
  enough: z.number().int().positive(),
  place: z.strictObject({ same: points, nearby: points }),
  category: z.strictObject({ same: points, related: points }),
  age: z.strictObject({ same: points, next: points, unknown: points }),
  days: z.array(z.strictObject({ within: z.number().positive(), points })),
  related: z.array(z.array(z.enum(CATEGORIES)).min(2)),
});
export type LikelySameRules = z.infer<typeof schema>;

const DAY = 24 * 3_600_000;

/** Reads data/likely-same.yaml. @throws with the cause in words when the file is broken: the service must not start on it. */
export function loadLikelySame(root: string): LikelySameRules {
  const parsed = schema.safeParse(parse(readFileSync(path.join(root, 'data/likely-same.yaml'), 'utf8')));
  if (!parsed.success) throw new Error(`data/likely-same.yaml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** What of a case may be compared: clear already, and too coarse to tell of a person. */
export interface Features {
  readonly category: Category;
  readonly placeCode?: string;
  readonly ageBand?: AgeBand;
  readonly receivedAt: Date;
}

/**
 * How likely two cases are the same matter: points of data/likely-same.yaml, 0 when they cannot be or it is not enough to
 * ask. The same whichever is named first. Never looks at content.
 */
export function likelySame(
  rules: LikelySameRules,
  one: Features,
  other: Features,
  nearby: (placeCode: string) => readonly string[],
): number {
  const apart = Math.abs(one.receivedAt.getTime() - other.receivedAt.getTime()) / DAY;
  if (apart > rules.window_days) return 0;
  const parts = [
    placePoints(rules, one.placeCode, other.placeCode, nearby),
    categoryPoints(rules, one.category, other.category),
    agePoints(rules, one.ageBand, other.ageBand),
  ];
  if (parts.includes(undefined)) return 0;
  const inTime = rules.days.filter(({ within }) => apart <= within).map((each) => each.points);
  const sum = parts.reduce<number>((total, part) => total + (part ?? 0), Math.max(0, ...inTime));
  return sum >= rules.enough ? sum : 0;
}

/** Undefined: cannot be the same matter. */
function placePoints(
  { place }: LikelySameRules,
  one: string | undefined,
  other: string | undefined,
  nearby: (placeCode: string) => readonly string[],
): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (one === other) return place.same;
  return nearby(one).includes(other) ? place.nearby : undefined;
}

function categoryPoints(rules: LikelySameRules, one: Category, other: Category): number | undefined {
  if (one === other) return rules.category.same;
  const areRelated = rules.related.some((group) => group.includes(one) && group.includes(other));
  return areRelated ? rules.category.related : undefined;
}

function agePoints(
  { age }: LikelySameRules,
  one: AgeBand | undefined,
  other: AgeBand | undefined,
): number | undefined {
  if (one === undefined || other === undefined) return age.unknown;
  const bands = Math.abs(AGE_BANDS.indexOf(one) - AGE_BANDS.indexOf(other));
  return bands === 0 ? age.same : bands === 1 ? age.next : undefined;
}
