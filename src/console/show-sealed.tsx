import type { StaffHere } from './here.js';
import { field } from './here.js';
import { SealedCase } from './pages/keys.js';
import { showPage } from './show.js';

/** A case that does not open for this member: for whom it is sealed, what to do, and the words that were being sent. */
export function showSealed(here: StaffHere, agencyIds: readonly string[]): void {
  const { words, deps, req } = here;
  const agencies = agencyIds.map((id) => deps.directory.agency(id)?.name ?? id);
  showPage(
    here,
    { title: words.say('keys.sealed.title'), status: 403, current: 'queue' },
    <SealedCase words={words} agencies={agencies} keptText={field(req, 'text')} />,
  );
}
