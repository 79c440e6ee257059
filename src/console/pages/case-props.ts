import type { Directory } from '../../directory/directory.js';
import type { CaseFile } from '../../reports/case.js';
import type { CaseKeeping } from '../../reports/case-hold.js';
import type { Colleague } from '../../reports/case-life.js';
import type { CaseAct } from '../../reports/case-moves.js';
import type { CaseSurroundings } from '../../reports/case-relations.js';
import type { ReferralGrounds } from '../../reports/referral-grounds.js';
import type { Words } from '../words.js';
import type { ClocksOfCase } from './case-clocks.js';

/** What the pieces of a case page need. */
export interface CaseProps {
  words: Words;
  directory: Directory;
  file: CaseFile;
  staffId: string;
  /** What this member may do to the case now. */
  acts: readonly CaseAct[];
  /** Whom it can be handed to. */
  colleagues: readonly Colleague[];
  grounds: ReferralGrounds;
  csrfToken: string;
  /** Absent where they are not this agency's to keep. */
  clocks?: ClocksOfCase;
  /** Id of the next reply, so that sending it twice is harmless. */
  messageId: string;
  /** Id of the next note. */
  noteId: string;
  /** What was typed and could not be sent. */
  draft?: string;
  fault?: string;
  /** Other agencies and cases; absent on pieces of a page that do not show them. */
  around?: CaseSurroundings | undefined;
  keeping?: CaseKeeping | undefined;
  /** May set and lift a hold. */
  mayHold?: boolean;
  /** A note that could not be kept, and why. */
  note?: { readonly text: string; readonly fault: string };
}
