/**
 * Why an agency must not get a report. `works_there`: the accused works there · `same_people`: it is under or over such an
 * office, or one with a conflict (data/exclusions.yaml) · `conflict`: staff found a conflict of interest · `linked`: it must not get
 * another report of the same matter.
 */
export type ExclusionReason = 'works_there' | 'same_people' | 'conflict' | 'linked';
