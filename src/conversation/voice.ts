import type { Texts, Voice } from '../texts/texts.js';
import { listOf, oneOf, plainWords, writtenWords } from './plain-words.js';

export interface VoiceWords {
  /** Whether the words can tell who writes: many messages do not, and this is quick to see. */
  tells(plain: string): boolean;
  /** The age somebody tells of themselves, in years. */
  age(plain: string): number | undefined;
  /**
   * Who seems to write, from how they call themselves or an age they tell, given who we took them for until `now`. An age
   * (what `age` gave) always decides; else an adult stays one, as adults tell of "em" and "con" too, and "em" alone makes nobody older.
   */
  infer(text: string, plain: string, now: Voice | undefined, age: number | undefined): Voice | undefined;
}

const CHILD_UNTIL = 12;
const TEEN_UNTIL = 17;

/** Reads how people call themselves from the `voice_…` lists of commands.yaml. */
export function readVoiceWords(texts: Texts): VoiceWords {
  const list = (key: string) => (texts.has(key) ? listOf(texts.say(key)) : []);
  const adults = list('commands.voice_adult');
  const children = list('commands.voice_child');
  const teens = list('commands.voice_teen');
  const adult = createMatcher(adults);
  const child = createMatcher(children);
  const teen = createMatcher(teens);
  /** In plain words, where "/" parts words, too: whoever calls themselves anything is among these. */
  const callsThemselves = oneOf(
    [...adults, ...children, ...teens].map(plainWords),
    '(?:^|[ /])',
    '(?:[ /]|$)',
  );
  const anyOf = (key: string) => list(key).map(plainWords).join('|');
  const someoneElse = anyOf('commands.voice_of_others');
  const years = `(\\d{1,2}) ?(?:${anyOf('commands.voice_age_years')})(?: |$)`;
  const tells = new RegExp(`${callsThemselves.source}|${years}`, 'u');
  const aged = new RegExp(
    `(?:^| )(?<!(?:^| )(?:${someoneElse}) )(?:${anyOf('commands.voice_self')})` +
      `(?: (?:${anyOf('commands.voice_age_between')}))* ${years}`,
  );

  const ageIn = (plain: string): number | undefined => {
    const told = aged.exec(plain)?.[1];
    return told === undefined ? undefined : Number(told);
  };

  return {
    tells: (plain) => tells.test(plain),
    age: ageIn,
    infer(text, plain, now, age) {
      if (age !== undefined) return voiceOfAge(age);
      if (now === 'adult') return now;
      const exact = writtenWords(text);
      // Without any diacritics "toi" may be "I" or "dark": then only longer phrases count.
      const folded = exact === plain ? exact : undefined;
      if (adult(exact, folded)) return 'adult';
      if (now === 'child' || child(exact, folded)) return 'child';
      return teen(exact, folded) ? 'teen' : now;
    },
  };
}

/** How one speaks with somebody of this age in years. */
export function voiceOfAge(years: number): Voice {
  if (years <= CHILD_UNTIL) return 'child';
  return years <= TEEN_UNTIL ? 'teen' : 'adult';
}

function createMatcher(phrases: readonly string[]): (exact: string, folded: string | undefined) => boolean {
  const written = oneOf(phrases.map((phrase) => phrase.normalize('NFC').toLowerCase()));
  const longer = oneOf(phrases.filter((phrase) => phrase.includes(' ')).map(plainWords));
  return (exact, folded) => written.test(exact) || (folded !== undefined && longer.test(folded));
}
