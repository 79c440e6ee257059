import type { Agency, Directory } from '../directory/directory.js';

const MOST_FOUND = 12;

/** Agencies whose name holds every word typed, with or without diacritics; the chosen one stays in the list. Nothing typed: the province's. */
export function agenciesNamed(
  directory: Directory,
  search: string,
  chosenId: string,
  most = MOST_FOUND,
): readonly Agency[] {
  const wanted = fold(search).split(/\s+/).filter(Boolean);
  const matches = directory.agencies.filter((agency) => {
    if (agency.id === chosenId) return false;
    if (wanted.length === 0) return agency.level === 'province';
    const name = fold(agency.name);
    return wanted.every((word) => name.includes(word));
  });
  const chosen = directory.agency(chosenId);
  return [...(chosen ? [chosen] : []), ...matches].slice(0, most);
}

function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
}
