import type { Directory } from '../../directory/directory.js';
import type { QueueRow } from '../../reports/case.js';
import type { Role } from '../../staff/staff.js';
import type { StaffHere } from '../here.js';
import { actorOf } from '../here.js';
import type { Tab } from '../pages/queue.js';
import { QueueList, QueuePage, TABS } from '../pages/queue.js';
import { may } from '../permissions.js';
import { showFragment, showPage } from '../show.js';

/** Who is told of what an agency has missed. */
const ANSWER_FOR_IT: readonly Role[] = ['lead', 'coordinator'];
/** Enough for an agency's open cases on one page. */
const MOST_ROWS = 200;

export async function getQueue(here: StaffHere): Promise<void> {
  const { words, signedIn } = here;
  showPage(
    here,
    { title: words.say('queue.title'), current: 'queue', live: true },
    <QueuePage {...(await queueProps(here))} csrfToken={signedIn.session.csrfToken} />,
  );
}

/** Only the list, for the page that renews itself. */
export async function getQueueLive(here: StaffHere): Promise<void> {
  showFragment(here, <QueueList {...(await queueProps(here))} />);
}

/** Takes the most pressing case nobody has; people do not pick, so nothing hard is left lying. */
export async function postTakeNext(here: StaffHere): Promise<void> {
  const caseId = await here.deps.desk.takeNext(actorOf(here));
  here.res.redirect(
    303,
    caseId === undefined ? '/console/queue?notice=nothing_waiting' : `/console/cases/${caseId}?notice=taken`,
  );
}

const hasBelow = ({ agencies }: Pick<Directory, 'agencies'>, agencyId: string): boolean =>
  agencies.some(({ parent }) => parent === agencyId);

async function queueProps(here: StaffHere) {
  const { deps, words, req, signedIn } = here;
  const actor = actorOf(here);
  const tab: Tab = TABS.find((name) => name === req.query.tab) ?? 'waiting';
  const open = await deps.desk.queue(actor, { limit: MOST_ROWS });
  const waiting = open.filter((row) => row.takenBy === undefined);
  const mine = open.filter((row) => row.takenBy?.staffId === actor.staffId);
  const rows: Record<Exclude<Tab, 'closed'>, QueueRow[]> = { waiting, mine, open };
  return {
    words,
    directory: deps.directory,
    tab,
    rows: tab === 'closed' ? await deps.desk.queue(actor, { closed: true }) : rows[tab],
    counts: { waiting: waiting.length, mine: mine.length, open: open.length },
    staffId: signedIn.member.id,
    offers: await deps.referrals.offered(actor),
    shared: tab === 'closed' ? [] : await deps.referrals.shared(actor),
    ...(ANSWER_FOR_IT.includes(signedIn.member.role) && { missed: await deps.clocks.missed(actor) }),
    ...(may(signedIn.member, 'agree_from_above') &&
      hasBelow(deps.directory, actor.agencyId) && { asksBelow: await deps.evidenceAbove.count(actor) }),
    sealedAway: await deps.keyring.reportsWaiting(),
  };
}
