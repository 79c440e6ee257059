import type { Danger } from '../understanding/understanding.js';
import { nextStep } from './after-card.js';
import type { House } from './house.js';
import type { SpecialCard } from './special-cards.js';
import type { TalkState } from './talk-state.js';
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
const OF_ANOTHER: Readonly<Partial<Record<SpecialCard, string>>> = {
  fire: 'emergency.call_114',
  choking: 'danger.special.choking',
};

function specialKey(card: SpecialCard, { level }: Danger): string | undefined {
  return level === 'third_party' ? OF_ANOTHER[card] : `danger.special.${card}`;
}

/** What the talk is about from now on: what is said next follows it. */
export function noteDanger(state: TalkState, { kind, level }: Danger): void {
  state.danger = kind;
  if (level === 'third_party') state.ofAnother = true;
  else delete state.ofAnother;
}

/** The emergency card: always the first message, whatever else happens. Danger now makes a report urgent. */
export function sendCard(work: Work, danger: Danger, text = '', plain = ''): void {
  const special = danger.when === 'now' ? work.house.specialCard(text, plain) : undefined;
  const key = (special && specialKey(special, danger)) ?? cardKey(work.house, danger);
  // The same words twice in a row sound deaf; the numbers come each time.
  const isRepeat = work.state.lastCard === key;
  // What was not understood before the first card is no reason to say the next thing as if for the second time.
  if (work.state.danger === undefined) delete work.state.unclear;
  work.card = true;
  noteDanger(work.state, danger);
  delete work.state.inPieces;
  if (special) work.state.special = special;
  else delete work.state.special;
  if (isRepeat) say(work, 'danger.again', { kind: 'danger' }, { step: nextStep(work) });
  else say(work, key, { kind: 'danger' });
  if (isRepeat) delete work.state.lastCard;
  else work.state.lastCard = key;
  if (danger.when === 'past') return;
  work.state.pressing = true;
  if (work.state.at) work.state.at.urgent = true;
}
