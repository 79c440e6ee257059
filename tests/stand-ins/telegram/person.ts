import { randomInt } from 'node:crypto';
import type { Person, Seen, SentFile } from '../person.js';
import { type Chat, type Stored, screenOf } from './chats.js';
import type { World } from './methods.js';

/** Makes an update of the person's deed and resolves when the service has answered for it. */
export type Tell = (kind: string, body: object) => Promise<void>;

const FOLDERS = { photo: 'photos', voice: 'voice', video: 'videos', document: 'documents' } as const;
const ENDINGS = { photo: 'jpg', voice: 'oga', video: 'mp4', document: 'pdf' } as const;

/** A person with Telegram on their phone. Their names are canaries: the service must never keep them. */
export class TelegramPerson implements Person {
  readonly chat: Chat;
  #presses = 0;

  constructor(
    readonly world: World,
    readonly tell: Tell,
    readonly number: number,
  ) {
    this.chat = world.chats.add(number, 'private');
  }

  get id(): string {
    return String(this.number);
  }

  get user(): object {
    return {
      id: this.number,
      is_bot: false,
      first_name: `Tên${this.number}`,
      last_name: `Họ${this.number}`,
      username: `nguoi_${this.number}`,
      language_code: 'vi',
    };
  }

  get screen(): readonly Seen[] {
    return screenOf(this.chat);
  }

  /** What the person wrote and is still in the chat. */
  get own(): readonly Stored[] {
    return this.chat.messages.filter(({ fromBot, deleted }) => !fromBot && !deleted);
  }

  start = (parameter?: string): Promise<void> =>
    this.write(parameter === undefined ? '/start' : `/start ${parameter}`);

  write = (text: string): Promise<void> => this.send({ text }, text);

  /** Any message, e.g. `{dice: {emoji: '🎲', value: 3}}`. */
  send(content: object, text = ''): Promise<void> {
    this.chat.open = true;
    const { id, at } = this.world.chats.write(this.chat, { fromBot: false, text, keyboard: [] });
    return this.tell('message', { ...this.#head(id, at), ...content });
  }

  /** New words for the last message the person wrote. */
  edit(text: string): Promise<void> {
    const last = this.own.at(-1);
    if (!last) throw new Error('There is nothing to edit.');
    const edit_date = Math.floor(this.world.chats.now() / 1_000);
    return this.tell('edited_message', { ...this.#head(last.id, last.at), edit_date, text });
  }

  async press(label: string): Promise<void> {
    for (const message of [...this.chat.messages].reverse()) {
      const button = message.keyboard.flat().find(({ text }) => text === label);
      if (button && !message.deleted && message.fromBot) return this.pressData(button.callback_data, message);
    }
    throw new Error(`No button "${label}" is on the screen.`);
  }

  /** A button as a forged or very old message might carry it. */
  pressData(data: string, message?: Stored): Promise<void> {
    this.#presses += 1;
    const id = `${this.number}${this.#presses}${randomInt(1_000_000)}`;
    this.world.presses.set(id, Date.now());
    const gone = { message_id: 1, date: 0, chat: this.#wireChat };
    return this.tell('callback_query', {
      id,
      from: this.user,
      chat_instance: '1',
      data,
      message: message === undefined ? gone : { ...this.#head(message.id, message.at), text: message.text },
    });
  }

  sendFile({ kind, bytes, name, caption }: SentFile): Promise<void> {
    const stored = this.world.files.add(FOLDERS[kind], ENDINGS[kind], bytes);
    const file = { file_id: stored.id, file_unique_id: 'u', file_size: bytes.length };
    const thumbnail = this.world.files.add('thumbnails', 'jpg', Buffer.from('small'));
    const small = { file_id: thumbnail.id, file_unique_id: 't', file_size: 5, width: 90, height: 60 };
    const content = {
      photo: { photo: [small, { ...file, width: 900, height: 600 }] },
      voice: { voice: { ...file, duration: 3, mime_type: 'audio/ogg' } },
      video: { video: { ...file, width: 1, height: 1, duration: 3 } },
      document: { document: { ...file, file_name: name ?? 'tep.pdf' } },
    }[kind];
    return this.send({ ...content, ...(caption === undefined ? {} : { caption }) });
  }

  sendLocation = (latitude: number, longitude: number): Promise<void> =>
    this.send({ location: { latitude, longitude } });

  sendSticker = (): Promise<void> =>
    this.send({ sticker: { file_id: 's', file_unique_id: 's', type: 'regular', width: 1, height: 1 } });

  sendContact = (): Promise<void> =>
    this.send({ contact: { phone_number: '+84900000000', first_name: 'Bạn', user_id: this.number } });

  leave(): Promise<void> {
    this.chat.standing = 'blocked';
    return this.#standing('member', 'kicked');
  }

  comeBack(): Promise<void> {
    this.chat.standing = 'fine';
    return this.#standing('kicked', 'member');
  }

  #standing(before: string, after: string): Promise<void> {
    const bot = { id: this.world.bot.id, is_bot: true, first_name: 'Lắng Nghe' };
    return this.tell('my_chat_member', {
      chat: this.#wireChat,
      from: this.user,
      date: Math.floor(this.world.chats.now() / 1_000),
      old_chat_member: { user: bot, status: before },
      new_chat_member: { user: bot, status: after },
    });
  }

  get #wireChat(): object {
    return { ...this.user, type: 'private' };
  }

  #head(id: number, at: number): object {
    return { message_id: id, from: this.user, chat: this.#wireChat, date: Math.floor(at / 1_000) };
  }
}

/** A group, supergroup or channel with the bot in it or not. */
export class TelegramGroup {
  readonly chat: Chat;

  constructor(
    readonly world: World,
    readonly tell: Tell,
    number: number,
    type: 'group' | 'supergroup' | 'channel',
  ) {
    this.chat = world.chats.add(number, type);
  }

  get screen(): readonly Seen[] {
    return screenOf(this.chat);
  }

  addBot(by: TelegramPerson): Promise<void> {
    this.chat.open = true;
    const bot = { id: this.world.bot.id, is_bot: true, first_name: 'Lắng Nghe' };
    return this.tell('my_chat_member', {
      chat: this.#wireChat,
      from: by.user,
      date: Math.floor(this.world.chats.now() / 1_000),
      old_chat_member: { user: bot, status: 'left' },
      new_chat_member: { user: bot, status: this.chat.type === 'channel' ? 'administrator' : 'member' },
    });
  }

  say(by: TelegramPerson, text: string): Promise<void> {
    const { id, at } = this.world.chats.write(this.chat, { fromBot: false, text, keyboard: [] });
    const date = Math.floor(at / 1_000);
    return this.tell('message', { message_id: id, from: by.user, chat: this.#wireChat, date, text });
  }

  get #wireChat(): object {
    return { id: this.chat.id, type: this.chat.type, title: 'Nhóm phụ huynh' };
  }
}
