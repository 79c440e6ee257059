import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import { type PostgresConnectionOptions, runMigrations } from 'bullmq';

/** What BullMQ's PostgreSQL backend takes as a ready pool. */
export type BullPool = PostgresConnectionOptions;

interface Result {
  rows: never[];
  rowCount: number;
}

/**
 * Lets BullMQ's PostgreSQL backend run on PGlite: the shape of a `pg.Pool` over PGlite's own calls. PGlite has one
 * session, so a "client" is the same session again; LISTEN is mapped to PGlite's own, because notifications are
 * delivered in the process. BullMQ's statements stand alone (each an implicit transaction); only its migrations open
 * one, and they run here once, before anything else uses the session.
 */
export async function pgliteBullPool(client: PGlite): Promise<BullPool> {
  const query = async (text: string, params?: readonly unknown[]): Promise<Result> => {
    // PGlite works in this thread and answers without the event loop turning: busy workers would let no socket be read or written.
    await new Promise(setImmediate);
    // Statements without parameters may hold several commands, which only `exec` takes.
    if (!params || params.length === 0) {
      const results = await client.exec(text);
      const last = results.at(-1);
      return { rows: (last?.rows ?? []) as never[], rowCount: last?.affectedRows ?? 0 };
    }
    const result = await client.query(text, [...params]);
    return { rows: result.rows as never[], rowCount: result.affectedRows ?? 0 };
  };
  const pool = new Pool(client, query);
  await client.exec('create schema if not exists bullmq');
  await runMigrations(pool.session(), 'bullmq');
  await client.exec('set search_path to bullmq, public');
  return pool as unknown as BullPool;
}

class Pool extends EventEmitter {
  constructor(
    private readonly client: PGlite,
    readonly query: (text: string, params?: readonly unknown[]) => Promise<Result>,
  ) {
    super();
    // Every queue and worker listens for errors here.
    this.setMaxListeners(0);
  }

  session(): Session {
    return new Session(this.client, this.query);
  }

  async connect(): Promise<Session> {
    return this.session();
  }

  /** The database itself is closed by its owner. */
  async end(): Promise<void> {}
}

/** A borrowed "client": forwards queries and turns LISTEN into PGlite subscriptions that end with it. */
class Session extends EventEmitter {
  private readonly unlisten: (() => Promise<void>)[] = [];

  constructor(
    private readonly client: PGlite,
    private readonly run: (text: string, params?: readonly unknown[]) => Promise<Result>,
  ) {
    super();
    this.setMaxListeners(0);
  }

  async query(text: string, params?: readonly unknown[]): Promise<Result> {
    const channel = /(?:^|\n)\s*LISTEN\s+(\w+)/i.exec(text)?.[1];
    if (channel === undefined) return this.run(text, params);
    this.unlisten.push(
      await this.client.listen(channel, (payload) => this.emit('notification', { channel, payload })),
    );
    return { rows: [], rowCount: 0 };
  }

  release(): void {
    for (const stop of this.unlisten.splice(0)) stop().catch(() => undefined);
  }
}
