import type { Directory } from '../../directory/directory.js';
import type { QueueRow } from '../../reports/case.js';
import type { OfferBundle } from '../../reports/referrals.js';
import type { Words } from '../words.js';
import { AsksBelow } from './asks.js';
import { MissedDeadlines, type MissedOfAgency } from './missed-deadlines.js';
import { Offers, Shared } from './offers.js';
import { FormToken, Moment } from './parts.js';
import { placeName } from './place-name.js';

/** What a list shows: nobody's yet, mine, all open ones of the agency, closed ones. */
export const TABS = ['waiting', 'mine', 'open', 'closed'] as const;
export type Tab = (typeof TABS)[number];

/** Deadlines nearer than this are marked. */
const SOON_MS = 2 * 3_600_000;

interface QueueProps {
  words: Words;
  directory: Directory;
  tab: Tab;
  rows: readonly QueueRow[];
  /** How many there are in each tab of open cases. */
  counts: Readonly<Record<'waiting' | 'mine' | 'open', number>>;
  staffId: string;
  offers: readonly OfferBundle[];
  shared: readonly QueueRow[];
  /** For those who answer for the agency. */
  missed?: MissedOfAgency;
  /** For whoever may be the second person of an agency below: how many wait. */
  asksBelow?: number;
  /** Reports that nobody can open but with the recovery key. */
  sealedAway: number;
}

/** The queue with its tabs; the list renews itself when something changes. */
export function QueuePage(props: QueueProps & { csrfToken: string }) {
  const { words, tab, csrfToken } = props;
  return (
    <>
      <div class="page-head">
        <h1>{words.say('queue.title')}</h1>
        <form method="post" action="/console/queue/next">
          <FormToken value={csrfToken} />
          <button type="submit">{words.say('queue.next')}</button>
        </form>
      </div>
      <div
        id="queue"
        hx-get={`/console/queue/live?tab=${tab}`}
        hx-trigger="sse:queue, sse:signed_out, every 60s"
        hx-swap="innerHTML"
      >
        <QueueList {...props} />
      </div>
    </>
  );
}

/** Tabs and rows: what is renewed. Links carry ids so that the focus stays where it was. */
export function QueueList(props: QueueProps) {
  const { words, tab, rows, counts, sealedAway } = props;
  const urgentWaiting = rows.filter((row) => row.urgency === 'urgent' && row.takenBy === undefined).length;
  return (
    <>
      {sealedAway > 0 && (
        <p class="fault" role="alert">
          <a href="/console/keys">{words.say('queue.sealed_away', { n: sealedAway })}</a>
        </p>
      )}
      <Offers {...props} />
      {props.missed && <MissedDeadlines words={words} directory={props.directory} missed={props.missed} />}
      {props.asksBelow !== undefined && <AsksBelow words={words} count={props.asksBelow} />}
      <nav class="tabs" aria-label={words.say('queue.tabs')}>
        {TABS.map((name) => (
          <a
            key={name}
            id={`tab-${name}`}
            href={`/console/queue?tab=${name}`}
            aria-current={name === tab ? 'page' : undefined}
          >
            {words.say(`queue.tab.${name}`)}
            {name !== 'closed' && counts[name] > 0 && <span class="count">{counts[name]}</span>}
          </a>
        ))}
      </nav>
      <span
        id="queue-news"
        hidden
        data-waiting={counts.waiting}
        data-urgent={tab === 'waiting' ? urgentWaiting : undefined}
        data-say={words.say('queue.new_urgent')}
      />
      {rows.length === 0 ? (
        <p class="empty card">{words.say(`queue.empty.${tab}`)}</p>
      ) : (
        <ul class="queue">
          {rows.map((row) => (
            <QueueLine key={row.id} row={row} {...props} />
          ))}
        </ul>
      )}
      {tab !== 'closed' && <Shared {...props} />}
    </>
  );
}

function QueueLine({ row, words, directory, staffId }: QueueProps & { row: QueueRow }) {
  const urgent = row.urgency === 'urgent';
  return (
    <li class={`line card${urgent ? ' urgent' : ''}`}>
      <div class="line-what">
        <a id={`case-${row.id}`} class="line-link" href={`/console/cases/${row.id}`}>
          {words.say(`category.${row.category}`)}
        </a>
        <span class="line-place">{placeName(directory, words, row.placeCode)}</span>
      </div>
      <div class="line-marks">
        {urgent && <span class="tag tag-urgent">{words.say('case.urgency.urgent')}</span>}
        {row.unread > 0 && <span class="tag tag-unread">{words.say('queue.unread', { n: row.unread })}</span>}
      </div>
      <div class="line-time">
        <CaseTime row={row} words={words} />
      </div>
      <div class="line-who">
        <span class="soft">{row.number}</span>
        <span>{holder(row, staffId, words)}</span>
      </div>
    </li>
  );
}

function CaseTime({ row, words }: { row: QueueRow; words: Words }) {
  if (row.due) return <NearestDeadline due={row.due} words={words} />;
  if (row.state !== 'new')
    return (
      <span class="soft">
        {words.say('queue.came')} <Moment at={row.openedAt} words={words} />
      </span>
    );
  const left = row.acceptBy.getTime() - words.now;
  const kind = left < 0 ? 'late' : left < SOON_MS ? 'soon' : 'calm';
  return (
    <time class={`left left-${kind}`} dateTime={row.acceptBy.toISOString()}>
      {words.say(left < 0 ? 'queue.accept_late' : 'queue.accept_within', { span: words.span(row.acceptBy) })}
    </time>
  );
}

/** "Nhận việc khẩn: còn 10 phút". */
function NearestDeadline({ due, words }: { due: NonNullable<QueueRow['due']>; words: Words }) {
  const left = due.at.getTime() - words.now;
  const kind = left <= 0 ? 'late' : left < SOON_MS ? 'soon' : 'calm';
  return (
    <time class={`left left-${kind}`} dateTime={due.at.toISOString()}>
      {words.ifKnown(`deadline.clock.${due.clock}`) ?? due.clock}: {words.left(due.at)}
    </time>
  );
}

function holder(row: QueueRow, staffId: string, words: Words): string {
  if (row.takenBy === undefined) return words.say('queue.nobody');
  const mine = row.takenBy.staffId === staffId;
  const { name } = row.takenBy;
  if (row.state === 'closed') return words.say('queue.closed_by', { name });
  return mine ? words.say('queue.you') : words.say('queue.taken_by', { name });
}
