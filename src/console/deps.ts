import type { Directory } from '../directory/directory.js';
import type { CaseDesk } from '../reports/case.js';
import type { CaseClocks } from '../reports/case-clocks.js';
import type { CaseHolds } from '../reports/case-hold.js';
import type { CaseLife } from '../reports/case-life.js';
import type { CaseRelations } from '../reports/case-relations.js';
import type { EvidenceAbove } from '../reports/evidence/above.js';
import type { EvidenceDesk } from '../reports/evidence/desk.js';
import type { HandOverSheets } from '../reports/hand-over.js';
import type { MemberKey } from '../reports/keys.js';
import type { ReferralGrounds } from '../reports/referral-grounds.js';
import type { Referrals } from '../reports/referrals.js';
import type { Identity } from '../reports/sealing.js';
import type { UndecidedReports } from '../reports/undecided.js';
import type { AuditLog } from '../staff/audit.js';
import type { Keyring } from '../staff/keyring.js';
import type { OnCallBook } from '../staff/on-call.js';
import type { SecondSteps } from '../staff/second-step.js';
import type { StaffDirectory } from '../staff/staff.js';
import type { Texts } from '../texts/texts.js';
import type { ContentState } from '../understanding/content-state.js';
import type { UnknownQuestions } from '../understanding/unknown-question.js';

/** The part of a logger the console uses. Ids and error kinds only; never content, names or addresses. */
export interface ConsoleLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Something of a channel that an operator must mend: a code of the channel's table, and since when. */
export interface ChannelAlarm {
  readonly channel: string;
  readonly code: string;
  readonly since: Date;
}

/** A job that failed for good. Its kind and the id it was to work on tell nothing of anybody. */
export interface DeadJobLine {
  readonly job: string;
  readonly id: string;
  readonly code: string;
  readonly tries: number;
  readonly since: Date;
}

export interface DeadJobList {
  dead(): Promise<readonly DeadJobLine[]>;
  /** False when it is no longer on the list. */
  retry(job: string, id: string): Promise<boolean>;
  retryAll(): Promise<number>;
}

/** Everything the console needs from outside; tests pass fakes the same way. */
export interface ConsoleDeps {
  readonly desk: CaseDesk;
  readonly relations: CaseRelations;
  readonly holds: CaseHolds;
  readonly sheets: HandOverSheets;
  readonly undecided: UndecidedReports;
  readonly life: CaseLife;
  readonly referrals: Referrals;
  readonly grounds: ReferralGrounds;
  readonly audit: AuditLog;
  readonly evidence: EvidenceDesk;
  /** The level above as second person for files in quarantine. */
  readonly evidenceAbove: EvidenceAbove;
  readonly staff: StaffDirectory;
  readonly secondSteps: SecondSteps;
  /** `off` only in the demo: the passphrase alone signs in, and the pages say so. */
  readonly secondStep: 'required' | 'off';
  readonly clocks: CaseClocks;
  readonly onCall: OnCallBook;
  readonly deadJobs: DeadJobList;
  /** Years whose announced holidays an administrator should enter now. */
  yearsToEnter(): readonly number[];
  /** The agencies' keys in the hands of their members. */
  readonly keyring: Keyring;
  readonly directory: Directory;
  /** What of the channels an operator must mend. */
  channelAlarms(): Promise<readonly ChannelAlarm[]>;
  /** Which answers are hidden today, and which soon will be. */
  contentState(): ContentState;
  readonly unknownQuestions: Pick<UnknownQuestions, 'list'>;
  /** The catalogue of locales/vi/console. */
  readonly texts: Texts;
  /** Milliseconds since 1970. */
  now(): number;
  /** A new UUID. */
  newId(): string;
  randomBytes(count: number): Buffer;
  hashPassphrase(text: string): Promise<string>;
  verifyPassphrase(hash: string, text: string): Promise<boolean>;
  /** Makes, opens and re-seals a member's own key; each takes about 0.2 s on purpose. */
  readonly memberKeys: {
    make(passphrase: string): Promise<{ readonly key: MemberKey; readonly identity: Identity }>;
    /** @throws CannotOpen */
    open(sealedIdentity: Uint8Array, passphrase: string): Promise<Identity>;
    seal(identity: Identity, passphrase: string): Promise<Uint8Array>;
  };
  /** Calls the listener whenever the agency's queue may look different; returns how to stop. */
  onQueueChange(agencyId: string, listener: () => void): () => void;
  /** True behind https: cookies are `Secure` and carry the `__Host-` prefix. */
  readonly secureCookies: boolean;
  readonly log: ConsoleLog;
  /** Folder with console.css, console.js, console-htmx.js, console-sse.js and console-*.woff2, as scripts/build.mjs makes it. */
  readonly assetsFolder: string;
}
