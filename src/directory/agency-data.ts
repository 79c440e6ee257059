import { z } from 'zod';
import { type Dated, DirectoryDataError, readDataFile } from './data-file.js';
import { type Agency, COMMUNE_OFFICES, type CommuneOffice, type Place } from './directory.js';
import { fill } from './place-data.js';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by "-"');

/** Filled in by the administrator; null: not known yet, never guessed. */
const contact = z
  .strictObject({
    phone: z.string().min(1).optional(),
    address: z.string().min(1).optional(),
    source: z.string().min(1),
    checked_on: z.iso.date(),
  })
  .nullable();

const about = {
  name: z.string().min(1),
  duty: z.string().min(1),
  basis: z.string().min(1),
  source: z.string().min(1),
  confidence: z.enum(['A', 'B', 'C']),
};

const communeAgency = z.strictObject({
  ...about,
  rule: z.enum(COMMUNE_OFFICES),
  id: z.string().includes('{code}'),
  parent: id,
  former: z.string(),
});

const provinceAgency = z.strictObject({
  ...about,
  id,
  parent: id.nullable(),
  former: z.array(z.string()),
  effective_from: z.iso.date(),
  effective_to: z.iso.date().optional(),
  contact,
});

const agenciesFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  prepared: z.iso.date(),
  unclear_place: id,
  commune: z.array(communeAgency),
  commune_contacts: z.record(z.string(), contact),
  province: z.array(provinceAgency).min(1),
});

export interface AgencyData {
  /** Provincial agencies in the file's order, then those of the communes. */
  readonly agencies: readonly Agency[];
  /** When each agency exists, by id. */
  readonly dates: ReadonlyMap<string, Dated>;
  /** Id of a commune's agency of this kind. */
  readonly communeAgencyId: (rule: CommuneOffice, placeCode: string) => string;
  /** Id of the agency that decides when the place is unclear. */
  readonly unclearPlace: string;
}

/**
 * Reads data/agencies.yaml and forms the agencies of each place.
 * @throws DirectoryDataError also when an id appears twice, a parent is missing, or parents run in a circle.
 */
export function loadAgencyData(root: string, places: readonly Place[]): AgencyData {
  const file = readDataFile(root, 'agencies.yaml', agenciesFile);
  const templates = new Map(file.commune.map((template) => [template.rule, template]));
  const communeAgencyId = (rule: CommuneOffice, placeCode: string): string =>
    fill(templates.get(rule)?.id ?? '', { code: placeCode });

  const dates = new Map<string, Dated>();
  const agencies: Agency[] = [];
  const add = (agency: Agency, dated: Dated): void => {
    if (dates.has(agency.id)) throw broken(`agency "${agency.id}" stands there twice.`);
    agencies.push(agency);
    dates.set(agency.id, dated);
  };
  for (const { id: agencyId, name, parent, ...rest } of file.province) {
    add({ id: agencyId, name, level: 'province', ...(parent !== null && { parent }) }, rest);
  }
  for (const rule of COMMUNE_OFFICES) {
    const template = templates.get(rule);
    if (!template) throw broken(`"commune" has no agency with rule ${rule}.`);
    for (const place of places) {
      const { code, kind, name } = place;
      const agency: Agency = {
        id: communeAgencyId(rule, code),
        name: fill(template.name, { code, kind, name }),
        level: 'commune',
        placeCode: code,
        parent: template.parent,
      };
      add(agency, { effective_from: place.effectiveFrom });
    }
  }
  checkTree(agencies, file.unclear_place, Object.keys(file.commune_contacts));
  return { agencies, dates, communeAgencyId, unclearPlace: file.unclear_place };
}

function broken(cause: string): DirectoryDataError {
  return new DirectoryDataError('data/agencies.yaml', cause);
}

function checkTree(agencies: readonly Agency[], unclearPlace: string, contacts: readonly string[]): void {
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  for (const used of [unclearPlace, ...contacts]) {
    if (!byId.has(used)) throw broken(`agency "${used}" is named but not in the list.`);
  }
  for (const agency of agencies) {
    const seen = new Set<string>();
    for (let at: Agency | undefined = agency; at?.parent !== undefined; at = byId.get(at.parent)) {
      if (seen.has(at.id)) throw broken(`the levels above "${agency.id}" run in a circle.`);
      seen.add(at.id);
      if (!byId.has(at.parent))
        throw broken(`"${at.id}" has the parent "${at.parent}", which is not in the list.`);
    }
  }
}
