import type { AgencyData } from './agency-data.js';
import { type AgencyRule, provinceId } from './competence-data.js';
import type { Agency, CommuneOffice, Directory, ExcludedAgency } from './directory.js';
import { COMMUNE_OFFICES } from './directory.js';
import type { ExclusionData, Reach } from './exclusions-data.js';

/** Makes the functions that say who is kept out of a case, from the tree of agencies and data/exclusions.yaml. */
export function createExclusions(
  data: AgencyData,
  rules: ExclusionData,
): Pick<Directory, 'exclusionsOf' | 'excludedWith'> {
  const byId = new Map(data.agencies.map((agency) => [agency.id, agency]));
  const communes = [...new Set(data.agencies.flatMap(({ placeCode }) => placeCode ?? []))];

  /** The agencies a rule means; a commune's office of every commune when no place is given. */
  const agenciesOf = (rule: AgencyRule, placeCode: string | undefined): string[] => {
    const id = provinceId(rule);
    if (id !== undefined) return [id];
    const places = placeCode === undefined ? communes : [placeCode];
    return places
      .map((code) => data.communeAgencyId(rule as CommuneOffice, code))
      .filter((one) => byId.has(one));
  };
  const ruleOf = (agency: Agency): AgencyRule => {
    const { id, placeCode } = agency;
    const office = COMMUNE_OFFICES.find(
      (one) => placeCode !== undefined && data.communeAgencyId(one, placeCode) === id,
    );
    return office ?? `province:${id}`;
  };
  const parentsOf = (agency: Agency): string[] => {
    const line: string[] = [];
    for (let at = agency.parent; at !== undefined && !line.includes(at); at = byId.get(at)?.parent)
      line.push(at);
    return line;
  };
  const under = (agency: Agency, reach: Reach['under']): string[] =>
    reach === 'none'
      ? []
      : data.agencies
          .filter(
            (one) => (reach === 'all' || one.level === agency.level) && parentsOf(one).includes(agency.id),
          )
          .map((one) => one.id);
  const over = (agency: Agency, until: AgencyRule | undefined): string[] => {
    if (until === undefined) return [];
    const parents = parentsOf(agency);
    const last = parents.findLastIndex((id) => agenciesOf(until, agency.placeCode).includes(id));
    return parents.slice(0, last + 1);
  };

  const excludedWith = (agencyId: string): ExcludedAgency[] => {
    const agency = byId.get(agencyId);
    if (!agency) return [{ agencyId, why: 'works_there' }];
    const reach = rules.together.get(ruleOf(agency)) ?? rules.otherwise;
    const others = [
      ...under(agency, reach.under),
      ...over(agency, reach.over_until),
      ...reach.also.flatMap((one) => agenciesOf(one, agency.placeCode)),
    ];
    return [
      { agencyId, why: 'works_there' },
      ...[...new Set(others)]
        .filter((id) => id !== agencyId)
        .map((id): ExcludedAgency => ({ agencyId: id, why: 'same_people' })),
    ];
  };

  return {
    excludedWith,
    exclusionsOf(office, placeCode) {
      const known = placeCode !== undefined && communes.includes(placeCode) ? placeCode : undefined;
      const roots = rules.offices[office].flatMap((rule) => agenciesOf(rule, known));
      const all = new Map<string, ExcludedAgency>();
      for (const one of roots.flatMap(excludedWith)) {
        if (one.why === 'works_there' || !all.has(one.agencyId)) all.set(one.agencyId, one);
      }
      return [...all.values()];
    },
  };
}
