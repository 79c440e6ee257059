import type { Readable } from 'node:stream';
import { FetchFault, type IncomingFile, SendFault } from '../channel.js';
import type { BotApi } from './bot-api.js';
import { filePath } from './wire.js';

/** core.telegram.org/bots/api#getfile. Bytes. */
const MOST_BYTES = 20 * 1024 * 1024;
/** Without a byte for so long the file counts as lost, milliseconds. */
const SILENCE = 15_000;

/**
 * Begins to fetch a file by the `source` of its message (Telegram's file id). The address of it holds the token and
 * lives for an hour, so it is asked for anew each time and told to nobody. @throws FetchFault
 */
export async function fetchFile(api: BotApi, source: string, signal: AbortSignal): Promise<IncomingFile> {
  const path = await api.getFile(source).then(filePath.safeParse, (error: unknown) => {
    throw faultOfFetch(error);
  });
  if (!path.success) throw new FetchFault('path_unreadable', false);
  const { status, body } = await api.download(path.data.file_path, signal).catch((error: unknown) => {
    throw faultOfFetch(error);
  });
  if (status === 200) return { bytes: counted(body) };
  body.destroy();
  // The address has run out (404) or Telegram is troubled: the next try asks for a new one.
  throw new FetchFault(`status_${status}`, true);
}

async function* counted(body: Readable): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const listen = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => body.destroy(new FetchFault('silent', true)), SILENCE);
  };
  listen();
  try {
    for await (const chunk of body) {
      listen();
      const part: Uint8Array = chunk;
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new FetchFault('too_big', false);
      yield part;
    }
  } catch (error) {
    throw error instanceof FetchFault ? error : new FetchFault('broken_off', true);
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}

/** A refusal of `getFile`: only those that are the file's own are for ever. */
function faultOfFetch(error: unknown): FetchFault {
  if (!(error instanceof SendFault)) return new FetchFault('unexpected', true);
  const code = error.code === 'file_too_big' ? 'too_big' : error.code;
  return new FetchFault(code, error.decision.kind !== 'give_up');
}
