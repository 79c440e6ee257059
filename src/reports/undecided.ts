import type { Category, ExcludedAgency } from '../directory/directory.js';
import type { ExclusionReason } from './exclusion.js';
import type { Urgency } from './report.js';

/** A report that nobody may take as the rules stand: clear fields only, an administrator sees no case. */
export interface UndecidedReport {
  readonly reportId: string;
  readonly category: Category;
  readonly urgency: Urgency;
  readonly placeCode?: string;
  readonly receivedAt: Date;
  readonly excluded: readonly (Pick<ExcludedAgency, 'agencyId'> & { readonly why: ExclusionReason })[];
  /** Agencies that have staff and are not excluded: who can be chosen. Empty: somebody must be invited first. */
  readonly candidates: readonly string[];
}

/** Reports that wait because everybody who could take them is excluded; never lost, never sent to an excluded office. */
export interface UndecidedReports {
  /** The most urgent, then the oldest first. */
  list(): Promise<UndecidedReport[]>;
  /** Gives it to this agency. `gone`: somebody decided before · `not_possible`: it is excluded or has no staff. */
  decide(staffId: string, reportId: string, agencyId: string): Promise<'done' | 'gone' | 'not_possible'>;
}
