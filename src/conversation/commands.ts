import type { Texts } from '../texts/texts.js';
import { countWords, listOf, oneOf, phrasesOf, plainWords, writtenWords } from './plain-words.js';

/** What a person can say at every step, in words or as a choice; the engine does it, no flow needs to. */
export const COMMANDS = [
  'back',
  'cancel',
  'repeat',
  'restart',
  'person',
  'skip',
  'help',
  'forget',
  'keep',
  'drop',
  'send_now',
] as const;
export type Command = (typeof COMMANDS)[number];

/** Commands that have words in commands.yaml; the others are choices only. */
const SPOKEN = ['forget', 'person', 'cancel', 'back', 'repeat', 'restart', 'skip', 'help', 'keep'] as const;

/** A longer message is no command. */
const MAX_COMMAND = 60;
/** A longer message tells something, whatever words it has. */
const MOST_WORDS_OF_A_CURSE = 6;
const MOST_WORDS_OF_A_WISH = 12;
const MOST_WORDS_OF_SENDING = 6;
const MAX_LAYERS = 12;

export type Spoken = { readonly command: Command } | { readonly flow: string };

export interface CommandWords {
  /** The command or flow that the whole message asks for. @param said what `bare` gave */
  find(said: readonly string[]): Spoken | undefined;
  /**
   * The wish to send now or not to send at all, somewhere in a short message: "thôi tôi nghĩ lại đã", "gửi lẹ đi họ tới".
   * "Đừng gửi cho công an xã" is neither: that is about to whom.
   */
  wish(text: string, plain: string): 'cancel' | 'send_now' | undefined;
  /** The message itself, then with the politeness around it taken off, layer by layer. */
  bare(plain: string): string[];
  isQuestion(text: string, plain: string): boolean;
  /** A short message with a bad word in it. */
  isSwearing(text: string, plain: string): boolean;
  /** What is wished to be changed: "sửa nơi xảy ra" gives "noi xay ra", in each way it can be cut; [] when nothing is. */
  changed(plain: string): string[];
}

/** Reads the lists of commands.yaml. A word in two lists belongs to the first. */
export function readCommandWords(texts: Texts, flowNames: readonly string[]): CommandWords {
  const list = (key: string) => (texts.has(key) ? listOf(texts.say(key)).map(plainWords) : []);
  const spoken = new Map<string, Spoken>();
  const learn = (key: string, meaning: Spoken) => {
    for (const words of list(key)) if (!spoken.has(words)) spoken.set(words, meaning);
  };
  for (const command of SPOKEN) learn(`commands.${command}`, { command });
  for (const flow of flowNames) learn(`commands.flow_${flow}`, { flow });

  const openings = list('commands.polite_start').map((words) => `${words} `);
  const closings = list('commands.polite_end').map((words) => ` ${words}`);
  const beginsPolitely = oneOf(list('commands.polite_start'), '^', ' ');
  const endsPolitely = oneOf(list('commands.polite_end'), ' ', '$');
  const change = list('commands.change').map((words) => `${words} `);
  const wishesChange = oneOf(change, '^', '');
  const swears = oneOf(texts.has('commands.swear') ? listOf(texts.say('commands.swear')) : []);
  const questionStart = oneOf(list('commands.question_start'), '^', ' ');
  const questionEnd = oneOf(list('commands.question_end'), ' ', '$');

  const stops = phrasesOf(texts, 'commands.stop_inside');
  const sendsTo = phrasesOf(texts, 'commands.send_to_inside');
  const sends = phrasesOf(texts, 'commands.send_now_inside');

  const bare = (plain: string): string[] => {
    const layers = [plain];
    if (plain.length > MAX_COMMAND || (!beginsPolitely.test(plain) && !endsPolitely.test(plain)))
      return layers;
    // Taken off at either end, in whatever order: of "dạ con ạ" both "con ạ" and "dạ con" lead to "con".
    for (let at = 0; at < layers.length && layers.length <= MAX_LAYERS; at += 1) {
      const words = layers[at] ?? '';
      const start = openings.find((opening) => words.startsWith(opening));
      const end = closings.find((closing) => words.endsWith(closing));
      if (start !== undefined) learnLayer(layers, words.slice(start.length));
      if (end !== undefined) learnLayer(layers, words.slice(0, -end.length));
    }
    return layers;
  };
  return {
    bare,
    changed: (plain) =>
      wishesChange.test(plain)
        ? change.filter((words) => plain.startsWith(words)).map((words) => plain.slice(words.length).trim())
        : [],
    find(said) {
      for (const words of said) {
        const found = spoken.get(words);
        if (found) return found;
      }
      return undefined;
    },
    wish(text, plain) {
      if (countWords(plain) > MOST_WORDS_OF_A_WISH || sendsTo(text, plain)) return undefined;
      if (stops(text, plain)) return 'cancel';
      return countWords(plain) <= MOST_WORDS_OF_SENDING && sends(text, plain) ? 'send_now' : undefined;
    },
    isSwearing(text, plain) {
      if (countWords(plain) > MOST_WORDS_OF_A_CURSE) return false;
      return swears.test(writtenWords(text));
    },
    isQuestion: (text, plain) =>
      text.trimEnd().endsWith('?') ||
      questionStart.test(plain) ||
      // Who ends with a full stop has told something: "tôi tới nhà hai lần không gặp ai."
      (!/[.!…]\s*$/u.test(text) && questionEnd.test(plain)),
  };
}

function learnLayer(layers: string[], words: string): void {
  if (words !== '' && !layers.includes(words)) layers.push(words);
}
