import { z } from 'zod';
import { type IncomingContent, MAX_TEXT_CHARACTERS } from '../../conversation/message.js';
import { cleanText } from '../clean-text.js';

/** Every event the platform lists (docs.zaloplatforms.com/docs/BOT, webhook), and what it is to us. */
const CONTENT = {
  'message.text.received': (said) => contentOfText(said.text ?? ''),
  'message.image.received': (said) => contentOfFile('photo', said.photo_url ?? said.photo, said.caption),
  'message.voice.received': (said) => contentOfFile('voice', said.voice_url, said.caption),
  'message.sticker.received': () => ({ kind: 'other', what: 'sticker' }),
  // Sent instead of the content: files of other kinds, and whatever people whom Zalo protects (children) write.
  'message.unsupported.received': () => UNKNOWN,
} as const satisfies Readonly<Record<string, (said: Said) => IncomingContent>>;
export type BotEvent = keyof typeof CONTENT;
export const BOT_EVENTS = Object.keys(CONTENT) as readonly BotEvent[];

/** Why an update is no message to us. */
export const IGNORED = {
  unreadable: 'not the shape of an update',
  unknown_event: 'an event that is not on the list above: nothing is known about what it wants',
  from_a_bot: 'what bots write, our own words above all, would be answered without end',
  group:
    'a child must not be answered before others; the group is told once an hour that the bot talks in private',
} as const;
export type IgnoredReason = keyof typeof IGNORED;

export type Update =
  | {
      readonly kind: 'message';
      readonly event: BotEvent;
      readonly messageId: string;
      readonly from: string;
      readonly chat: string;
      readonly content: IncomingContent;
    }
  /** `event` is "other" where the list has no such name. `chat` is given for groups. */
  | {
      readonly kind: 'ignored';
      readonly event: BotEvent | 'other';
      readonly reason: IgnoredReason;
      readonly chat?: string;
    };

const id = z.string().min(1).max(200);
/** A field that is not what it should be is as good as absent. */
const words = z.string().max(100_000).optional().catch(undefined);

/** Only what is needed: names and the rest are dropped here. */
const shape = z.object({
  event_name: z.string(),
  message: z.object({
    message_id: id,
    from: z.object({ id, is_bot: z.boolean().optional().catch(undefined) }),
    chat: z.object({ id, chat_type: words }),
    text: words,
    caption: words,
    // The documents say `photo`, a widely used client `photo_url`.
    photo: words,
    photo_url: words,
    voice_url: words,
  }),
});
type Said = z.infer<typeof shape>['message'];

/** An update as a webhook or `getUpdates` gives it, in its envelope (`{ok, result}`) or without. Never throws. */
export function parseUpdate(raw: unknown): Update {
  const parsed = shape.safeParse(unwrap(raw));
  if (!parsed.success) return { kind: 'ignored', event: 'other', reason: 'unreadable' };
  const { event_name: name, message } = parsed.data;
  const event = BOT_EVENTS.find((known) => known === name);
  if (event === undefined) return { kind: 'ignored', event: 'other', reason: 'unknown_event' };
  if (message.from.is_bot === true) return { kind: 'ignored', event, reason: 'from_a_bot' };
  if (!isPrivate(message)) return { kind: 'ignored', event, reason: 'group', chat: message.chat.id };
  return {
    kind: 'message',
    event,
    messageId: message.message_id,
    from: message.from.id,
    chat: message.chat.id,
    content: CONTENT[event](message),
  };
}

function unwrap(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'result' in raw ? raw.result : raw;
}

/** A private chat has the id of the person; the name of its kind may be absent. */
const isPrivate = ({ chat, from }: Said): boolean =>
  chat.chat_type === undefined ? chat.id === from.id : chat.chat_type.toUpperCase() === 'PRIVATE';

const UNKNOWN = { kind: 'other', what: 'unknown' } as const;

const START = /^\/start(?:\s+([A-Za-z0-9_-]{1,64}))?$/i;
/** Commands are words that people type: the platform has no menu for them. */
const COMMANDS: Readonly<Record<string, IncomingContent>> = {
  '/help': { kind: 'choice', id: 'help' },
  '/xoa': { kind: 'choice', id: 'forget' },
};

function contentOfText(raw: string): IncomingContent {
  const text = cut(cleanText(raw));
  if (text === '') return UNKNOWN;
  const started = START.exec(text);
  if (started) return { kind: 'start', ...(started[1] === undefined ? {} : { parameter: started[1] }) };
  const command = text.toLowerCase();
  return (Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined) ?? { kind: 'text', text };
}

function contentOfFile(
  media: 'photo' | 'voice',
  source: string | undefined,
  caption: string | undefined,
): IncomingContent {
  if (source === undefined || source === '') return UNKNOWN;
  const text = cut(cleanText(caption ?? ''));
  return { kind: 'media', media, source, ...(text === '' ? {} : { text }) };
}

/** What is too long is heard up to there: danger stands in the first 4,000 characters or nowhere. */
const cut = (text: string): string =>
  text.length <= MAX_TEXT_CHARACTERS ? text : [...text].slice(0, MAX_TEXT_CHARACTERS).join('');
