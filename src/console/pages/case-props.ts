import type { Directory } from '../../directory/directory.js';
import type { CaseFile } from '../../reports/case.js';
import type { CaseKeeping } from '../../reports/case-hold.js';
import type { CaseSurroundings } from '../../reports/case-relations.js';
import type { Words } from '../words.js';

/** What the pieces of a case page need. */
export interface CaseProps {
  words: Words;
  directory: Directory;
  file: CaseFile;
  staffId: string;
  csrfToken: string;
  /** Id of the next reply, so that sending it twice is harmless. */
  messageId: string;
  /** What was typed and could not be sent. */
  draft?: string;
  fault?: string;
  /** Other agencies and cases; absent on pieces of a page that do not show them. */
  around?: CaseSurroundings | undefined;
  keeping?: CaseKeeping | undefined;
  /** May set and lift a hold. */
  mayHold?: boolean;
}
