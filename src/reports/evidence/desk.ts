import type { CaseActor } from '../case.js';
import type { Identity } from '../sealing.js';
import type { EvidenceFact } from './fact.js';
import type { OpeningReason } from './rules.js';

/** Opens a case's identity with the keys of the person who acts, as far as they lie open in their session. */
export interface CaseIdentityOpener {
  /** Undefined when none of this person's keys opens it. */
  identityOf(actor: CaseActor, reportId: string): Promise<Identity | undefined>;
}

/** What a look is for: the copy for daily work (or the sound), the bytes as received, or an end of the quarantine. */
export type LookAim = 'copy' | 'original' | 'release';

/** A reason as given: a code, and words where there are some. */
export interface Reason {
  readonly code: OpeningReason;
  readonly words: string;
}

/** Somebody opened a file, or asks a second person that they may. */
export interface Look {
  readonly id: string;
  readonly aim: LookAim;
  readonly reason: OpeningReason;
  readonly at: Date;
  readonly by: { readonly staffId: string; readonly name: string };
  /** The second person. */
  readonly agreedBy?: string;
  /** Their agency, where it is the level above. */
  readonly agreedFrom?: string;
  /** Until when it may be opened, or agreed to. */
  readonly until: Date;
  readonly state: 'asked' | 'open';
}

/** All about one file, for its own page. */
export interface EvidenceFile {
  readonly fact: EvidenceFact;
  readonly caseNumber: string;
  /** Newest first; those nobody agreed to in time are not among them. */
  readonly looks: readonly Look[];
}

export type LookOutcome =
  | { readonly kind: 'open' }
  /** A second person must agree. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'not_found' };

export type AgreeOutcome =
  | { readonly kind: 'agreed' }
  /** One cannot be one's own second person. */
  | { readonly kind: 'own' }
  | { readonly kind: 'too_late' }
  | { readonly kind: 'not_found' };

export type Bytes =
  | { readonly kind: 'bytes'; readonly type: string; readonly bytes: Buffer; readonly caseNumber: string }
  /** No reason given yet, or its time is over. */
  | { readonly kind: 'not_open' }
  /** None of this person's keys opens it. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'not_found' };

/**
 * An agency's desk for files. Each call answers only for a case of the actor's own agency; anything else is `not_found`. What is
 * opened is an event of the case before a byte is given. Nothing here is for reporters.
 */
export interface EvidenceDesk {
  file(actor: CaseActor, caseId: string, evidenceId: string): Promise<EvidenceFile | undefined>;
  /** The blurred picture; none for a file in quarantine. */
  preview(actor: CaseActor, caseId: string, evidenceId: string): Promise<Bytes>;
  /**
   * Gives a reason. A file out of quarantine is open to this person for ten minutes; one in quarantine, and every end of a
   * quarantine, waits for a second person.
   */
  ask(
    actor: CaseActor,
    caseId: string,
    evidenceId: string,
    aim: LookAim,
    reason: Reason,
  ): Promise<LookOutcome>;
  /** The reason in words, for the second person; undefined when there is none or it cannot be opened. */
  reasonWords(actor: CaseActor, caseId: string, lookId: string): Promise<string | undefined>;
  /** Agrees to what a colleague asks: theirs is the look, ours the signature. */
  agree(actor: CaseActor, caseId: string, lookId: string): Promise<AgreeOutcome>;
  /** The copy for daily work or the sound (`copy`), or the bytes as received (`original`), while a look of this person is open. */
  open(actor: CaseActor, caseId: string, evidenceId: string, aim: 'copy' | 'original'): Promise<Bytes>;
  /** Shuts a file away; its preview is deleted. False when it is not found. */
  quarantine(actor: CaseActor, caseId: string, evidenceId: string): Promise<boolean>;
}
