import type { Directory } from '../directory/directory.js';
import type { CodeLookup } from '../reports/code-lookup.js';
import type { Urgency } from '../reports/report.js';
import type { Db } from './database.js';
import type { ServiceCipher } from './service-cipher.js';

/** What a call of a flow is carried out with: the turn it belongs to. */
export interface CallContext {
  readonly tx: Db;
  readonly cipher: ServiceCipher;
  readonly codeLookup: CodeLookup;
  /** Says to whom a report is sealed. */
  readonly directory: Directory;
  readonly talkId: string;
  readonly now: number;
  /** Reports made in this turn; the dispatch job is told after the commit. */
  readonly reports: { id: string; urgency: Urgency }[];
}
