import type { ChannelName } from '../conversation/message.js';
import type { Category } from '../directory/directory.js';
import type { ContactHours } from './contact-hours.js';
import type { EvidenceFact } from './evidence/fact.js';
import type { MemberKeys } from './member-keys.js';
import type { Referral } from './referral.js';
import type { ReportContent, Urgency } from './report.js';

/** Life of a case; how it goes from one to the other is the table in case-moves.ts. */
export const CASE_STATES = ['new', 'accepted', 'assessing', 'supporting', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** How a case ended, as staff choose it. */
export const CASE_OUTCOMES = [
  'child_safe',
  'support_given',
  'passed_on',
  'not_confirmed',
  'cannot_find',
] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** Who writes in a case. */
export interface CaseActor {
  readonly staffId: string;
  readonly agencyId: string;
  /** Answers for the agency's cases: may also pass on one that a colleague holds. */
  readonly directs?: boolean;
  /** What opens for them; absent: nothing that is sealed. */
  readonly keys?: MemberKeys;
}

/** A line of the queue: clear fields only, no word of the report. */
export interface QueueRow {
  readonly id: string;
  /** Short number for people to say aloud, e.g. "26-0042". Tells nothing. */
  readonly number: string;
  readonly category: Category;
  readonly urgency: Urgency;
  readonly placeCode?: string;
  readonly state: CaseState;
  readonly openedAt: Date;
  /** When it must have been accepted, by internal rule. */
  readonly acceptBy: Date;
  /** The nearest end of a clock that still runs, by its id in data/deadlines.yaml; may have passed. */
  readonly due?: { readonly clock: string; readonly at: Date };
  readonly takenBy?: { readonly staffId: string; readonly name: string };
  /** Messages of the reporter that no staff has seen. */
  readonly unread: number;
  /** When either side last wrote, or read in the chat; lets an open page notice a change without opening the case again. */
  readonly lastMessageAt?: Date;
}

/**
 * How a reply fares on its way to the reporter's channel: `on_its_way` · `waits_for_hour` the reporter does not want it now · `sent` the platform has it · `waits` until the person
 * writes again (reply window closed) · `mailbox` the person has left the channel, it is for them to open · `failed` the
 * platform refused it for good; in both last cases it lies in the mailbox.
 */
export type ReplyDelivery = 'on_its_way' | 'waits_for_hour' | 'sent' | 'waits' | 'mailbox' | 'failed';

/** Until when a reply reaches the reporter on their channel, counted from when they last wrote. Absent: at any time, or they come and look. */
export interface ReplyWindowFact {
  readonly channel: ChannelName;
  readonly lastHeard: Date;
  readonly freeUntil: Date;
  readonly openUntil: Date;
}

export interface CaseMessage {
  readonly id: string;
  readonly from: 'reporter' | 'staff';
  readonly staffName?: string;
  readonly text: string;
  readonly at: Date;
  /** When the other side saw it; absent: not yet. */
  readonly seenAt?: Date;
  /** Of a reply of staff that was to be sent. */
  readonly delivery?: ReplyDelivery;
}

/**
 * What can happen to a case; each has its sentence for staff, `timeline.<kind>` in locales/vi/console/timeline.yaml. `under_pressure`:
 * the reporter's second code was used · `decided`: an administrator gave it to an agency because nobody else could take it ·
 * `linked`, `not_same`: somebody said whether another case is about the same matter · `sheet_made`: a hand-over sheet was printed ·
 * `held`, `hold_lifted`: it must not, and may again be deleted · `erased`: retention deleted its content · `removed`: emptied by
 * retention, only its place is left.
 * `evidence_ask_seen`, `evidence_agreed_above`: somebody of the level above saw that a file's opening waits for a second person, and agreed.
 * What step, clock or ring it was stands in their own tables (`CaseClocks`).
 */
export const CASE_EVENT_KINDS = [
  'opened',
  'looked',
  'taken',
  'assessing',
  'supporting',
  'handed_over',
  'given_back',
  'replied',
  'reporter_wrote',
  'reporter_left',
  'under_pressure',
  'noted',
  'handed_back',
  'referral_offered',
  'referral_seen',
  'referral_accepted',
  'referral_rejected',
  'referral_withdrawn',
  'referral_ended',
  'evidence_asked',
  'evidence_agreed',
  'evidence_ask_seen',
  'evidence_agreed_above',
  'evidence_opened',
  'evidence_original',
  'evidence_quarantined',
  'evidence_released',
  'closed',
  'decided',
  'linked',
  'not_same',
  'sheet_made',
  'held',
  'hold_lifted',
  'erased',
  'reopened',
  'removed',
  'step_noted',
  'step_withdrawn',
  'deadline_near',
  'deadline_missed',
  'rung',
  'ring_failed',
  'nobody_to_ring',
] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

/** Further facts of an event: ids and codes only, never a word that somebody wrote. */
export type EventDetail = Readonly<Record<string, string>>;

export interface CaseEvent {
  readonly kind: CaseEventKind;
  readonly at: Date;
  readonly staffId?: string;
  readonly staffName?: string;
  readonly detail?: EventDetail;
}

/** A note of staff for staff. The reporter never sees it. */
export interface CaseNote {
  readonly id: string;
  readonly staffName: string;
  readonly text: string;
  readonly at: Date;
}

/** A case with everything in it, for the person who handles it. */
export interface CaseFile extends QueueRow {
  readonly agencyId: string;
  readonly basis: string;
  readonly outcome?: CaseOutcome;
  /** How much it helped, as the reporter said: the id of their choice. */
  readonly feedback?: string;
  readonly report: ReportContent;
  readonly messages: readonly CaseMessage[];
  /** `cooperating`: the case was opened to this agency; it sees all, writes notes, and does nothing else. */
  readonly access: 'lead' | 'cooperating';
  readonly notes: readonly CaseNote[];
  /** Offers of this case to other agencies, newest first. */
  readonly referrals: readonly Referral[];
  readonly events: readonly CaseEvent[];
  /** What the reporter allowed; tells staff how the answer will reach them. */
  readonly contactWish: 'nothing' | 'note' | 'replies';
  readonly evidence: readonly EvidenceFact[];
  readonly replyWindow?: ReplyWindowFact;
  /** They wished to be written to, and have left the channel or forgotten the talk since: only the code leads back. */
  readonly hasLeft?: true;
  /** When they wish to be written to, where they said so. */
  readonly contactHours?: ContactHours;
  /** Somebody made them open the case: when last. Nothing that staff write may give away that they told. */
  readonly underPressureAt?: Date;
  /** They have closed their side: no message reaches them any more. */
  readonly reporterLeftAt?: Date;
}

export type TakeOutcome =
  | { kind: 'taken' }
  | { kind: 'already_taken'; by: string }
  | { kind: 'not_found' }
  | { kind: 'closed' };
export type WriteOutcome =
  | { kind: 'done' }
  | { kind: 'not_found' }
  | { kind: 'not_yours'; by?: string }
  | { kind: 'closed' }
  /** The case is in a state from which this cannot be done. */
  | { kind: 'not_now' };

/**
 * The desk of an agency: what staff do with cases. Each call answers only for the actor's own agency; a case of another
 * agency is `not_found`, but for looking into one that was opened to it. Every look and every act is an event of the case.
 */
export interface CaseDesk {
  /** Urgent first, then by the nearest deadline; open cases only unless `closed`. At most `limit` (50). */
  queue(
    actor: CaseActor,
    options?: { readonly closed?: boolean; readonly mine?: boolean; readonly limit?: number },
  ): Promise<QueueRow[]>;
  /** The whole case, recording that this person looked. @throws CaseStaysSealed when they hold no key that opens it */
  open(actor: CaseActor, caseId: string): Promise<CaseFile | undefined>;
  /** Takes it for this person; two at once: one wins, the other is told who. */
  take(actor: CaseActor, caseId: string): Promise<TakeOutcome>;
  /** Takes the most pressing new case; undefined when there is none. */
  takeNext(actor: CaseActor): Promise<string | undefined>;
  /** Answers the reporter. It lies in the mailbox and goes out as far as the contact wish allows. Harmless when sent twice with one `messageId` (a UUID). */
  reply(actor: CaseActor, caseId: string, text: string, messageId: string): Promise<WriteOutcome>;
  close(actor: CaseActor, caseId: string, outcome: CaseOutcome): Promise<WriteOutcome>;
}
