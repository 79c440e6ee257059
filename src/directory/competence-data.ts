import { z } from 'zod';
import { DirectoryDataError, readDataFile } from './data-file.js';
import { CATEGORIES, type Category, COMMUNE_OFFICES } from './directory.js';

/** `commune_committee`, `commune_police` of the place, or one provincial agency: `province:so-y-te`. */
export const agencyRule = z.union([
  z.enum(COMMUNE_OFFICES),
  z.templateLiteral(['province:', z.string().regex(/^[a-z0-9-]+$/)]),
]);
export type AgencyRule = z.infer<typeof agencyRule>;

/** Kinds of places in which more agencies cooperate. */
const LOCALITIES = ['border_or_island', 'former_kien_giang', 'former_an_giang'] as const;
export type Locality = (typeof LOCALITIES)[number];

const rule = z.strictObject({
  type: z.string().min(1),
  categories: z.array(z.enum(CATEGORIES)).min(1),
  lead: agencyRule,
  first: z.array(agencyRule).min(1),
  cooperating: z.array(agencyRule),
  /** Who cooperates besides in places of a kind. */
  local: z
    .array(z.strictObject({ where: z.enum(LOCALITIES), cooperating: z.array(agencyRule).min(1) }))
    .default([]),
  /** The level above the lead for this type of report; null: the lead has none. */
  above: agencyRule.nullable(),
  effective_from: z.iso.date(),
  effective_to: z.iso.date().optional(),
  /** Document and article, for the log. */
  basis: z.string().min(1),
  confidence: z.enum(['A', 'B', 'C']),
});
export type CompetenceRule = z.infer<typeof rule>;

const competenceFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  prepared: z.iso.date(),
  rules: z.array(rule),
});

/** Rules of each category, oldest first. */
export type CompetenceData = ReadonlyMap<Category, readonly CompetenceRule[]>;

/**
 * Reads data/competence.yaml.
 * @throws DirectoryDataError also when a category has no rule, a gap or an overlap in time, or a rule names an unknown agency.
 */
export function loadCompetenceData(root: string, hasAgency: (id: string) => boolean): CompetenceData {
  const { rules } = readDataFile(root, 'competence.yaml', competenceFile);
  for (const one of rules) {
    const local = one.local.flatMap((each) => each.cooperating);
    for (const named of [one.lead, ...one.first, ...one.cooperating, ...local, one.above]) {
      const id = named === null ? undefined : provinceId(named);
      if (id !== undefined && !hasAgency(id))
        throw broken(`"${one.type}" names the agency "${id}", which is not in the list.`);
    }
  }
  return new Map(CATEGORIES.map((category) => [category, rulesOf(category, rules)]));
}

/** The agency's id in `province:<id>`; undefined for rules of a commune. */
export function provinceId(named: AgencyRule): string | undefined {
  return named.startsWith('province:') ? named.slice('province:'.length) : undefined;
}

function rulesOf(category: Category, rules: readonly CompetenceRule[]): CompetenceRule[] {
  const own = rules
    .filter((one) => one.categories.includes(category))
    .sort((a, b) => a.effective_from.localeCompare(b.effective_from));
  if (own.length === 0) throw broken(`category "${category}" has no rule.`);
  own.forEach((one, index) => {
    const next = own[index + 1];
    if (!next) {
      if (one.effective_to !== undefined)
        throw broken(`category "${category}" has no rule after ${one.effective_to}.`);
      return;
    }
    if (one.effective_to === undefined || dayAfter(one.effective_to) !== next.effective_from)
      throw broken(
        `category "${category}": the rule before ${next.effective_from} must end on the day before.`,
      );
  });
  return own;
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

function broken(cause: string): DirectoryDataError {
  return new DirectoryDataError('data/competence.yaml', cause);
}
