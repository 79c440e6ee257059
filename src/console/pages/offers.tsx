import type { Directory } from '../../directory/directory.js';
import type { QueueRow } from '../../reports/case.js';
import type { OfferBundle } from '../../reports/referrals.js';
import type { Words } from '../words.js';
import { Moment } from './parts.js';
import { placeName } from './place-name.js';

interface OffersProps {
  words: Words;
  directory: Directory;
  offers: readonly OfferBundle[];
}

/** What other agencies offer and nobody here has answered. */
export function Offers({ words, directory, offers }: OffersProps) {
  if (offers.length === 0) return null;
  return (
    <section class="beside" aria-labelledby="offers-title">
      <h2 id="offers-title">
        {words.say('offer.waiting')} <span class="count">{offers.length}</span>
      </h2>
      <ul class="queue">
        {offers.map((offer) => (
          <li key={offer.id} class={`line card${offer.urgency === 'urgent' ? ' urgent' : ''}`}>
            <div class="line-what">
              <a id={`offer-${offer.id}`} class="line-link" href={`/console/offers/${offer.id}`}>
                {words.say(`category.${offer.category}`)}
              </a>
              <span class="line-place">{placeName(directory, words, offer.placeCode)}</span>
            </div>
            <div class="line-marks">
              {offer.urgency === 'urgent' && (
                <span class="tag tag-urgent">{words.say('case.urgency.urgent')}</span>
              )}
            </div>
            <div class="line-time soft">
              <Moment at={offer.offeredAt} words={words} />
            </div>
            <div class="line-who">
              {words.say(`offer.line.${offer.kind}`, {
                agency: directory.agency(offer.fromAgency)?.name ?? offer.fromAgency,
              })}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Cases of others that were opened to this agency. */
export function Shared(props: { words: Words; directory: Directory; shared: readonly QueueRow[] }) {
  const { words, directory, shared } = props;
  if (shared.length === 0) return null;
  return (
    <section class="beside" aria-labelledby="shared-title">
      <h2 id="shared-title">{words.say('offer.shared')}</h2>
      <ul class="queue">
        {shared.map((row) => (
          <li key={row.id} class={`line card${row.urgency === 'urgent' ? ' urgent' : ''}`}>
            <div class="line-what">
              <a id={`case-${row.id}`} class="line-link" href={`/console/cases/${row.id}`}>
                {words.say(`category.${row.category}`)}
              </a>
              <span class="line-place">{placeName(directory, words, row.placeCode)}</span>
            </div>
            <div class="line-marks" />
            <div class="line-time soft">
              {words.say('queue.came')} <Moment at={row.openedAt} words={words} />
            </div>
            <div class="line-who">
              <span class="soft">{row.number}</span>
              <span>{words.say(`case.state.is.${row.state}`)}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
