import { z } from 'zod';
import { type AgencyRule, agencyRule, provinceId } from './competence-data.js';
import { DirectoryDataError, readDataFile } from './data-file.js';
import { ACCUSED_OFFICES, type AccusedOffice } from './directory.js';

const reach = {
  under: z.enum(['none', 'own_level', 'all']),
  over_until: agencyRule.optional(),
  also: z.array(agencyRule).default([]),
};

const exclusionsFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  prepared: z.iso.date(),
  offices: z.record(z.enum(ACCUSED_OFFICES), z.array(agencyRule)),
  otherwise: z.strictObject(reach),
  together: z.array(z.strictObject({ agency: agencyRule, ...reach })),
});

/** Who else is kept out together with an agency. */
export type Reach = z.infer<typeof exclusionsFile>['otherwise'];

export interface ExclusionData {
  readonly offices: Readonly<Record<AccusedOffice, readonly AgencyRule[]>>;
  readonly otherwise: Reach;
  readonly together: ReadonlyMap<AgencyRule, Reach>;
}

/**
 * Reads data/exclusions.yaml.
 * @param needed every agency that competence can name
 * @throws DirectoryDataError also when it names an unknown agency, names one twice, or an agency that can receive could
 *   not be kept out by any answer.
 */
export function loadExclusionData(
  root: string,
  hasAgency: (id: string) => boolean,
  needed: Iterable<AgencyRule>,
): ExclusionData {
  const file = readDataFile(root, 'exclusions.yaml', exclusionsFile);
  const reaches: Reach[] = [file.otherwise, ...file.together];
  const named = [
    ...Object.values(file.offices).flat(),
    ...file.together.map((one) => one.agency),
    ...reaches.flatMap((one) => [...one.also, ...(one.over_until === undefined ? [] : [one.over_until])]),
  ];
  for (const one of named) {
    const id = provinceId(one);
    if (id !== undefined && !hasAgency(id))
      throw broken(`it names the agency "${id}", which is not in the list.`);
  }
  const together = new Map(file.together.map(({ agency, ...rest }) => [agency, rest]));
  if (together.size < file.together.length) throw broken('"together" names an agency twice.');
  const answers = new Set(Object.values(file.offices).flat());
  for (const one of needed) {
    if (!answers.has(one))
      throw broken(`no answer of "offices" keeps out "${one}", which can receive reports.`);
  }
  return { offices: file.offices, otherwise: file.otherwise, together };
}

function broken(cause: string): DirectoryDataError {
  return new DirectoryDataError('data/exclusions.yaml', cause);
}
