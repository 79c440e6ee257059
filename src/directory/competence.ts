import type { AgencyData } from './agency-data.js';
import {
  type AgencyRule,
  type CompetenceData,
  type CompetenceRule,
  type Locality,
  provinceId,
} from './competence-data.js';
import { isInForce } from './data-file.js';
import type { Agency, CommuneOffice, Competence, CompetenceQuestion, Place } from './directory.js';

/** Every agency that could take the case is excluded. The case must wait for a person to decide; it must not go to an excluded office. */
export class NobodyLeft extends Error {
  /** @param basis legal basis of the rule, kept with the case whoever gets it */
  constructor(readonly basis: string) {
    super('Every agency that could take this case is excluded; an administrator must decide.');
    this.name = 'NobodyLeft';
  }
}

type SteppedOver = Competence['steppedOver'][number];

/**
 * Makes the function that finds the competent agency. It climbs from the agency of the rule to the level above until one
 * is neither excluded nor without members; then along those who receive first, then to the agency for unclear places. With
 * nobody open at all, the top-most of the line that is not excluded gets it, so that no report is dropped. An agency that
 * has nothing to do with this harm is never chosen because the others are excluded: that is for a person to decide.
 * @throws NobodyLeft when every agency that could take it is excluded.
 */
export function createCompetence(
  data: AgencyData,
  rules: CompetenceData,
  place: (code: string) => Place | undefined,
) {
  const byId = new Map(data.agencies.map((agency) => [agency.id, agency]));

  return (question: CompetenceQuestion): Competence => {
    const rule = ruleOn(rules, question);
    const excluded = new Set(question.excluded);
    const existing = (id: string | undefined): Agency | undefined => {
      const agency = id === undefined ? undefined : byId.get(id);
      const dates = id === undefined ? undefined : data.dates.get(id);
      return agency && dates && isInForce(dates, question.on) ? agency : undefined;
    };
    const named = (one: AgencyRule | null): Agency | undefined => {
      if (one === null) return undefined;
      const id = provinceId(one);
      if (id !== undefined) return existing(id);
      return question.placeCode === undefined || one.startsWith('province:')
        ? undefined
        : existing(data.communeAgencyId(one as CommuneOffice, question.placeCode));
    };
    /** The agency and those above it; `above` replaces the first step. */
    const lineFrom = (start: Agency | undefined, above?: Agency): Agency[] => {
      const line: Agency[] = [];
      for (let at = start; at && !line.includes(at); ) {
        line.push(at);
        at = (at === start ? above : undefined) ?? existing(at.parent);
      }
      return line;
    };

    const isPlaceClear = named('commune_committee') !== undefined;
    const unclear = lineFrom(existing(data.unclearPlace) ?? byId.get(data.unclearPlace));
    const line = isPlaceClear ? lineFrom(named(rule.lead), named(rule.above)) : unclear;
    const others = [
      ...rule.first.flatMap((one) => lineFrom(named(one))),
      ...unclear,
      ...rule.cooperating.flatMap((one) => lineFrom(named(one))),
    ];

    const lead =
      [...line, ...others].find((one) => !excluded.has(one.id) && question.isOpen(one.id)) ??
      line.findLast((one) => !excluded.has(one.id)) ??
      others.find((one) => !excluded.has(one.id));
    if (!lead) throw new NobodyLeft(rule.basis);

    const where = question.placeCode === undefined ? undefined : place(question.placeCode);
    const local = rule.local.filter((one) => where && isOfKind(where, one.where));
    const cooperatingHere = [...rule.cooperating, ...local.flatMap((one) => one.cooperating)];
    const wanted = isPlaceClear ? cooperatingHere : [rule.lead, ...cooperatingHere];
    const afterLead = line.includes(lead) ? line.slice(line.indexOf(lead)) : lineFrom(lead);
    return {
      lead,
      cooperating: cooperating(
        wanted.map((one) => lineFrom(named(one))),
        lead,
        excluded,
        question.isOpen,
      ),
      above: afterLead.filter((one) => one !== lead && !excluded.has(one.id)),
      basis: rule.basis,
      steppedOver: steppedOver(line, lead, excluded),
    };
  };
}

function isOfKind(place: Place, kind: Locality): boolean {
  switch (kind) {
    case 'border_or_island':
      return place.border || place.island;
    case 'former_kien_giang':
      return place.formerProvince === 'Kiên Giang';
    case 'former_an_giang':
      return place.formerProvince === 'An Giang';
  }
}

/** The rule in force on that day; for a day before all rules the oldest, so that a wrong clock drops nothing. */
function ruleOn(rules: CompetenceData, question: CompetenceQuestion): CompetenceRule {
  const own = rules.get(question.category) ?? [];
  const rule = own.find((one) => isInForce(one, question.on)) ?? own[0];
  if (!rule) throw new Error(`No rule of competence for category "${question.category}".`);
  return rule;
}

/** One agency of each line: the first that can receive. The top of the tree is not troubled for information. */
function cooperating(
  lines: readonly (readonly Agency[])[],
  lead: Agency,
  excluded: ReadonlySet<string>,
  isOpen: (id: string) => boolean,
): Agency[] {
  const chosen = lines.flatMap((line) => {
    const able = line.find(
      (one, index) => (index === 0 || one.parent !== undefined) && !excluded.has(one.id) && isOpen(one.id),
    );
    return able && able !== lead ? [able] : [];
  });
  return [...new Set(chosen)];
}

function steppedOver(line: readonly Agency[], lead: Agency, excluded: ReadonlySet<string>): SteppedOver[] {
  const end = line.indexOf(lead);
  return line
    .slice(0, end === -1 ? line.length : end)
    .map((one) => ({ agencyId: one.id, reason: excluded.has(one.id) ? 'excluded' : 'not_open' }));
}
