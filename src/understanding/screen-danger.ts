import { clausesOf } from './clauses.js';
import type { SignHit } from './danger-features.js';
import type { DangerFit, Limits } from './danger-fit.js';
import { DangerHints, type DangerHintsState, type Hint, hintsState } from './danger-hints.js';
import type { DangerRule, DangerRules, Guard } from './danger-rules.js';
import { type Hit, Matcher } from './matcher.js';
import { compileMatcher, type MatcherProgram } from './matcher-program.js';
import { type Normalised, normalise, readerOf } from './normalise.js';
import type { Pattern } from './pattern.js';
import { compilePhrases, PhraseFinder, type PhrasesState } from './phrase-finder.js';
import type { Spelling } from './spelling.js';
import { DANGER_KINDS, type Danger } from './understanding.js';

/** What the screen needs of a rule and a guard. */
type AlarmRule = Pick<DangerRule, 'id' | 'kind' | 'sure' | 'always' | 'despite'>;
type Silencer = Pick<Guard, 'id' | 'scope' | 'spares' | 'asks'>;

type Sign =
  | { readonly kind: 'rule'; readonly rule: AlarmRule; readonly pattern: string }
  | { readonly kind: 'guard'; readonly guard: Silencer }
  | { readonly kind: 'sign'; readonly sign: number }
  | { readonly kind: 'pressing' | 'somebodyElse' | 'past' | 'still' | 'breaksOff' };

/** Sign that a rule of what is told plainly matched; `?` and a kind: any rule of the kind. */
const SURE = '?sure';
/** So much surer what is told beside a question about the law must be: a clause alone says less than a message. */
const BESIDE = 7;
/** And so much what stands beside words that speak against a rule that matched: many a joke has a clause that sounds like harm. */
const BESIDE_DOUBT = 14;
/** A message of so few words in which no rule matched says little, and must be so much surer: "em nghĩ là ko". */
const SHORT = { words: 10, surer: 3 } as const;

/** A rule that matched; it alarms when no guard silences it. */
export interface Explained {
  readonly rule: string;
  readonly pattern: string;
  readonly words: string;
  readonly silencedBy: readonly string[];
}

interface Judged {
  readonly danger: Danger | null;
  readonly asks: boolean;
  /** A rule matched that no guard silenced, and was not believed. */
  readonly doubted: boolean;
}

const NOTHING_TOLD: Judged = { danger: null, asks: false, doubted: false };

/** What the screen saw in a message before it decided. */
export interface DangerReading {
  /** Rules that matched and that no guard silenced. */
  readonly alarms: readonly Pick<DangerRule, 'always'>[];
  readonly signs: readonly SignHit[];
  readonly hint: Hint;
}

export interface DangerScreen {
  screen(message: Normalised): Danger | null;
  read(message: Normalised): DangerReading;
  /** Names of signs and guards by their number in a `SignHit`. */
  readonly signs: readonly string[];
  /** Every rule that matched and what silenced it, for tests and for people who write rules. */
  explain(message: Normalised): readonly Explained[];
}

/** A screen as it is kept in a file. */
export interface DangerScreenState {
  readonly names: readonly string[];
  readonly phrases: PhrasesState;
  readonly program: MatcherProgram<Sign>;
  readonly hints: DangerHintsState;
  readonly limits: Limits;
}

/** Compiles the rules and what was learned to numbers of the spelling's lexicon, which must be open. */
export function compileDangerScreen(
  rules: DangerRules,
  spelling: Spelling,
  fit: DangerFit,
): DangerScreenState {
  const { lexicon } = readerOf(spelling);
  const marks: { pattern: Pattern; value: Sign }[] = [];
  const add = (patterns: readonly Pattern[], value: Sign): void => {
    for (const pattern of patterns) marks.push({ pattern, value });
  };
  for (const { id, kind, sure, always, despite, patterns } of rules.rules) {
    const rule = { id, kind, sure, always, despite };
    for (const pattern of patterns) add([pattern], { kind: 'rule', rule, pattern: pattern.source });
  }
  for (const { id, scope, spares, asks, patterns } of rules.guards)
    add(patterns, { kind: 'guard', guard: { id, scope, spares, asks } });
  add(rules.pressing, { kind: 'pressing' });
  add(rules.somebodyElse, { kind: 'somebodyElse' });
  add(rules.past, { kind: 'past' });
  add(rules.still, { kind: 'still' });
  add(rules.breaksOff, { kind: 'breaksOff' });
  const names = [
    ...new Set([
      ...rules.signs.map(({ sign }) => sign),
      ...rules.guards.map(({ id }) => `!${id}`),
      ...DANGER_KINDS.map((kind) => `?${kind}`),
      SURE,
    ]),
  ];
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const phrases = compilePhrases(
    rules.signs.map(({ sign, pattern }) => ({ pattern, value: numberOf.get(sign) ?? 0 })),
    lexicon,
  );
  for (const { pattern, value } of phrases.others) add([pattern], { kind: 'sign', sign: value });
  const { alarmFrom, ruleFrom, cryFrom } = fit;
  return {
    names,
    phrases: phrases.state,
    program: compileMatcher(marks, sampleWords(rules, spelling), lexicon),
    hints: hintsState(fit, names, lexicon),
    limits: { alarmFrom, ruleFrom, cryFrom },
  };
}

/**
 * Builds the screen from its compiled rules and what was learned; screening a message is pure and takes microseconds.
 * A rule alarms when no guard silences it and what was learned does not speak strongly against it; what was learned
 * alarms by itself where it is sure enough. Where a message asks about the law, or a rule matched and was not believed, what a
 * clause of its own tells is heard too.
 */
export function createDangerScreen(state: DangerScreenState): DangerScreen {
  const { names, limits: fit } = state;
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const number = (name: string): number => numberOf.get(name) ?? 0;
  const phrases = new PhraseFinder(state.phrases);
  const matcher = new Matcher(state.program);
  const hints = new DangerHints(state.hints);

  const look = (message: Normalised) => {
    const hits = matcher.find(message);
    const guards: Hit<Silencer>[] = [];
    const signs: SignHit[] = [];
    let pressing = false;
    for (const hit of hits) {
      if (hit.value.kind === 'guard') {
        guards.push({ ...hit, value: hit.value.guard });
        signs.push({ sign: number(`!${hit.value.guard.id}`), from: hit.from, to: hit.to });
      } else if (hit.value.kind === 'sign') signs.push({ sign: hit.value.sign, from: hit.from, to: hit.to });
      else if (hit.value.kind === 'pressing') pressing = true;
    }
    for (const { value, from, to } of phrases.find(message)) signs.push({ sign: value, from, to });
    const others = hits.filter((hit) => hit.value.kind === 'somebodyElse');
    const found = hits.flatMap((hit) => {
      if (hit.value.kind !== 'rule') return [];
      const own = !others.some((other) => holds(other, hit.from));
      const rule = own ? hit.value.rule : { ...hit.value.rule, sure: false, always: false };
      const alarm = { ...hit, value: rule };
      return [
        {
          alarm,
          pattern: hit.value.pattern,
          silencers: guards.filter((guard) => silences(guard, alarm, pressing)),
        },
      ];
    });
    for (const { alarm, silencers } of found) {
      if (silencers.length > 0) continue;
      const { from, to } = alarm;
      signs.push({ sign: number(`?${alarm.value.kind}`), from, to, alone: true });
      if (alarm.value.sure) signs.push({ sign: number(SURE), from, to, alone: true });
    }
    return { hits, found, signs };
  };
  const hintOf = (message: Normalised, signs: readonly SignHit[]): Hint => hints.read(message, signs);

  /** What the words tell, and whether they ask about a rule or in general. The sum must be so much higher as `surer` says. */
  const judge = (message: Normalised, surer: number): Judged => {
    if (message.words.length === 0) return NOTHING_TOLD;
    const { hits, found, signs } = look(message);
    if (breaksOff(message, hits)) return NOTHING_TOLD;
    const hint = hintOf(message, signs);
    const sum = hint.sum - surer;
    const believed = found.filter(
      ({ alarm, silencers }) => silencers.length === 0 && sum >= believedFrom(alarm.value, fit),
    );
    const asks = hits.some(({ value }) => value.kind === 'guard' && value.guard.asks);
    if (believed.length === 0 && sum < alarmsFrom(message.words.length, found.length > 0, fit))
      return { danger: null, asks, doubted: found.some(({ silencers }) => silencers.length === 0) };
    // A plain wish to die goes before all else that is told with it.
    const wish = believed.find(({ alarm: { value } }) => value.kind === 'suicide' && value.sure);
    const past =
      hits.some((hit) => hit.value.kind === 'past') && !hits.some((hit) => hit.value.kind === 'still');
    const told = hint.told();
    const danger: Danger = {
      kind: wish?.alarm.value.kind ?? told?.kind ?? believed[0]?.alarm.value.kind ?? 'violence',
      level: told?.level ?? 'implicit',
      when: past ? 'past' : 'now',
    };
    return { danger, asks, doubted: false };
  };

  return {
    signs: names,
    read: (message) => {
      const { found, signs } = look(message);
      return {
        alarms: found.flatMap(({ alarm, silencers }) => (silencers.length > 0 ? [] : [alarm.value])),
        signs,
        hint: hintOf(message, signs),
      };
    },
    explain: (message) => {
      const { hits, found, signs } = look(message);
      const { sum } = hintOf(message, signs);
      const broke = breaksOff(message, hits);
      return found.map(({ alarm, pattern, silencers }) => ({
        rule: alarm.value.id,
        pattern,
        words: textOf(message, alarm),
        silencedBy: [
          ...silencers.map((guard) => `${guard.value.id}: ${textOf(message, guard)}`),
          ...(broke ? ['breaks-off'] : []),
          ...(sum < believedFrom(alarm.value, fit) ? [`learned: ${sum.toFixed(1)}`] : []),
        ],
      }));
    },
    screen: (message) => {
      const { danger, asks, doubted } = judge(message, 0);
      if (danger !== null || !(asks || doubted)) return danger;
      // Each clause that does not ask itself is heard by itself: "sao hổng ai làm gì hết vậy, nó đập con nó kìa".
      for (const clause of clausesOf(message)) {
        const told = judge(clause, asks ? BESIDE : BESIDE_DOUBT);
        if (told.danger !== null && !told.asks) return told.danger;
      }
      return null;
    },
  };
}

/** From which sum on a message of so many words alarms by what was learned alone. @param matched whether a rule matched, if only to be silenced */
export function alarmsFrom(words: number, matched: boolean, { alarmFrom }: Limits): number {
  return words <= SHORT.words && !matched ? alarmFrom + SHORT.surer : alarmFrom;
}

/**
 * From which sum of what was learned a rule is believed: where that does not speak clearly against it. A plain wish to die,
 * self-harm and a bare cry for help are believed much sooner: a missed cry is worse than a card too many.
 */
export function believedFrom({ always }: Pick<DangerRule, 'always'>, { ruleFrom, cryFrom }: Limits): number {
  return always ? cryFrom : ruleFrom;
}

/** Whether the word belongs to the place: the "em" of "bạn em" is not the speaker. */
function holds(place: Hit<unknown>, word: number): boolean {
  return place.from <= word && word < place.to;
}

/** "Em bị thầy": whatever was learned of teachers, nothing is told yet. */
const breaksOff = ({ words }: Normalised, hits: readonly Hit<Sign>[]): boolean =>
  hits.some(({ value, from, to }) => value.kind === 'breaksOff' && from === 0 && to === words.length);

function textOf({ words }: Normalised, hit: Hit<unknown>): string {
  return words
    .slice(hit.from, hit.to)
    .map((word) => word.typed)
    .join(' ');
}

function silences(guard: Hit<Silencer>, alarm: Hit<AlarmRule>, pressing: boolean): boolean {
  if (guard.value.spares.includes(alarm.value.kind)) return false;
  if (alarm.value.despite.includes(guard.value.id)) return false;
  switch (guard.value.scope) {
    case 'overlap':
      return guard.from < alarm.to && alarm.from < guard.to;
    case 'message':
      return !alarm.value.sure;
    case 'unless_pressing':
      return !pressing || !alarm.value.sure;
    case 'everything':
      return true;
  }
}

function sampleWords(rules: DangerRules, spelling: Spelling): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const sentences = [
    ...rules.rules.flatMap((rule) => [...rule.must, ...rule.mustNot]),
    ...rules.guards.flatMap((g) => g.quiet),
  ];
  for (const sentence of sentences) {
    for (const word of normalise(sentence, spelling).words) {
      for (const form of word.forms) counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  }
  return counts;
}
