import type { Router } from 'express';
import type { ReceiveMessage } from '../conversation/turn.js';
import type { Texts } from '../texts/texts.js';
import type { Sender } from './channel.js';

/** The few words of a pino logger that channels use. Objects hold kinds, codes and errors, which the logger reduces to their kind and place; never content, people or platform ids. */
export interface ChannelLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What came of something a platform sent, for the metrics: `ignored` is one of the reasons in the channel's own table. */
export type Received = 'taken' | 'duplicate' | 'not_stored' | 'ignored' | 'refused';

/** Small secrets and facts a channel must find again after a restart, on any process; stored encrypted. */
export interface ChannelNotes {
  read(name: string): Promise<string | undefined>;
  /** Durable when it resolves. */
  write(name: string, value: string): Promise<void>;
}

/** Makes sure that of all processes one at a time does something. */
export interface Leases {
  /**
   * Runs `work` while this process alone holds the lease; waits for its turn up to `patience` milliseconds. The lease ends by
   * itself after `life` milliseconds, also when the process dies: `work` must be done by then.
   * @throws LeaseNotFree after the patience
   */
  alone<T>(
    name: string,
    times: { readonly life: number; readonly patience: number },
    work: () => Promise<T>,
  ): Promise<T>;
  /** Runs `work` as long as this process leads, again when it gets the lead back; `signal` ends with the lead. Returns how to stop. */
  lead(name: string, work: (signal: AbortSignal) => Promise<void>): { stop(): Promise<void> };
}

/** Another process held the lease all the while. */
export class LeaseNotFree extends Error {
  readonly code = 'lease_not_free';
}

/** Everything a channel that pushes asks of the service. Ports that need the database reject while it is away. */
export interface PushChannelDeps {
  readonly receive: ReceiveMessage;
  /** Keyed hash of the platform's id for a person: 64 hex characters. */
  contactOf(platformId: string): string;
  /** Keyed hash of a platform's id for a message, for `Incoming.messageId` where the platform's own could tell something. */
  messageIdOf(platformId: string): string;
  /** The person blocked or left us: nothing is pushed any more, their mailboxes are theirs to open. */
  left(contact: string): Promise<void>;
  /** The person took back their consent at the platform: the talk and all that hangs on it is deleted. */
  forget(contact: string): Promise<void>;
  /** Something of ours needs an operator (`code` from the channel's table), or no longer does (`undefined`). Kept, logged and shown to administrators. */
  alarm(code: string | undefined): void;
  /** Counts what platforms send. `event` is a name from the platform's list, "other" for any that is not on it. */
  observe(event: string, outcome: Received): void;
  readonly notes: ChannelNotes;
  readonly leases: Leases;
  /** The texts of locales/vi/messages. */
  readonly texts: Texts;
  /** Folder of `Attachment.file`. */
  readonly attachmentsFolder: string;
  /** https address people and platforms reach us at; undefined: webhooks cannot work, the channel polls. */
  readonly publicUrl: string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: ChannelLog;
}

/** A channel that pushes, at work. */
export interface PushChannel {
  readonly sender: Sender;
  /** Its webhook, to be mounted at the root; answers also while the database is away. */
  readonly routes: Router;
  /** Begins to receive: registers the webhook or polls. Called once in processes that receive; faults are retried inside and raise an alarm. */
  start(): { stop(): Promise<void> };
}
