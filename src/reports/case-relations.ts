import type { Category } from '../directory/directory.js';
import type { CaseActor, CaseState } from './case.js';

/** Another case as far as it may be shown beside one: clear fields, no word of it. */
export interface RelatedCase {
  readonly id: string;
  readonly number: string;
  readonly agencyId: string;
  readonly category: Category;
  readonly placeCode?: string;
  readonly state: CaseState;
  readonly receivedAt: Date;
}

/** What lies around a case. */
export interface CaseSurroundings {
  /** Named so that the lead can involve them; they see nothing of it. */
  readonly cooperating: readonly string[];
  /** The level above: sees that the case is there. */
  readonly above?: string;
  /** Somebody said that these are the same matter. */
  readonly linked: readonly RelatedCase[];
  /** These may be; nobody has said yet. The likeliest first. */
  readonly likely: readonly RelatedCase[];
}

/** `linked_owner_excluded`: linked, and the agency of one of the two must not get the other: it should hand its case on. */
export type SameOutcome = 'done' | 'not_found' | 'linked_owner_excluded';

/**
 * Cases that are about the same matter. An agency sees a pair when it sees both: they are its own, or it is the level above
 * theirs. An agency that is kept out of one of the two never learns that it is there.
 */
export interface CaseRelations {
  /** Of one case of the actor's own agency. */
  around(actor: CaseActor, caseId: string): Promise<CaseSurroundings | undefined>;
  /** Likely pairs of different agencies that the actor's agency is above, or has one of; the likeliest first. */
  pairs(actor: CaseActor): Promise<readonly (readonly [RelatedCase, RelatedCase])[]>;
  /** Somebody looked and says whether they are the same matter. Said again it replaces what was said before. */
  decide(actor: CaseActor, pair: readonly [string, string], same: boolean): Promise<SameOutcome>;
}
