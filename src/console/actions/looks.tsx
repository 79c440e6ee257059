import type { StaffHere } from '../here.js';
import { actorOf } from '../here.js';
import { LooksPage } from '../pages/looks.js';
import { showPage } from '../show.js';

const DAYS = 30;

/** Who looked into which case of the agency; that somebody asked is itself on record. */
export async function getLooks(here: StaffHere): Promise<void> {
  const { deps, words } = here;
  const actor = actorOf(here);
  const at = new Date(deps.now());
  await deps.audit.record({ kind: 'looks_read', at, staffId: actor.staffId, subject: actor.agencyId });
  const looks = await deps.life.looks(actor, new Date(at.getTime() - DAYS * 86_400_000));
  showPage(
    here,
    { title: words.say('looks.title'), current: 'looks' },
    <LooksPage {...{ words, looks }} directory={deps.directory} agencyId={actor.agencyId} />,
  );
}
