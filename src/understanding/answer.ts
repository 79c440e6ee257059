import { z } from 'zod';

/** Answer topics: fixed ids, other programs rely on them (DESIGN section 9). */
export const TOPICS = [
  'child_definition',
  'child_rights',
  'special_circumstances',
  'physical_abuse',
  'corporal_punishment',
  'sexual_abuse',
  'online_abuse',
  'cyberbullying',
  'school_violence',
  'child_labour',
  'begging',
  'trafficking',
  'abandonment',
  'neglect',
  'drowning_injury',
  'traffic_safety',
  'child_marriage',
  'domestic_violence',
  'divorce_custody',
  'child_support',
  'adoption',
  'alternative_care',
  'disability',
  'social_assistance',
  'health_insurance',
  'vaccination',
  'nutrition',
  'tuition_enrolment',
  'participation',
  'birth_registration',
  'privacy_images',
  'games_social_media',
  'alcohol_tobacco',
  'drugs',
  'mental_health',
  'juvenile_justice',
  'victim_procedure',
  'legal_aid',
  'duty_to_report',
  'reporter_protection',
  'how_to_report',
  'report_status',
  'hotline',
  'puberty_health',
  'study_stress',
  'family_conflict',
  'missing_child',
] as const;
export type Topic = (typeof TOPICS)[number];

const isoDate = z.iso.date();

/** The three voices; `teen` is the neutral one and always present, the others fall back to it. */
const voiced = z.strictObject({
  teen: z.string().min(1),
  child: z.string().min(1).optional(),
  adult: z.string().min(1).optional(),
});

/** A place in a legal document. The document must stand in data/documents.yaml, which holds its name and dates. */
const citation = z.strictObject({
  /** Official number, e.g. "102/2016/QH13". */
  document: z.string().min(1),
  article: z.number().int().positive(),
  clause: z.number().int().positive().optional(),
  /** True when we saw the rule in a secondary source only; shown as "theo …". */
  secondary: z.boolean().optional(),
});
export type Citation = z.infer<typeof citation>;

/**
 * One reviewed answer of the knowledge base, a file in locales/vi/answers/. Written by people, cited, and with an end:
 * after `review_by`, or when a cited document is no longer in force, it is hidden.
 */
export const answerSchema = z.strictObject({
  /** Lower-case words joined by "-"; never changes. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  topic: z.enum(TOPICS),
  /** Label on a button, at most 40 characters. */
  title: z.string().min(1).max(40),
  /** How different people would ask it; the search learns from these. */
  questions: z.array(z.string().min(3)).min(8),
  /** First sentence answers the question; at most 120 words. */
  body: voiced,
  /** What to do now: one or two sentences. */
  do_now: voiced.optional(),
  citations: z.array(citation),
  /** Ids of emergency numbers shown with it, e.g. ["111"]. */
  numbers: z.array(z.enum(['111', '112', '113', '114', '115'])).default([]),
  owner: z.string().min(1),
  reviewed_on: isoDate,
  review_by: isoDate,
  related: z
    .strictObject({ answers: z.array(z.string()).default([]), flows: z.array(z.string()).default([]) })
    .prefault({}),
});
export type Answer = z.infer<typeof answerSchema>;
