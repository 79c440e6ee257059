import type { Outgoing } from '../../src/conversation/message.js';
import type { Call, CallOutcome, Talk } from '../../src/conversation/talk.js';
import type { TurnStore } from '../../src/conversation/turn-store.js';

/** A message that waits to be sent. */
export interface Waiting {
  readonly address: string | undefined;
  readonly message: Outgoing;
}

/** A store of turns that keeps nothing longer than the process: inbox, talks and outbox as the real one has them. */
export function createMemoryStore(perform: (call: Call) => CallOutcome) {
  const inbox = new Map<string, readonly Outgoing[]>();
  const talks = new Map<string, string>();
  const outbox: Waiting[] = [];
  let forgotten = 0;
  let last: Promise<unknown> = Promise.resolve();

  const store: TurnStore = {
    // The clock that rings into a silence is no channel's affair.
    wakeTalk: async () => undefined,
    takeTurn(incoming, _now, work) {
      const turn = last.then(async () => {
        const entry = `${incoming.channel} ${incoming.messageId}`;
        const before = inbox.get(entry);
        if (before !== undefined) return { kind: 'duplicate', messages: before } as const;
        const contact = `${incoming.channel} ${incoming.contact}`;
        const kept = talks.get(contact);
        const end = await work({
          talk: kept === undefined ? undefined : (JSON.parse(kept) as Talk),
          perform: async (call) => perform(call),
          keepEvidence: async () => 'noted',
        });
        inbox.set(entry, end.outgoing);
        if (end.forget) {
          talks.delete(contact);
          forgotten += 1;
        } else talks.set(contact, JSON.stringify(end.talk));
        outbox.push(...end.outgoing.map((message) => ({ address: incoming.address, message })));
        const committed = { outbox: [], evidence: [], retractions: [], reports: [] };
        return { kind: 'done', messages: end.outgoing, committed } as const;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
  return {
    store,
    /** Takes out what waits, oldest first. */
    takeOutbox: (): Waiting[] => outbox.splice(0),
    forgotten: () => forgotten,
    turns: () => inbox.size,
  };
}
