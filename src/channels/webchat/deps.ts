import type { Outgoing } from '../../conversation/message.js';
import type { ReceiveMessage } from '../../conversation/turn.js';
import type { Directory } from '../../directory/directory.js';
import type { Texts } from '../../texts/texts.js';
import type { WebchatRates } from './rates.js';

/** The few words of a pino logger that the web chat uses. Objects hold ids, figures and errors, which the logger reduces to their kind and place; never content or people. */
export interface WebchatLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Everything the web chat asks of the service. */
export interface WebchatDeps {
  readonly receive: ReceiveMessage;
  /** Keyed hash of a session token: 64 hex characters. */
  contactOf(sessionToken: string): string;
  /** 32 bytes; signs session tokens. The same on every web process. */
  readonly sessionKey: Buffer;
  /** Messages that came later (answers of staff) and are not yet acknowledged, oldest first. `afterId` acknowledges all up to it. */
  messagesAfter(contact: string, afterId?: string): Promise<readonly Outgoing[]>;
  /** Keeps the bytes of a file aside until the job that fetches files has them. Rejects while the database is away. */
  keepUpload(id: string, bytes: Uint8Array): Promise<void>;
  /** Tells that `messagesAfter` may have more; the returned function stops it. */
  onNews(contact: string, listener: () => void): () => void;
  /** Deletes the talk and its unsent messages. */
  forget(contact: string): Promise<void>;
  readonly directory: Directory;
  /** The texts of locales/vi/webchat. */
  readonly texts: Texts;
  /** Milliseconds since 1970. */
  now(): number;
  newId(): string;
  randomBytes(count: number): Buffer;
  readonly log: WebchatLog;
  /** Holds the built chat.js and chat.css. */
  readonly assetsFolder: string;
  /** Holds the font files (be-vietnam-pro-*.woff2). */
  readonly fontsFolder: string;
  /** Where the quick exit leads; a page that everybody might have open. Default `EXIT_URL`. */
  readonly exitUrl?: string;
  /** How much one session and one address may ask. Default `RATES`. */
  readonly rates?: WebchatRates;
}

/** Neutral, the same for everybody, light and always there. */
export const EXIT_URL = 'https://vi.wikipedia.org/wiki/Trang_Ch%C3%ADnh';
