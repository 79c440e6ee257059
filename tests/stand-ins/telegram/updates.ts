import { type Fields, integer, json, Refused } from './wire.js';

/** core.telegram.org/bots/api#getupdates; the impatient rules are those of Client.cpp process_get_updates_query. The longest poll is a guess. */
const LONGEST_POLL = 50;
const IMPATIENT_POLL = 3;
const IMPATIENT_PAGE_MS = 500;
const IMPATIENT_POLL_MS = 3_000;

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

interface Waiting {
  readonly offset: number;
  readonly limit: number;
  answer(updates: readonly Update[]): void;
  refuse(cause: Refused): void;
}

/** The queue of what the bot has not confirmed, and polling it. */
export class Updates {
  readonly pending: Update[] = [];
  /** Everything that was ever made, for replays. */
  readonly all: Update[] = [];
  nextId = 500_000_001;
  #allowed: readonly string[] = [];
  #poll: Waiting | undefined;
  /** Put back between two polls: the next one confirms what came before it, not these. */
  readonly #again: Update[] = [];
  #last = { offset: -1, at: 0 };
  readonly #onShown = new Map<number, () => void>();

  /** Adds an update; `shown` resolves when a poll has fetched it. Kinds the bot did not ask for are never made. */
  add(kind: string, body: object): { readonly update: Update; readonly shown: Promise<void> } | undefined {
    if (this.#allowed.length > 0 && !this.#allowed.includes(kind)) return undefined;
    const update: Update = { update_id: this.nextId++, [kind]: body };
    this.pending.push(update);
    this.all.push(update);
    const shown = new Promise<void>((resolve) => this.#onShown.set(update.update_id, resolve));
    this.#wake();
    return { update, shown };
  }

  allow(fields: Fields): void {
    const allowed = json(fields, 'allowed_updates');
    if (Array.isArray(allowed)) this.#allowed = allowed.map(String);
  }

  get allowed(): readonly string[] {
    return this.#allowed;
  }

  /** getUpdates: lower ones are confirmed and forgotten, a second poll ends the first. */
  async get(fields: Fields): Promise<readonly Update[]> {
    this.allow(fields);
    const offset = integer(fields, 'offset') ?? 0;
    let limit = Math.min(100, Math.max(1, integer(fields, 'limit') ?? 100));
    let timeout = Math.min(LONGEST_POLL, Math.max(0, integer(fields, 'timeout') ?? 0));
    const since = Date.now() - this.#last.at;
    if (offset === this.#last.offset && since < IMPATIENT_POLL_MS)
      timeout = Math.max(timeout, IMPATIENT_POLL);
    if (offset === this.#last.offset && since < IMPATIENT_PAGE_MS) limit = 1;
    this.#last = { offset, at: Date.now() };
    this.#confirm(offset);
    this.pending.unshift(...this.#again.splice(0));
    if (this.pending.length > 0 || timeout === 0) return this.#show(limit);
    this.end('terminated by other getUpdates request; make sure that only one bot instance is running');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(() => resolve([])), timeout * 1_000).unref();
      const finish = (then: () => void): void => {
        clearTimeout(timer);
        if (this.#poll === waiting) this.#poll = undefined;
        then();
      };
      const waiting: Waiting = {
        offset,
        limit,
        answer: (updates) => finish(() => resolve(updates)),
        refuse: (cause) => finish(() => reject(cause)),
      };
      this.#poll = waiting;
    });
  }

  /** Ends the poll that waits, if any, with a conflict. */
  end(cause: string): void {
    this.#poll?.refuse(new Refused(409, `Conflict: ${cause}`));
  }

  drop(update: Update): void {
    const at = this.pending.indexOf(update);
    if (at >= 0) this.pending.splice(at, 1);
  }

  /** Puts updates that were confirmed before back into the queue, as they were. */
  putBack(updates: readonly Update[]): void {
    this.#last = { offset: -1, at: 0 };
    if (!this.#poll) this.#again.push(...updates);
    else {
      this.pending.unshift(...updates);
      this.#wake();
    }
  }

  #confirm(offset: number): void {
    if (offset < 0) this.pending.splice(0, Math.max(0, this.pending.length + offset));
    // An offset out of the queue's range is taken as "from the first on" (Client.cpp do_get_updates); how far is out of range is our guess.
    const newest = this.all.at(-1)?.update_id ?? 0;
    if (offset > newest + 10) return;
    for (const update of [...this.pending]) if (update.update_id < offset) this.drop(update);
  }

  #show(limit: number): readonly Update[] {
    const page = this.pending.slice(0, limit);
    for (const { update_id } of page) this.#onShown.get(update_id)?.();
    return page;
  }

  #wake(): void {
    const poll = this.#poll;
    // What came together is shown together.
    if (poll)
      setTimeout(
        () => this.pending.length > 0 && this.#poll === poll && poll.answer(this.#show(poll.limit)),
        5,
      );
  }
}
