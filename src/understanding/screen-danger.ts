import type { DangerRule, DangerRules, Guard } from './danger-rules.js';
import { type Hit, Matcher } from './matcher.js';
import { type Normalised, normalise } from './normalise.js';
import type { Pattern } from './pattern.js';
import type { Spelling } from './spelling.js';
import type { Danger, DangerKind } from './understanding.js';

type Sign =
  | { readonly kind: 'rule'; readonly rule: DangerRule; readonly pattern: string }
  | { readonly kind: 'guard'; readonly guard: Guard }
  | { readonly kind: 'pressing' | 'somebodyElse' | 'past' | 'still' };

/** Which kind is told when several are found: what needs help soonest. */
const URGENCY: readonly DangerKind[] = [
  'poison_overdose',
  'suicide',
  'serious_injury',
  'abduction',
  'sexual_abuse',
  'violence',
  'online_blackmail',
  'self_harm',
  'acute_neglect',
  'runaway',
];
const LEVEL_WEIGHT = { explicit: 0, third_party: 20, implicit: 40 } as const;

/** A rule that matched; it alarms when no guard silences it. */
export interface Explained {
  readonly rule: string;
  readonly pattern: string;
  readonly words: string;
  readonly silencedBy: readonly string[];
}

export interface DangerScreen {
  screen(message: Normalised): Danger | null;
  /** Every rule that matched and what silenced it, for tests and for people who write rules. */
  explain(message: Normalised): readonly Explained[];
}

/** Builds the screen once from its rules; screening a message is pure and takes microseconds. */
export function createDangerScreen(rules: DangerRules, spelling: Spelling): DangerScreen {
  const signs: { pattern: Pattern; value: Sign }[] = [];
  const add = (patterns: readonly Pattern[], value: Sign): void => {
    for (const pattern of patterns) signs.push({ pattern, value });
  };
  for (const rule of rules.rules) {
    for (const pattern of rule.patterns) add([pattern], { kind: 'rule', rule, pattern: pattern.source });
  }
  for (const guard of rules.guards) add(guard.patterns, { kind: 'guard', guard });
  add(rules.pressing, { kind: 'pressing' });
  add(rules.somebodyElse, { kind: 'somebodyElse' });
  add(rules.past, { kind: 'past' });
  add(rules.still, { kind: 'still' });
  const matcher = new Matcher(signs, sampleWords(rules, spelling));

  const read = (message: Normalised) => {
    const hits = matcher.find(message);
    const guards = hits.flatMap((hit) =>
      hit.value.kind === 'guard' ? [{ ...hit, value: hit.value.guard }] : [],
    );
    const pressing = hits.some((hit) => hit.value.kind === 'pressing');
    const found = hits.flatMap((hit) => {
      if (hit.value.kind !== 'rule') return [];
      const own = !hits.some((other) => other.value.kind === 'somebodyElse' && holds(other, hit.from));
      const rule = own ? hit.value.rule : { ...hit.value.rule, sure: false };
      const alarm = { ...hit, value: rule };
      return [
        {
          alarm,
          pattern: hit.value.pattern,
          silencers: guards.filter((guard) => silences(guard, alarm, pressing)),
        },
      ];
    });
    return { hits, found };
  };

  return {
    explain: (message) =>
      read(message).found.map(({ alarm, pattern, silencers }) => ({
        rule: alarm.value.id,
        pattern,
        words: textOf(message, alarm),
        silencedBy: silencers.map((guard) => `${guard.value.id}: ${textOf(message, guard)}`),
      })),
    screen: (message) => {
      const { hits, found } = read(message);
      let worst: { rank: number; danger: Danger } | undefined;
      for (const { alarm, silencers } of found) {
        if (silencers.length > 0) continue;
        const told = hits.some((hit) => hit.value.kind === 'somebodyElse' && hit.from < alarm.to);
        const level = told && alarm.value.level === 'explicit' ? 'third_party' : alarm.value.level;
        const rank = LEVEL_WEIGHT[level] + URGENCY.indexOf(alarm.value.kind);
        if (worst && worst.rank <= rank) continue;
        const past =
          hits.some((hit) => hit.value.kind === 'past') && !hits.some((hit) => hit.value.kind === 'still');
        worst = { rank, danger: { kind: alarm.value.kind, level, when: past ? 'past' : 'now' } };
      }
      return worst?.danger ?? null;
    },
  };
}

/** Whether the word belongs to the place: the "em" of "bạn em" is not the speaker. */
function holds(place: Hit<unknown>, word: number): boolean {
  return place.from <= word && word < place.to;
}

function textOf({ words }: Normalised, hit: Hit<unknown>): string {
  return words
    .slice(hit.from, hit.to)
    .map((word) => word.typed)
    .join(' ');
}

function silences(guard: Hit<Guard>, alarm: Hit<DangerRule>, pressing: boolean): boolean {
  if (guard.value.spares.includes(alarm.value.kind)) return false;
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
