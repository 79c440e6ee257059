import type { Texts, Voice } from '../texts/texts.js';
import { listOf, oneOf, phrasesIn, plainWords } from './plain-words.js';

export interface VoiceWords {
  /** Whether the words can tell who writes: many messages do not, and this is quick to see. */
  tells(plain: string): boolean;
  /** The age somebody tells of themselves, in years; that of a class ("lớp 3") counts as well. */
  age(plain: string): number | undefined;
  /**
   * The same, but not where an adult tells of a child: "cháu 9 tuổi" is said of oneself by a child only. An age alone ("9 tuổi")
   * is the writer's own only where nobody `asked`: else it may answer how old another is.
   */
  ownAge(text: string, plain: string, now: Voice | undefined, asked: boolean): number | undefined;
  /**
   * Who seems to write, from how they call themselves or an age they tell, given who we took them for until `now`. An age
   * (what `ownAge` gave) always decides; else an adult stays one, as adults tell of "em" and "con" too, and "em" alone makes nobody older.
   */
  infer(text: string, plain: string, now: Voice | undefined, age: number | undefined): Voice | undefined;
}

const CHILD_UNTIL = 12;
const TEEN_UNTIL = 17;
/** Who is in the first class is six years old. */
const YEARS_BEFORE_SCHOOL = 5;
const LAST_CLASS = 12;

/** Reads how people call themselves from the `voice_…` lists of commands.yaml. */
export function readVoiceWords(texts: Texts): VoiceWords {
  const list = (key: string) => (texts.has(key) ? listOf(texts.say(key)) : []);
  const adults = list('commands.voice_adult');
  const children = list('commands.voice_child');
  const teens = list('commands.voice_teen');
  const adult = phrasesIn(adults);
  const child = phrasesIn(children);
  const teen = phrasesIn(teens);
  /** In plain words, where "/" parts words, too: whoever calls themselves anything is among these. */
  const callsThemselves = oneOf(
    [...adults, ...children, ...teens].map(plainWords),
    '(?:^|[ /])',
    '(?:[ /]|$)',
  );
  const anyOf = (key: string) => list(key).map(plainWords).join('|');
  const someoneElse = anyOf('commands.voice_of_others');
  const years = `(?<years>\\d{1,2}) ?(?:${anyOf('commands.voice_age_years')})(?: |$)`;
  const grade = `(?:${anyOf('commands.voice_age_grade')}) (?<grade>\\d{1,2})(?:[a-e]\\d?)?(?: |$)`;
  // "Tui 16 ở Nghệ An": a number alone is an age only where it can be that of a pupil.
  const number = `(?<number>1[0-9]|[6-9])(?= (?:${anyOf('commands.voice_age_before')}) |$)`;
  const tells = new RegExp(`${callsThemselves.source}|${years}|${grade.replace('<grade>', '<class>')}`, 'u');
  const self = `(?:^| )(?<!(?:^| )(?:${someoneElse}) )(?<self>${anyOf('commands.voice_self')})`;
  const between = `(?: (?:${anyOf('commands.voice_age_between')}))*`;
  const aged = [
    ...[years, grade, number].map((age) => new RegExp(`${self}${between} ${age}`)),
    ...[years, grade].map((age) => new RegExp(`^${age}$`)),
  ];
  const saidOfChildren = new Set(list('commands.voice_self_of_children').map(plainWords));

  const read = (plain: string): { readonly age: number; readonly self: string | undefined } | undefined => {
    for (const pattern of aged) {
      const { groups } = pattern.exec(plain) ?? {};
      if (!groups) continue;
      const inClass = Number(groups.grade ?? 0);
      if (inClass > LAST_CLASS) continue;
      const age = inClass > 0 ? inClass + YEARS_BEFORE_SCHOOL : Number(groups.years ?? groups.number);
      return { age, self: groups.self };
    }
    return undefined;
  };

  return {
    tells: (plain) => tells.test(plain),
    age: (plain) => read(plain)?.age,
    ownAge(text, plain, now, asked) {
      const told = read(plain);
      const isAdult = now === 'adult' || adult(text, plain);
      if (told?.self === undefined) return isAdult || asked ? undefined : told?.age;
      return isAdult && saidOfChildren.has(told.self) ? undefined : told.age;
    },
    infer(text, plain, now, age) {
      if (age !== undefined) return voiceOfAge(age);
      if (now === 'adult') return now;
      if (adult(text, plain)) return 'adult';
      if (now === 'child' || child(text, plain)) return 'child';
      return teen(text, plain) ? 'teen' : now;
    },
  };
}

/** How one speaks with somebody of this age in years. */
export function voiceOfAge(years: number): Voice {
  if (years <= CHILD_UNTIL) return 'child';
  return years <= TEEN_UNTIL ? 'teen' : 'adult';
}
