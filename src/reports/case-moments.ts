/**
 * Steps of the official procedure that staff note on the case page, with the article each rests on (Decree 56/2017/NĐ-CP):
 * `assessed` first assessment of the danger, form 02 (Article 26.2) · `no_emergency` it found no need for emergency measures
 * (26.2) · `emergency_measure` measures or separation begun (26.3, 31, 32) · `forwarded` handed to the People's Committee of
 * the commune (26.1) · `plan_made` plan laid before its Chair, form 04 (28.1) · `plan_approved` decision signed, form 05 (28.4).
 */
export const CASE_STEPS = [
  'assessed',
  'no_emergency',
  'emergency_measure',
  'forwarded',
  'plan_made',
  'plan_approved',
] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** Moments in the life of a case from which a clock can run, and at which one stops. */
export const CASE_MOMENTS = ['received', 'accepted', 'first_reply', ...CASE_STEPS] as const;
export type CaseMoment = (typeof CASE_MOMENTS)[number];

/** When what has happened. `received` is always there. */
export type CaseMoments = Readonly<Partial<Record<CaseMoment, Date>> & { received: Date }>;
