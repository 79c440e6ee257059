import type { MediaKind } from '../../conversation/message.js';
import type { MetadataMark } from './marks.js';
import type { Showing } from './rules.js';

/** A file that came with a report, as its line shows it: facts only. */
export interface EvidenceFact {
  readonly id: string;
  readonly media: MediaKind;
  readonly state: 'waiting' | 'kept' | 'refused';
  readonly receivedAt: Date;
  /** The rest is known once it is kept. */
  readonly bytes?: number;
  /** MIME type by content. */
  readonly type?: string;
  /** Of the bytes as received, 64 hex characters. */
  readonly sha256?: string;
  readonly metadata: readonly MetadataMark[];
  readonly showing: Showing;
  readonly hasPreview: boolean;
  /** Shut away: it may show the sexual abuse of a child, or staff say so. */
  readonly quarantined: boolean;
  /** Somebody waits for a second person until then. */
  readonly asksUntil?: Date;
}
