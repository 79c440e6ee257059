import type { Button, Chat, Chats } from './chats.js';
import type { Files } from './files.js';
import type { PaceWatch } from './pace.js';
import type { Updates } from './updates.js';
import type { Webhook } from './webhook.js';
import { bad, type Fields, integer, json, text } from './wire.js';

const TEXT_LIMIT = 4_096;
const CAPTION_LIMIT = 1_024;
const BUTTONS_LIMIT = 100;
const DATA_LIMIT = 64;
/** A pressed button waits so long for its answer, milliseconds. */
const PRESS_LIFE = 15_000;

/** What the methods work on. */
export interface World {
  readonly bot: { readonly id: number; readonly username: string };
  readonly chats: Chats;
  readonly files: Files;
  readonly updates: Updates;
  readonly webhook: Webhook;
  readonly pace: PaceWatch;
  /** Pressed buttons that wait for an answer, by id, and when they were pressed. */
  readonly presses: Map<string, number>;
  commands: unknown;
}

type Method = (world: World, fields: Fields) => unknown;

/** The methods of the Bot API that the service uses, each as strict as the true one. Any other is "not found". */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: ({ bot }) => ({
    ...botUser(bot),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  getUpdates: ({ updates, webhook }, fields) => {
    webhook.refusePoll();
    return updates.get(fields);
  },
  setWebhook: ({ webhook }, fields) => webhook.set(fields),
  deleteWebhook: ({ webhook }, fields) => webhook.set({ ...fields, url: '', secret_token: '' }),
  getWebhookInfo: ({ webhook }) => webhook.info,
  sendMessage: (world, fields) => {
    const chat = chatOf(world, fields);
    const words = text(fields, 'text').trim();
    if (words === '') throw bad('message text is empty');
    if (words.length > TEXT_LIMIT) throw bad('message is too long');
    const keyboard = keyboardOf(fields);
    world.pace.note(chat.id, Date.now());
    const { id, at } = world.chats.write(chat, { fromBot: true, text: words, keyboard });
    return { ...sentBy(world, chat, id, at), text: words };
  },
  sendPhoto: (world, fields) => {
    const { chat, caption, id, at, file } = sendFile(world, fields, 'photo');
    const photo = [
      { file_id: `${file.id}`, file_unique_id: 's', width: 90, height: 60, file_size: 1 },
      { file_id: file.id, file_unique_id: 'u', width: 900, height: 600, file_size: file.bytes.length },
    ];
    return { ...sentBy(world, chat, id, at), photo, ...caption };
  },
  sendDocument: (world, fields) => {
    const { chat, caption, id, at, file } = sendFile(world, fields, 'document');
    const document = { file_id: file.id, file_unique_id: 'u', file_size: file.bytes.length };
    return { ...sentBy(world, chat, id, at), document, ...caption };
  },
  sendChatAction: (world, fields) => {
    world.chats.writable(integer(fields, 'chat_id'));
    if (text(fields, 'action') !== 'typing') throw bad('wrong parameter action in request');
    return true;
  },
  answerCallbackQuery: ({ presses }, fields) => {
    const pressed = presses.get(text(fields, 'callback_query_id'));
    if (pressed === undefined || Date.now() - pressed > PRESS_LIFE)
      throw bad('query is too old and response timeout expired or query ID is invalid');
    return true;
  },
  deleteMessage: ({ chats }, fields) => {
    chats.delete(chats.existing(integer(fields, 'chat_id')), integer(fields, 'message_id') ?? 0);
    return true;
  },
  deleteMessages: ({ chats }, fields) => {
    const ids = json(fields, 'message_ids');
    if (!Array.isArray(ids) || ids.length === 0) throw bad('message identifiers are not specified');
    if (ids.length > 100) throw bad('too many message identifiers specified');
    if (!ids.every((id) => Number.isInteger(id) && id > 0)) throw bad('invalid message identifier specified');
    chats.deleteAll(chats.existing(integer(fields, 'chat_id')), ids);
    return true;
  },
  getFile: ({ files }, fields) => files.describe(fields.file_id),
  setMyCommands: (world, fields) => {
    const commands = json(fields, 'commands');
    if (!Array.isArray(commands)) throw bad("can't parse commands JSON object");
    for (const { command, description } of commands as { command: string; description: string }[]) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad('BOT_COMMAND_INVALID');
      if (description.length < 1 || description.length > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID');
    }
    world.commands = commands;
    return true;
  },
};

const botUser = ({ id, username }: World['bot']): object => ({
  id,
  is_bot: true,
  first_name: 'Lắng Nghe',
  username,
});

const chatOf = (world: World, fields: Fields): Chat => world.chats.writable(integer(fields, 'chat_id'));

const sentBy = (world: World, chat: Chat, id: number, at: number): object => ({
  message_id: id,
  from: botUser(world.bot),
  chat: { id: chat.id, type: chat.type },
  date: Math.floor(at / 1_000),
});

function sendFile(world: World, fields: Fields, kind: 'photo' | 'document') {
  const chat = chatOf(world, fields);
  const file = world.files.taken(fields, kind);
  const words = text(fields, 'caption');
  if (words.length > CAPTION_LIMIT) throw bad('message caption is too long');
  const keyboard = keyboardOf(fields);
  world.pace.note(chat.id, Date.now());
  const attachment = kind === 'photo' ? ('image' as const) : ('document' as const);
  const { id, at } = world.chats.write(chat, { fromBot: true, text: words, keyboard, attachment });
  return { chat, id, at, file, caption: words === '' ? {} : { caption: words } };
}

function keyboardOf(fields: Fields): readonly (readonly Button[])[] {
  const markup = json(fields, 'reply_markup') as { inline_keyboard?: unknown } | undefined;
  if (markup === undefined) return [];
  const rows = markup.inline_keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw bad("can't parse inline keyboard: expected an Array of Array");
  const buttons = rows.flat() as Partial<Button>[];
  if (buttons.length > BUTTONS_LIMIT) throw bad('reply markup is too long');
  for (const button of buttons) {
    if (typeof button.text !== 'string' || button.text === '')
      throw bad("can't parse inline keyboard button: text is empty");
    if (button.callback_data === undefined)
      throw bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard");
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > DATA_LIMIT) throw bad('BUTTON_DATA_INVALID');
  }
  return rows as Button[][];
}
