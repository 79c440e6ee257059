import {
  type Incoming,
  type IncomingContent,
  MAX_TEXT_CHARACTERS,
  type MediaKind,
} from '../../conversation/message.js';
import { cleanText } from '../clean-text.js';
import type { PushChannelDeps } from '../push-channel.js';
import { commandContent, isForBot } from './command.js';
import { type EventName, MESSAGES, messageKind, UPDATES, updateKind } from './events.js';
import { bodies, head, largest, type WireMessage } from './wire.js';

/** What an update comes to. `event` is its name in the tables of events.ts. */
export type Parsed =
  /** To be carried through its turn. */
  | { readonly kind: 'incoming'; readonly event: EventName; readonly incoming: Incoming }
  /** The person blocked the bot; `contact` as in `Incoming`. */
  | { readonly kind: 'left'; readonly event: EventName; readonly contact: string }
  /** To be told in this group or channel that the bot talks in private only. */
  | { readonly kind: 'group'; readonly event: EventName; readonly chat: number }
  | { readonly kind: 'ignored'; readonly event: EventName };

export interface ParsedUpdate {
  readonly id: number;
  readonly result: Parsed;
  /** A pressed button, which must be answered or keeps blinking. */
  readonly callback?: string;
}

export interface ParseDeps extends Pick<PushChannelDeps, 'contactOf' | 'messageIdOf'> {
  readonly botId: string;
  /** The bot's @name, once known. */
  readonly username: string | undefined;
}

/** One update as Telegram wrote it. Undefined when it is none at all. Never throws: what cannot be read is ignored as "other". */
export function parseUpdate(raw: unknown, deps: ParseDeps): ParsedUpdate | undefined {
  const update = head.safeParse(raw);
  if (!update.success) return undefined;
  const id = update.data.update_id;
  const kind = updateKind(Object.keys(update.data));
  if (kind === undefined) return { id, result: ignore('other') };
  if (UPDATES[kind] !== 'handled') return { id, result: ignore(kind) };
  const body = update.data[kind];
  switch (kind) {
    case 'message':
    case 'edited_message': {
      const message = bodies[kind].safeParse(body);
      if (!message.success) return { id, result: ignore('other') };
      const what = messageKind(Object.keys(body as object));
      const parse = kind === 'message' ? parseMessage : parseEdited;
      return { id, result: parse(message.data, what, { ...deps, updateId: id }) };
    }
    case 'callback_query': {
      const pressed = bodies.callback_query.safeParse(body);
      if (!pressed.success) return { id, result: ignore('other') };
      const { from, message, data } = pressed.data;
      const choice = cleanText(data ?? '');
      const fits = !from.is_bot && message?.chat.type === 'private' && choice !== '';
      const result: Parsed = fits
        ? incoming('callback_query', from.id, { kind: 'choice', id: choice }, { ...deps, updateId: id })
        : ignore('button_elsewhere');
      return { id, result, callback: pressed.data.id };
    }
    case 'my_chat_member': {
      const member = bodies.my_chat_member.safeParse(body);
      if (!member.success) return { id, result: ignore('other') };
      const { chat, from, old_chat_member: old, new_chat_member: now } = member.data;
      if (chat.type === 'private') {
        const left: Parsed = { kind: 'left', event: 'left', contact: deps.contactOf(String(from.id)) };
        return { id, result: now.status === 'kicked' ? left : ignore('unblocked') };
      }
      const added = GONE.includes(old.status) && !GONE.includes(now.status);
      return { id, result: added ? { kind: 'group', event: 'group', chat: chat.id } : ignore('group_talk') };
    }
    default:
      return { id, result: ignore('other') };
  }
}

/** Standing of a member who is not in the chat: core.telegram.org/bots/api#chatmember */
const GONE: readonly string[] = ['left', 'kicked'];

type MessageDeps = ParseDeps & { readonly updateId: number };
const ignore = (event: EventName): Parsed => ({ kind: 'ignored', event });

function parseMessage(
  message: WireMessage,
  what: keyof typeof MESSAGES | undefined,
  deps: MessageDeps,
): Parsed {
  const { chat, from } = message;
  if (from?.is_bot) return ignore('from_bot');
  if (chat.type !== 'private') {
    const answersUs = String(message.reply_to_message?.from?.id) === deps.botId;
    const forUs = answersUs || isForBot(cleanText(message.text ?? message.caption ?? ''), deps.username);
    return forUs ? { kind: 'group', event: 'group', chat: chat.id } : ignore('group_talk');
  }
  if (from === undefined) return ignore('other');
  if (what !== undefined && MESSAGES[what] !== 'handled') return ignore(what);
  const content = contentOf(message, what);
  const isCommand = what === 'text' && cleanText(message.text ?? '').startsWith('/');
  return incoming(isCommand ? 'command' : (what ?? 'other'), from.id, content, deps, message);
}

function parseEdited(message: WireMessage, _what: unknown, deps: MessageDeps): Parsed {
  const { chat, from } = message;
  if (from?.is_bot) return ignore('from_bot');
  if (chat.type !== 'private' || from === undefined) return ignore('group_talk');
  const text = words(message.text ?? message.caption);
  if (text === '') return ignore('edit_without_words');
  return incoming('edited_message', from.id, { kind: 'edited', text }, deps, message);
}

/** `deps.updateId` tells two edits of one message apart; the bot's number, two bots that an operator used one after the other. */
function incoming(
  event: EventName,
  person: number,
  content: IncomingContent,
  deps: MessageDeps,
  message?: WireMessage,
): Parsed {
  return {
    kind: 'incoming',
    event,
    incoming: {
      channel: 'telegram',
      messageId: deps.messageIdOf(`${deps.botId}:${deps.updateId}:${message?.message_id ?? ''}`),
      contact: deps.contactOf(String(person)),
      address: String(person),
      ...(message === undefined ? {} : { receipt: String(message.message_id) }),
      content,
    },
  };
}

/** Clean words, cut to what a turn takes: danger in a text that is too long must still be seen. */
const words = (raw: string | undefined): string =>
  [...cleanText(raw ?? '')].slice(0, MAX_TEXT_CHARACTERS).join('').trimEnd();

function contentOf(message: WireMessage, what: keyof typeof MESSAGES | undefined): IncomingContent {
  const unknown: IncomingContent = { kind: 'other', what: 'unknown' };
  const media = (kind: MediaKind, file: { readonly file_id: string } | undefined): IncomingContent => {
    const text = words(message.caption);
    if (file === undefined) return text === '' ? unknown : { kind: 'text', text };
    return { kind: 'media', media: kind, source: file.file_id, ...(text === '' ? {} : { text }) };
  };
  switch (what) {
    case 'text': {
      const text = words(message.text);
      if (text === '') return unknown;
      return text.startsWith('/') ? commandContent(text) : { kind: 'text', text };
    }
    case 'photo':
      return media('photo', largest(message.photo ?? []));
    case 'voice':
    case 'audio':
      return media('voice', message[what]);
    case 'video':
    case 'video_note':
    case 'animation':
      return media('video', message[what]);
    case 'document':
      return media('document', message.document);
    case 'venue':
    case 'location': {
      const place = message.venue?.location ?? message.location;
      return place === undefined ? unknown : { kind: 'location', ...place };
    }
    case 'contact':
      return { kind: 'other', what: 'contact_card' };
    case 'sticker':
      return { kind: 'other', what: 'sticker' };
    default: {
      // Something new with a caption: its words are heard.
      const text = words(message.text ?? message.caption);
      return text === '' ? unknown : { kind: 'text', text };
    }
  }
}
