import type { ChannelNotes, Leases } from '../../push-channel.js';
import { LeaseNotFree } from '../../push-channel.js';

/** Notes in memory, as several processes share them. `broken` makes them fail like a database that is away. */
export class MemoryNotes implements ChannelNotes {
  readonly values = new Map<string, string>();
  readonly writes: string[] = [];
  broken: 'read' | 'write' | undefined;

  async read(name: string): Promise<string | undefined> {
    if (this.broken === 'read') throw new Error('The database is away.');
    return this.values.get(name);
  }

  async write(name: string, value: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (this.broken !== undefined) throw new Error('The database is away.');
    this.writes.push(name);
    this.values.set(name, value);
  }
}

/** Leases in memory, as several processes share them. */
export class MemoryLeases implements Leases {
  private readonly tails = new Map<string, Promise<unknown>>();
  /** How often somebody held each. */
  readonly held: string[] = [];
  busy = false;

  async alone<T>(name: string, _times: object, work: () => Promise<T>): Promise<T> {
    if (this.busy) throw new LeaseNotFree();
    const before = this.tails.get(name) ?? Promise.resolve();
    const mine = before.then(() => {
      this.held.push(name);
      return work();
    });
    this.tails.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  }

  lead(): { stop(): Promise<void> } {
    throw new Error('The Zalo channel leads nothing.');
  }
}
