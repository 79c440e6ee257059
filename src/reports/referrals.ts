import type { Category } from '../directory/directory.js';
import type { CaseActor, CaseState, QueueRow } from './case.js';
import type { Offer, OfferKind, OfferReason, RejectReason, WithdrawReason } from './referral.js';
import type { Urgency } from './report.js';

/** What the other agency sees before it accepts: the least that lets it decide, and no word of the report. */
export interface OfferBundle {
  readonly id: string;
  readonly kind: OfferKind;
  readonly caseNumber: string;
  readonly category: Category;
  readonly urgency: Urgency;
  readonly placeCode?: string;
  readonly state: CaseState;
  readonly openedAt: Date;
  readonly fromAgency: string;
  readonly reason: OfferReason;
  readonly ground: string;
  readonly offeredAt: Date;
}

export type OfferOutcome =
  | { kind: 'done' }
  | { kind: 'not_found' }
  | { kind: 'closed' }
  | { kind: 'not_yours' }
  /** This agency cannot get it: it is excluded, has nobody to receive, has it already, or was offered it already. */
  | { kind: 'cannot_get_it' }
  /** Something is missing, too long, or the ground is not in force. */
  | { kind: 'incomplete' };
export type AnswerOutcome =
  | { kind: 'done'; caseId: string }
  | { kind: 'not_found' }
  /** It was answered, withdrawn or closed meanwhile. */
  | { kind: 'gone' };

/** Offering cases to other agencies and answering offers. Each call answers only for the actor's own agency. */
export interface Referrals {
  /** Those of these agencies that this case may be offered to. Excluded ones are never among them. */
  mayGet(actor: CaseActor, caseId: string, agencyIds: readonly string[]): Promise<readonly string[]>;
  /** Harmless when sent twice with one `id` (a UUID). */
  offer(actor: CaseActor, caseId: string, offer: Offer, id: string): Promise<OfferOutcome>;
  /** Offers that wait for this agency's answer, urgent and oldest first. */
  offered(actor: CaseActor): Promise<readonly OfferBundle[]>;
  /** One of them with the words that came with it; recorded as a look. */
  see(
    actor: CaseActor,
    id: string,
  ): Promise<{ readonly bundle: OfferBundle; readonly words: string } | undefined>;
  /** Of a `move`: the case is this agency's, and whoever accepted holds it. */
  accept(actor: CaseActor, id: string): Promise<AnswerOutcome>;
  reject(actor: CaseActor, id: string, reason: RejectReason): Promise<AnswerOutcome>;
  withdraw(actor: CaseActor, id: string, reason: WithdrawReason): Promise<AnswerOutcome>;
  /** Takes back an opening that was accepted. */
  end(actor: CaseActor, id: string, reason: WithdrawReason): Promise<AnswerOutcome>;
  /** Open cases of others that were opened to this agency. */
  shared(actor: CaseActor): Promise<readonly QueueRow[]>;
}
