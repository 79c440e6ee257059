import { loadAgencyData } from './agency-data.js';
import { createCompetence } from './competence.js';
import { loadCompetenceData } from './competence-data.js';
import type { Directory } from './directory.js';
import { createExclusions } from './exclusions.js';
import { loadExclusionData } from './exclusions-data.js';
import { createNearby } from './nearby.js';
import { loadPlaceData } from './place-data.js';
import { createPlaceSearch } from './place-search.js';

/**
 * Reads data/places.json, place-words.yaml, agencies.yaml, competence.yaml and exclusions.yaml under `root` and indexes them. Once, at start.
 * @throws DirectoryDataError naming the file and the cause; the service must not start then.
 */
export function createDirectory({ root }: { readonly root: string }): Directory {
  const placeData = loadPlaceData(root);
  const agencyData = loadAgencyData(root, placeData.places);
  const places = new Map(placeData.places.map((place) => [place.code, place]));
  const agencies = new Map(agencyData.agencies.map((agency) => [agency.id, agency]));
  const competence = loadCompetenceData(root, (id) => agencies.has(id));
  const receivers = [...competence.values()]
    .flat()
    .flatMap((rule) => [rule.lead, ...rule.first, rule.above ?? []].flat());
  const exclusions = loadExclusionData(root, (id) => agencies.has(id), receivers);
  return {
    places: placeData.places,
    agencies: agencyData.agencies,
    place: (code) => places.get(code),
    agency: (id) => agencies.get(id),
    communeAgencyId: agencyData.communeAgencyId,
    findPlaces: createPlaceSearch(placeData),
    nearby: createNearby(placeData.formerCommunes),
    ...createExclusions(agencyData, exclusions),
    competentFor: createCompetence(agencyData, competence, (code) => places.get(code)),
  };
}
