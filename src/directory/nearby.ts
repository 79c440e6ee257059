import type { Directory } from './directory.js';
import type { FormerCommune } from './place-data.js';

/**
 * Which units of today lie around one: those made of communes of the same former district. There is no map in data/, and
 * people who live near a border of two units knew one district.
 */
export function createNearby(
  formerCommunes: readonly Pick<FormerCommune, 'district' | 'now'>[],
): Directory['nearby'] {
  const ofDistrict = new Map<string, Set<string>>();
  for (const { district, now } of formerCommunes) {
    const units = ofDistrict.get(district) ?? new Set();
    for (const code of now) units.add(code);
    ofDistrict.set(district, units);
  }
  return (placeCode) => {
    const around = [...ofDistrict.values()]
      .filter((units) => units.has(placeCode))
      .flatMap((units) => [...units]);
    return [...new Set(around)].filter((code) => code !== placeCode);
  };
}
