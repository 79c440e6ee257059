import type { AccusedOffice, Category } from '../directory/directory.js';
import type { ContactHours } from './contact-hours.js';

/** `urgent`: somebody may be in danger now; comes first in every queue. */
export type Urgency = 'urgent' | 'normal';

/** What the reporter allows to be sent back. `nothing`: they come with the code · `note`: one neutral sentence · `replies`: full replies here. */
export const CONTACT_WISHES = ['nothing', 'note', 'replies'] as const;
export type ContactWish = (typeof CONTACT_WISHES)[number];

/** A report as the flow collected it: every part but the category may be missing, a half-told one is sent as it is. */
export interface ReportDraft {
  readonly category: Category;
  readonly urgency: Urgency;
  /** Code of the commune of today. */
  readonly placeCode?: string;
  /** What the reporter said about the place in own words, when no unit was found or more was told. */
  readonly placeWords?: string;
  /** The reporter's own words. */
  readonly words?: string;
  /** Further answers by their key in the flow, e.g. `when`, `who`. */
  readonly details: Readonly<Record<string, string>>;
  /** Where the accused person works, if it is an office that would get this report: it must not. */
  readonly accusedOffice?: AccusedOffice;
  readonly contactWish: ContactWish;
  /** When we may write, where we may; absent: they did not say. */
  readonly contactHours?: ContactHours;
  /** Ids of the files that came with it. */
  readonly evidence?: readonly string[];
  /** The reporter said that a picture or film shows a child without clothes or being harmed. */
  readonly sensitiveFiles?: true;
  /** Who seems to be writing; helps staff to answer in the right voice. */
  readonly voice: 'child' | 'teen' | 'adult';
}

/** The part of a report that is sealed; the rest (category, urgency, place, times) is clear for routing and queues. */
export interface ReportContent {
  readonly words?: string;
  readonly placeWords?: string;
  readonly details: Readonly<Record<string, string>>;
  readonly voice: 'child' | 'teen' | 'adult';
}
