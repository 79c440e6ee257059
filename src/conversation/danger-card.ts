import type { Danger } from '../understanding/understanding.js';
import { nextStep } from './after-card.js';
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

/** Special cards speak to whoever is in it; these also help who sees it happen to another. */
const OF_ANOTHER: Readonly<Record<string, string>> = {
  'danger.special.fire': 'emergency.call_114',
  'danger.special.choking': 'danger.special.choking',
};

function specialKey(work: Work, danger: Danger, text: string, plain: string): string | undefined {
  const key = danger.when === 'now' ? work.house.specialCard(text, plain) : undefined;
  return key === undefined || danger.level !== 'third_party' ? key : OF_ANOTHER[key];
}

/** The emergency card: always the first message, whatever else happens. Danger now makes a report urgent. */
export function sendCard(work: Work, danger: Danger, text = '', plain = ''): void {
  const key = specialKey(work, danger, text, plain) ?? cardKey(work.house, danger);
  // The same words twice in a row sound deaf; the numbers come each time.
  const isRepeat = work.state.lastCard === key;
  work.state.danger = danger.kind;
  if (danger.level === 'third_party') work.state.ofAnother = true;
  else delete work.state.ofAnother;
  if (isRepeat) say(work, 'danger.again', { kind: 'danger' }, { step: nextStep(work) });
  else say(work, key, { kind: 'danger' });
  if (isRepeat) delete work.state.lastCard;
  else work.state.lastCard = key;
  if (danger.when === 'past') return;
  work.state.pressing = true;
  if (work.state.at) work.state.at.urgent = true;
}
