import { type Texts, VOICES } from '../texts/texts.js';
import { DANGER_KINDS } from '../understanding/understanding.js';
import { ENGINE_LABELS, ENGINE_TEXTS } from './engine-texts.js';
import { SPECIAL_CARDS } from './special-cards.js';
import { createTellingWords } from './telling-words.js';

/** What every channel can show: Zalo cuts at 2,000 characters. */
const MAX_MESSAGE = 2000;
const MAX_LABEL = 40;
/** A child of eight reads no longer sentence. */
const MAX_CHILD_WORDS = 20;
/** Said by the engine before something else, so that they never stand last. */
const NEVER_LAST: ReadonlySet<string> = new Set([
  'danger.again',
  'report.office.noted',
  'place.understood',
  'place.understood_old',
  'media.kept',
]);
/** After each of these comes what can be done next. */
const isNeverLast = (key: string): boolean => NEVER_LAST.has(key) || key.startsWith('after_card.');
/** Texts that reach a person while they are away. */
const PUSHED = /^(push|evidence)\./;

export interface TextCheck {
  /** A message: there, in each voice, readable, not too long; with `last` also telling nothing. */
  message(key: string, last: boolean): Generator<string>;
  label(key: string): Generator<string>;
  /** The texts of the engine and those that are pushed. */
  ownTexts(): Generator<string>;
}

/** Judges texts by what must hold whatever their placeholders are. */
export function createTextCheck(texts: Texts): TextCheck {
  const telling = createTellingWords(texts);

  function* message(key: string, last: boolean): Generator<string> {
    if (!texts.has(key)) {
      yield `the text "${key}" does not exist. Write it in locales/vi/messages.`;
      return;
    }
    for (const voice of VOICES) {
      if (!texts.hasVoice(key, voice)) yield `the text "${key}" has no ${voice} voice. Write it.`;
      const wordings = wordingsOf(key, voice);
      if (!wordings) {
        yield `the text "${key}" has a mistake between its braces (${voice}). See {name, select, one {…} other {…}}.`;
        continue;
      }
      const longest = Math.max(...wordings.map((text) => text.length));
      if (longest > MAX_MESSAGE)
        yield `the text "${key}" has ${longest} characters, at most ${MAX_MESSAGE} fit.`;
      const told = last ? wordings.map(telling).find((word) => word !== undefined) : undefined;
      if (told !== undefined) {
        yield `the text "${key}" may stand last on a screen that others see, and says "${told}" (${voice}). Say it more plainly.`;
      }
      if (voice === 'child') for (const long of longSentences(wordings)) yield tooLong(key, long);
    }
  }

  function* label(key: string): Generator<string> {
    if (!texts.has(key)) {
      yield `the label "${key}" does not exist. Write it in locales/vi/messages.`;
      return;
    }
    const longest = Math.max(
      ...VOICES.flatMap((voice) => wordingsOf(key, voice) ?? ['']).map((each) => each.length),
    );
    if (longest > MAX_LABEL) yield `the label "${key}" is longer than ${MAX_LABEL} characters.`;
  }

  function wordingsOf(key: string, voice: (typeof VOICES)[number]): readonly string[] | undefined {
    try {
      return texts.wordings(key, voice);
    } catch {
      return undefined;
    }
  }

  function* ownTexts(): Generator<string> {
    for (const key of ENGINE_TEXTS) yield* message(key, !isNeverLast(key));
    for (const kind of DANGER_KINDS) yield* message(`danger.card.${kind}`, false);
    for (const name of SPECIAL_CARDS) yield* message(`danger.special.${name}`, false);
    for (const key of texts.keys.filter((each) => PUSHED.test(each))) yield* message(key, true);
    for (const key of ENGINE_LABELS) yield* label(key);
  }

  return { message, label, ownTexts };
}

const tooLong = (key: string, sentence: string) =>
  `the text "${key}" has a sentence of more than ${MAX_CHILD_WORDS} words for a child: "${sentence}". Make two of it.`;

function longSentences(wordings: readonly string[]): string[] {
  return wordings
    .flatMap((text) => text.split(/[.!?:;…\n]+/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.split(/\s+/).length > MAX_CHILD_WORDS);
}
