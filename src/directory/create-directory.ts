import { loadAgencyData } from './agency-data.js';
import { createCompetence } from './competence.js';
import { loadCompetenceData } from './competence-data.js';
import type { Directory } from './directory.js';
import { loadPlaceData } from './place-data.js';
import { createPlaceSearch } from './place-search.js';

/**
 * Reads data/places.json, place-words.yaml, agencies.yaml and competence.yaml under `root` and indexes them. Once, at start.
 * @throws DirectoryDataError naming the file and the cause; the service must not start then.
 */
export function createDirectory({ root }: { readonly root: string }): Directory {
  const placeData = loadPlaceData(root);
  const agencyData = loadAgencyData(root, placeData.places);
  const places = new Map(placeData.places.map((place) => [place.code, place]));
  const agencies = new Map(agencyData.agencies.map((agency) => [agency.id, agency]));
  const competence = loadCompetenceData(root, (id) => agencies.has(id));
  return {
    places: placeData.places,
    agencies: agencyData.agencies,
    place: (code) => places.get(code),
    agency: (id) => agencies.get(id),
    communeAgencyId: agencyData.communeAgencyId,
    findPlaces: createPlaceSearch(placeData),
    competentFor: createCompetence(agencyData, competence),
  };
}
