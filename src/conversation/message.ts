/**
 * What goes in and out of a talk, in no platform's words. A channel turns its wire shape into an `Incoming`
 * and an `Outgoing` into its wire shape; nothing else knows a platform.
 */

export const CHANNEL_NAMES = ['webchat', 'telegram', 'zalo', 'zalo_bot'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** What a person can send beside words, told apart by what staff will meet: something to see, to hear, to watch, to read. */
export const MEDIA_KINDS = ['photo', 'voice', 'video', 'document'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/**
 * What the person did. `start` opens (or reopens) the talk without words, e.g. the page was opened or /start was sent;
 * its `parameter` is what a poster's QR code carried: the name of a flow to begin · `media` a file, not yet fetched:
 * `source` is what the channel needs to fetch it (stored encrypted), `text` the caption · `edited` an earlier message was
 * given new words · `other` something that is no message to us and is answered kindly.
 */
export type IncomingContent =
  | { readonly kind: 'start'; readonly parameter?: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'media'; readonly media: MediaKind; readonly source: string; readonly text?: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'other'; readonly what: 'sticker' | 'contact_card' | 'too_long' | 'unknown' };

/** One message, verified and parsed by its channel. */
export interface Incoming {
  readonly channel: ChannelName;
  /** Unique within the channel; the same id again is the same message and acts once. */
  readonly messageId: string;
  /** Keyed hash of the platform's id for this person (64 hex characters). The clear id stays in the channel folder. */
  readonly contact: string;
  /** How to reach the person later, as the channel wrote it; stored encrypted. Absent where the person must come back (web chat). */
  readonly address?: string;
  /** The platform's id of this message, where the channel can delete it when the person asks us to forget; stored encrypted. */
  readonly receipt?: string;
  readonly content: IncomingContent;
}

export interface Choice {
  /** Stable within the talk; sent back as `{kind: 'choice', id}`. */
  readonly id: string;
  readonly label: string;
}

/** A legal source shown under an answer. */
export interface Source {
  /** E.g. "Luật Trẻ em 2016 (102/2016/QH13), Điều 6 khoản 3". */
  readonly label: string;
  /** ISO date from which the cited text is in force. */
  readonly effectiveFrom: string;
}

/**
 * `danger` the emergency card · `answer` a reviewed answer · `question` asks for something · `code` holds the
 * reporter's code · `reply` words of staff · `text` anything else.
 */
export const OUTGOING_KINDS = ['text', 'danger', 'answer', 'question', 'code', 'reply'] as const;
export type OutgoingKind = (typeof OUTGOING_KINDS)[number];

/** A file of ours that goes with a message, from `locales/vi/attachments/`. */
export interface Attachment {
  readonly kind: 'image' | 'document';
  /** Name of the file in that folder, e.g. "so-can-nho.png". Images: PNG or JPEG up to 1 MB; documents: PDF up to 5 MB. */
  readonly file: string;
  /** What it shows, for whoever cannot see it; shown instead where the channel cannot send it. */
  readonly alt: string;
}

/** One message to the person, complete: a channel adds nothing to it and only cuts it to its limits. */
export interface Outgoing {
  readonly id: string;
  readonly kind: OutgoingKind;
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly sources: readonly Source[];
  readonly attachment?: Attachment;
  /** What free input the question takes, so that a page can offer the fitting field. */
  readonly input?: 'text' | 'place' | 'code';
}

/** Longest message a person may send, in characters; longer is refused kindly by the channel. */
export const MAX_TEXT_CHARACTERS = 4000;
