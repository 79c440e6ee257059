import type { ChannelName } from '../conversation/message.js';

/** A contact that is rung for an agency. */
export interface OnCallContact {
  readonly id: string;
  readonly agencyId: string;
  /** A member, with whether a chat of theirs is bound; without one they cannot be rung. */
  readonly member?: { readonly staffId: string; readonly name: string; readonly channel?: ChannelName };
  /** An address of the web, as it may be shown: host only. */
  readonly host?: string;
}

/** Who is rung for which agency, and on which chat: the port the console needs, fulfilled by the store. */
export interface OnCallBook {
  /** Everybody on call. */
  list(): Promise<OnCallContact[]>;
  /** Puts a member on call for their own agency. False when they have none. Harmless when they are already. */
  addMember(staffId: string): Promise<boolean>;
  /** @param url see `isWebhookAddress` */
  addWebhook(agencyId: string, url: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The chat that a member has bound. */
  chatOf(staffId: string): Promise<{ readonly channel: ChannelName; readonly linkedAt: Date } | undefined>;
  /** Gives the member a fresh word; an older one stops working. */
  expectWord(staffId: string, word: string, expiresAt: Date): Promise<void>;
  /** Also ends the word that bound it, and one that still waits. */
  unbindChat(staffId: string): Promise<void>;
  /** Urgent cases about which nobody could be reached; ids. */
  unreached(): Promise<string[]>;
}

/** Where words that bind a chat arrive. */
export interface ChatBinding {
  /**
   * Binds the chat that sent this word to the member who was given it. False when nobody waits for it; a redelivery
   * of the message that bound it is true again.
   */
  bind(word: string, chat: { channel: ChannelName; contact: string; address: string }): Promise<boolean>;
}

/** How long a word can be used, minutes. */
export const LINK_WORD_MINUTES = 15;
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LETTERS = 10;

/**
 * A word that binds a chat: "TRUC-7KQFM-29XHW", 50 bits, without letters that are mistaken for one another.
 * @param randomBytes cryptographically random
 */
export function makeLinkWord(randomBytes: (count: number) => Uint8Array): string {
  // 256 is a multiple of 32, so that every letter is as likely as any other.
  const letters = [...randomBytes(LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `TRUC-${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** The word in its one spelling when the text is one, however it was typed; else undefined. */
export function readLinkWord(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.–-]/g, '');
  const found = /^TRUC([A-HJ-NP-Z2-9]{5})([A-HJ-NP-Z2-9]{5})$/.exec(letters);
  return found ? `TRUC-${found[1]}-${found[2]}` : undefined;
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether rings may be sent there: https, or plain http on this machine; without a name and password in the address. */
export function isWebhookAddress(text: string): boolean {
  if (text.length > 500 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}
