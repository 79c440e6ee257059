import type { Texts } from '../texts/texts.js';
import type { Topic } from '../understanding/answer.js';
import type { DangerKind } from '../understanding/understanding.js';
import { listOf, phrasesIn } from './plain-words.js';
import { type Work, words } from './work.js';

/**
 * What people write on after the emergency card, in the order in which it is looked for: who does not joke goes before who
 * does. The words of each stand in after_card.yaml under its name and `_words`, what is said to it under its name.
 */
export const AFTER_CARD = [
  'is_me',
  'serious',
  'which_number',
  'cannot_call',
  'who_will_know',
  'promised',
  'not_believed',
  'own_fault',
  'joking',
  'better',
  'what_now',
  'afraid',
] as const;
export type AfterCard = (typeof AFTER_CARD)[number];

/** A longer message tells something new, whatever words it has. */
const MOST_WORDS = 12;

/** Reads the lists of after_card.yaml: what a message means that comes after the card, if it means one of these. */
export function readAfterCard(texts: Texts): (text: string, plain: string) => AfterCard | undefined {
  const meanings = AFTER_CARD.map((name) => {
    const key = `after_card.${name}_words`;
    return { name, isIn: phrasesIn(texts.has(key) ? listOf(texts.say(key)) : []) };
  });
  return (text, plain) =>
    plain.split(' ', MOST_WORDS + 1).length > MOST_WORDS
      ? undefined
      : meanings.find(({ isIn }) => isIn(text, plain))?.name;
}

/** Kinds of danger in which the body may be hurt although it does not feel so. */
const IN_THE_BODY: ReadonlySet<DangerKind> = new Set(['poison_overdose', 'serious_injury']);
/** Kinds in which somebody must come at once, however far the writer is. */
const LIFE: ReadonlySet<DangerKind> = new Set(['suicide', 'self_harm', 'poison_overdose']);

/** Key of what is said to such a message in this talk. */
export function afterCardKey({ state }: Work, meaning: AfterCard): string {
  const isBody = meaning === 'better' && state.danger !== undefined && IN_THE_BODY.has(state.danger);
  return `after_card.${isBody ? 'better_body' : meaning}`;
}

/** The next thing to do in the danger that this talk told of. */
export function nextStep(work: Work): string {
  const { danger, ofAnother } = work.state;
  if (ofAnother) return words(work, `after_card.step_other.${danger && LIFE.has(danger) ? 'life' : 'any'}`);
  return words(work, `after_card.step.${danger ?? 'violence'}`);
}

/** What may help whoever is in such danger; titles of other topics are not offered after the card. */
const ALWAYS: readonly Topic[] = [
  'hotline',
  'how_to_report',
  'report_status',
  'reporter_protection',
  'victim_procedure',
  'legal_aid',
];
const HOME: readonly Topic[] = [
  'physical_abuse',
  'corporal_punishment',
  'domestic_violence',
  'family_conflict',
  'neglect',
  'alternative_care',
];
const TOPICS: Readonly<Record<DangerKind, readonly Topic[]>> = {
  suicide: ['mental_health', 'study_stress', 'cyberbullying', 'school_violence', ...HOME],
  self_harm: ['mental_health', 'study_stress', 'cyberbullying', 'school_violence', ...HOME],
  violence: ['school_violence', 'duty_to_report', 'mental_health', ...HOME],
  sexual_abuse: [
    'sexual_abuse',
    'online_abuse',
    'puberty_health',
    'mental_health',
    'duty_to_report',
    'child_marriage',
  ],
  abduction: ['trafficking', 'missing_child', 'child_labour', 'child_marriage', 'begging', 'abandonment'],
  runaway: ['missing_child', 'trafficking', ...HOME],
  serious_injury: ['drowning_injury', 'traffic_safety', 'physical_abuse', 'school_violence'],
  poison_overdose: ['drowning_injury', 'mental_health', 'drugs', 'alcohol_tobacco'],
  acute_neglect: ['abandonment', 'social_assistance', 'missing_child', ...HOME],
  online_blackmail: ['online_abuse', 'cyberbullying', 'privacy_images', 'sexual_abuse'],
};

/** Whether an answer of the topic may be offered by its title in the danger that this talk told of. */
export function aboutDanger({ state }: Work, topic: Topic): boolean {
  return state.danger === undefined || ALWAYS.includes(topic) || TOPICS[state.danger].includes(topic);
}
