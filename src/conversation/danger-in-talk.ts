import type { Danger } from '../understanding/understanding.js';
import type { House } from './house.js';
import type { Together, Typed } from './pieces.js';
import { countWords } from './plain-words.js';
import type { TalkState } from './talk-state.js';

/** Under this name a flow saves whom it befell: the one who writes ("me"), or somebody else ("another"). */
export const TO_WHOM = 'to_whom';

/** What a message tells of danger, heard in its talk. */
export interface DangerInTalk {
  readonly danger: Danger | null;
  /** Only the message and what was typed just before tell of it. */
  readonly inPieces: boolean;
}

/**
 * The screen hears each message by itself, before the talk is known. Here the talk is: a sentence typed in pieces is heard
 * whole, few words about the card are no new danger, and whoever said whom it befalls is believed.
 * @param found what the screen heard
 */
export function dangerInTalk(
  house: House,
  state: TalkState,
  found: Danger | null,
  { text, plain }: Typed,
  together: Together | undefined,
): DangerInTalk {
  const hasCard = state.danger !== undefined;
  if (found !== null) {
    const isAboutCard = hasCard && saysLittle(found, plain) && house.afterCard(text, plain) !== undefined;
    return { danger: isAboutCard ? null : asItBefalls(found, state), inPieces: false };
  }
  // Whoever has the card is held on to whatever they write.
  const whole = together === undefined || hasCard ? null : house.mind.screenDanger(together.text);
  return { danger: whole && asItBefalls(whole, state), inPieces: whole !== null };
}

/** "Đừng nói mẹ em nha" after the card may sound like danger told of another. */
const MOST_WORDS_ABOUT_CARD = 6;
const saysLittle = ({ level }: Danger, plain: string): boolean =>
  level !== 'explicit' && countWords(plain) <= MOST_WORDS_ABOUT_CARD;

/** The danger as it befalls whom the person named in the report that is being told. */
function asItBefalls(danger: Danger, { at }: TalkState): Danger {
  const toWhom = at?.answers.get(TO_WHOM);
  if (toWhom === 'another') return { ...danger, level: 'third_party' };
  return toWhom === 'me' && danger.level === 'third_party' ? { ...danger, level: 'explicit' } : danger;
}
