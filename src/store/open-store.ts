import type { Database } from './database.js';
import { DatabaseAway, openEmbedded, openServer } from './database.js';

export interface OpenStoreOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly log: { warn(fields: object, text: string): void };
  /** Stops the waiting for a server that does not answer. */
  readonly signal: AbortSignal;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;

/**
 * Opens the database of this installation. A server that does not answer is waited for, with growing pauses; anything
 * else that is wrong is thrown. Resolves to undefined when stopped while waiting.
 */
export async function openStore(options: OpenStoreOptions): Promise<Database | undefined> {
  const { root, dataDir, databaseUrl, log, signal } = options;
  if (databaseUrl === undefined) return openEmbedded({ root, dataDir });
  for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await openServer({ root, url: databaseUrl, log });
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      log.warn({ error, retryInMilliseconds: pause }, 'the database does not answer yet');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
  return undefined;
}
