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
  const around = new Map<string, Set<string>>();
  for (const units of ofDistrict.values()) {
    for (const code of units) {
      const others = around.get(code) ?? new Set();
      for (const other of units) if (other !== code) others.add(other);
      around.set(code, others);
    }
  }
  const lists = new Map([...around].map(([code, others]) => [code, [...others]]));
  return (placeCode) => lists.get(placeCode) ?? [];
}
