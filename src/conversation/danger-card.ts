import type { Danger } from '../understanding/understanding.js';
import type { House } from './house.js';
import { say, type Work } from './work.js';

/** The text that fits what the screen found: about somebody else, told of the past, or now and oneself. */
export function cardKey(house: Pick<House, 'texts'>, danger: Danger): string {
  const own = `danger.card.${danger.kind}`;
  const special =
    danger.when === 'past'
      ? `danger.past.${danger.kind}`
      : danger.level === 'third_party'
        ? `danger.third.${danger.kind}`
        : own;
  if (house.texts.has(special)) return special;
  return house.texts.has(own) ? own : 'danger.card.any';
}

/** The emergency card: always the first message, whatever else happens. Danger now makes a report urgent. */
export function sendCard(work: Work, danger: Danger): void {
  const key = cardKey(work.house, danger);
  // The same words twice in a row sound deaf; the numbers come each time.
  const isRepeat = work.state.lastCard === key;
  say(work, isRepeat ? 'danger.again' : key, { kind: 'danger' });
  if (isRepeat) delete work.state.lastCard;
  else work.state.lastCard = key;
  work.state.danger = danger.kind;
  if (danger.when === 'past') return;
  work.state.pressing = true;
  if (work.state.at) work.state.at.urgent = true;
}
