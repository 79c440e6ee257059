import type { Seen } from '../person.js';
import { bad, Refused } from './wire.js';

const HOURS_48 = 48 * 3_600_000;

export interface Button {
  readonly text: string;
  readonly callback_data: string;
}

/** One message of a chat, whoever wrote it. */
export interface Stored {
  readonly id: number;
  readonly at: number;
  readonly fromBot: boolean;
  readonly text: string;
  readonly keyboard: readonly (readonly Button[])[];
  readonly attachment?: 'image' | 'document';
  deleted: boolean;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  /** Whether the person has ever opened the bot, or the bot is in the group. */
  open: boolean;
  standing: 'fine' | 'blocked' | 'deactivated';
  readonly messages: Stored[];
}

/** All chats of the bot, and the rules of writing to and deleting from them. */
export class Chats {
  readonly #chats = new Map<number, Chat>();
  #nextMessage = 1_000;

  constructor(readonly now: () => number) {}

  add(id: number, type: Chat['type']): Chat {
    const chat: Chat = { id, type, open: false, standing: 'fine', messages: [] };
    this.#chats.set(id, chat);
    return chat;
  }

  /** The chat a method names. @throws Refused as the Bot API does when nothing may be written there */
  writable(id: number | undefined): Chat {
    const chat = this.existing(id);
    if (chat.standing === 'blocked') throw new Refused(403, 'Forbidden: bot was blocked by the user');
    if (chat.standing === 'deactivated') throw new Refused(403, 'Forbidden: user is deactivated');
    if (!chat.open) {
      const group = 'Forbidden: bot is not a member of the chat';
      const person = "Forbidden: bot can't initiate conversation with a user";
      throw new Refused(403, chat.type === 'private' ? person : group);
    }
    return chat;
  }

  existing(id: number | undefined): Chat {
    if (id === undefined) throw bad('chat_id is empty');
    const chat = this.#chats.get(id);
    if (!chat) throw bad('chat not found');
    return chat;
  }

  write(chat: Chat, message: Omit<Stored, 'id' | 'at' | 'deleted'>): Stored {
    const stored: Stored = { ...message, id: this.#nextMessage++, at: this.now(), deleted: false };
    chat.messages.push(stored);
    return stored;
  }

  /** deleteMessage: core.telegram.org/bots/api#deletemessage */
  delete(chat: Chat, id: number): void {
    const message = chat.messages.find((candidate) => candidate.id === id && !candidate.deleted);
    if (!message) throw bad('message to delete not found');
    this.#refuseTooOld(message);
    message.deleted = true;
  }

  /** deleteMessages: unknown ones are passed over, one that is too old spoils all. */
  deleteAll(chat: Chat, ids: readonly number[]): void {
    const found = chat.messages.filter(({ id, deleted }) => ids.includes(id) && !deleted);
    for (const message of found) this.#refuseTooOld(message);
    for (const message of found) message.deleted = true;
  }

  #refuseTooOld(message: Stored): void {
    if (this.now() - message.at >= HOURS_48) throw bad("message can't be deleted for everyone");
  }
}

/** What the bot wrote and is still there. */
export const screenOf = (chat: Chat): readonly Seen[] =>
  chat.messages
    .filter(({ fromBot, deleted }) => fromBot && !deleted)
    .map(({ id, text, keyboard, attachment }) => ({
      id: String(id),
      text,
      buttons: keyboard.flat().map((button) => button.text),
      ...(attachment === undefined ? {} : { attachment }),
    }));
