import { sql } from 'drizzle-orm';
import type { Database, Db } from './database.js';

/**
 * What changed, told to every process through the database's NOTIFY: the topic is an agency's id or a contact's keyed
 * hash, never content. Sent inside a transaction it arrives with the commit, and not at all after a rollback.
 */
const CHANNEL = 'lang_nghe_news';

export const publishQueueChange = (tx: Db, agencyId: string): Promise<unknown> =>
  publish(tx, `queue:${agencyId}`);
export const publishContactNews = (tx: Db, contact: string): Promise<unknown> =>
  publish(tx, `contact:${contact}`);

const publish = (tx: Db, topic: string): Promise<unknown> =>
  tx.execute(sql`select pg_notify(${CHANNEL}, ${topic})`);

type Listener = () => void;

/** Subscriptions of this process; one LISTEN serves all of them. */
export interface News {
  /** Returns how to stop. */
  onQueueChange(agencyId: string, listener: Listener): () => void;
  onContactNews(contact: string, listener: Listener): () => void;
}

export async function subscribeToNews(database: Database): Promise<News> {
  const listeners = new Map<string, Set<Listener>>();
  await database.listen(CHANNEL, (topic) => {
    for (const listener of listeners.get(topic) ?? []) listener();
  });
  const on = (topic: string, listener: Listener): (() => void) => {
    const set = listeners.get(topic) ?? new Set();
    listeners.set(topic, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic);
    };
  };
  return {
    onQueueChange: (agencyId, listener) => on(`queue:${agencyId}`, listener),
    onContactNews: (contact, listener) => on(`contact:${contact}`, listener),
  };
}
