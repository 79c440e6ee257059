import { pause } from './pauses.js';
import type { Receiver } from './receive.js';
import { laneOf } from './wire.js';

type Update = Readonly<Record<string, unknown>> & { readonly update_id: number };

/** Held in memory at most; beyond, Telegram keeps what it has and shows nothing new. */
const MOST_HELD = 5_000;

/** Which updates Telegram has shown and which of them are stored. */
export interface Pending {
  /** What to ask for next: the first that is not stored. Undefined before anything came. */
  readonly offset: number | undefined;
  /** Whether something is not stored yet. */
  readonly waiting: boolean;
  /** Whether so much waits that the oldest had to be confirmed and lives in memory only. */
  readonly overflowing: boolean;
  /** Takes a page of updates and tries again what waits. Resolves when each has had its try, or after `patience`. */
  take(shown: readonly Update[]): Promise<void>;
  /** Resolves when nothing is being tried any more. */
  settled(): Promise<void>;
}

/**
 * Order and patience of polling. Within one chat updates are taken one after the other, chats do not wait for each
 * other. When one could not be stored, the later ones of its chat are tried once all the same: the screen for danger sits
 * in the try, and a card comes before order. After that they wait until the first is stored.
 *
 * Telegram shows `page` updates from the offset on and no more. When that many wait, a new cry would not be seen at
 * all; then the offset moves past them and they are held here. Their senders have been told to write again; a process
 * that dies in the middle of this loses them, which is an alarm and still better than not hearing the next child.
 */
export function createPending(
  receive: Receiver,
  page: number,
  patience: number,
  signal: AbortSignal,
): Pending {
  /** Not stored, by id in order of arrival. */
  const waiting = new Map<number, Update>();
  const tried = new Set<number>();
  /** Stored while an earlier one still waits, so Telegram shows them again. */
  const stored = new Set<number>();
  const busy = new Map<string, Promise<void>>();
  let highest: number | undefined;
  const overflowing = (): boolean => waiting.size >= page && waiting.size < MOST_HELD;
  const offset = (): number | undefined => {
    if (highest === undefined) return undefined;
    const [first] = waiting.keys();
    return first === undefined || overflowing() ? highest + 1 : Math.min(first, highest + 1);
  };

  function note(shown: readonly Update[]): void {
    const before = highest;
    const ids = shown.map(({ update_id }) => update_id);
    // After a quiet week Telegram may begin anew with lower numbers (core.telegram.org/bots/api#update).
    const anew = ids.some(
      (id) => before !== undefined && id <= before && !waiting.has(id) && !stored.has(id),
    );
    if (anew) stored.clear();
    for (const update of [...shown].sort((a, b) => a.update_id - b.update_id)) {
      if (!stored.has(update.update_id)) waiting.set(update.update_id, update);
    }
    highest = ids.length === 0 ? before : Math.max(...ids, ...(anew || before === undefined ? [] : [before]));
  }

  async function takeLane(lane: readonly Update[]): Promise<void> {
    let behind = false;
    for (const update of lane) {
      const id = update.update_id;
      if (signal.aborted) return;
      if (behind && tried.has(id)) continue;
      tried.add(id);
      if ((await receive(update)) === 'not_stored') {
        behind = true;
      } else {
        waiting.delete(id);
        tried.delete(id);
        stored.add(id);
      }
    }
  }

  return {
    get offset() {
      return offset();
    },
    get waiting() {
      return waiting.size > 0;
    },
    get overflowing() {
      return overflowing();
    },
    async take(shown) {
      note(shown);
      for (const [lane, updates] of lanesOf(waiting.values())) {
        if (!busy.has(lane))
          busy.set(
            lane,
            takeLane(updates).finally(() => busy.delete(lane)),
          );
      }
      const enough = new AbortController();
      await Promise.race([Promise.all(busy.values()), pause(patience, enough.signal)]);
      enough.abort();
      const from = offset() ?? 0;
      for (const id of stored) if (id < from) stored.delete(id);
    },
    async settled() {
      await Promise.all(busy.values());
    },
  };
}

function lanesOf(updates: Iterable<Update>): Map<string, Update[]> {
  const lanes = new Map<string, Update[]>();
  for (const update of updates) {
    const name = laneOf(update);
    lanes.set(name, [...(lanes.get(name) ?? []), update]);
  }
  return lanes;
}
