import type { Topic } from '../understanding/answer.js';
import type { DangerKind } from '../understanding/understanding.js';
import type { AfterCard } from './after-card-words.js';
import { type Work, words } from './work.js';

/** Kinds of danger in which the body may be hurt although it does not feel so. */
const IN_THE_BODY: ReadonlySet<DangerKind> = new Set(['poison_overdose', 'serious_injury']);
/** Kinds in which the writer is hurt by what they feel. */
const DESPAIR: ReadonlySet<DangerKind> = new Set(['suicide', 'self_harm']);
/** Kinds in which somebody must come at once, however far the writer is. */
export const LIFE: ReadonlySet<DangerKind> = new Set(['suicide', 'self_harm', 'poison_overdose']);

/** Key of what is said to such a message in this talk: where there is one, the text for a card of its own, or for what hurts body or mind. */
export function afterCardKey({ state, house }: Work, meaning: AfterCard): string {
  const { danger, special } = state;
  const where = danger && (IN_THE_BODY.has(danger) ? 'body' : DESPAIR.has(danger) ? 'despair' : undefined);
  const own = [special, where].map((end) => `after_card.${meaning}_${end}`);
  return own.find((key) => house.texts.has(key)) ?? `after_card.${meaning}`;
}

/** The next thing to do in the danger that this talk told of. */
export function nextStep(work: Work): string {
  const { danger = 'violence', ofAnother, special } = work.state;
  // What to do about choking is the same whoever it befalls.
  if (special && (!ofAnother || special === 'choking')) return words(work, `after_card.step.${special}`);
  if (ofAnother) return words(work, `after_card.step_other.${LIFE.has(danger) ? 'life' : danger}`);
  return words(work, `after_card.step.${danger}`);
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
