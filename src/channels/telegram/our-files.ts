import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Attachment } from '../../conversation/message.js';
import { SendFault } from '../channel.js';
import type { TelegramParts } from './parts.js';
import { sent } from './wire.js';

/** core.telegram.org/bots/api#sendphoto, caption */
const CAPTION_LIMIT = 1_024;

/** The file cannot be sent; its words are to be sent instead. */
export class FileNotSent extends Error {
  readonly code = 'file_not_sent';
}

/**
 * Sends files of ours. Each is uploaded once: Telegram's id of it is kept in the notes under the bot and the hash of the
 * content, so that a new picture under an old name, or another bot, gets an upload of its own.
 */
export function createOurFiles({ deps, api }: Pick<TelegramParts, 'deps' | 'api'>) {
  const send = async (chat: number, { kind, alt }: Attachment, what: string | Upload): Promise<unknown> => {
    const extra = alt === '' ? {} : { caption: alt.slice(0, CAPTION_LIMIT) };
    return kind === 'image' ? api.sendPhoto(chat, what, extra) : api.sendDocument(chat, what, extra);
  };

  /**
   * Resolves with the id of the message.
   * @throws FileNotSent when only the file is the trouble, else SendFault
   */
  return async (chat: number, attachment: Attachment): Promise<string> => {
    const content = await readFile(path.join(deps.attachmentsFolder, path.basename(attachment.file))).catch(
      () => undefined,
    );
    if (content === undefined) {
      deps.log.error({ code: 'file_missing' }, 'a file that goes with a message is not there');
      throw new FileNotSent();
    }
    const note = `file ${api.botId} ${createHash('sha256').update(content).digest('hex')}`;
    // Notes rest on the database; the card goes out without it.
    const known = await deps.notes.read(note).catch(() => undefined);
    if (known !== undefined) {
      try {
        return sent(await send(chat, attachment, known)).receipt;
      } catch (error) {
        if (!isAboutFile(error)) throw error;
      }
    }
    const upload = { source: content, filename: path.basename(attachment.file) };
    const message = await send(chat, attachment, upload).catch((error: unknown) => {
      if (!isAboutFile(error)) throw error;
      deps.log.error({ error }, 'Telegram refuses a file of ours');
      throw new FileNotSent();
    });
    const { receipt, fileId } = sent(message);
    if (fileId !== undefined)
      await deps.notes
        .write(note, fileId)
        .catch((error: unknown) => deps.log.warn({ error }, 'an upload is not noted; it will be done again'));
    return receipt;
  };
}

interface Upload {
  readonly source: Buffer;
  readonly filename: string;
}

const isAboutFile = (error: unknown): boolean => error instanceof SendFault && error.code.startsWith('file_');
