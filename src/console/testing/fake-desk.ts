import type { CaseActor, CaseDesk, CaseFile, QueueRow } from '../../reports/case.js';
import { CaseStaysSealed } from '../../reports/member-keys.js';

/** A desk in memory, behaving as the port says; tests also play the reporter. */
export interface FakeDesk extends CaseDesk {
  readonly files: Map<string, CaseFile>;
  /** How often a case was opened. */
  readonly looks: () => number;
  onQueueChange(agencyId: string, listener: () => void): () => void;
  /** How many pages listen. */
  readonly listeners: () => number;
  reporterWrites(caseId: string, text: string, at: Date): void;
  /** From now on this case stays sealed for whoever asks. */
  sealAway(caseId: string): void;
  /** Makes the next call fail, as a lost database would. */
  breakOnce(): void;
}

export function fakeDesk(
  cases: readonly CaseFile[],
  nameOf: (staffId: string) => string,
  now: () => number,
): FakeDesk {
  const files = new Map(cases.map((file) => [file.id, file]));
  const listeners = new Set<{ agencyId: string; listener: () => void }>();
  const sent = new Set<string>();
  const sealed = new Set<string>();
  let looks = 0;
  let broken = false;

  const change = (file: CaseFile) => {
    files.set(file.id, file);
    for (const { agencyId, listener } of listeners) if (agencyId === file.agencyId) listener();
  };
  const mine = (actor: CaseActor, caseId: string) => {
    if (broken) {
      broken = false;
      throw new Error('database away');
    }
    const file = files.get(caseId);
    return file?.agencyId === actor.agencyId ? file : undefined;
  };
  const event = (actor: CaseActor, kind: CaseFile['events'][number]['kind']) => ({
    kind,
    at: new Date(now()),
    staffName: nameOf(actor.staffId),
  });
  const rowOf = (file: CaseFile): QueueRow => {
    const {
      agencyId: _a,
      basis: _b,
      outcome: _o,
      report: _r,
      messages,
      events: _e,
      contactWish: _c,
      ...row
    } = file;
    const last = messages.at(-1);
    return last ? { ...row, lastMessageAt: last.at } : row;
  };
  const take = (actor: CaseActor, file: CaseFile) =>
    change({
      ...file,
      state: 'accepted',
      takenBy: { staffId: actor.staffId, name: nameOf(actor.staffId) },
      events: [...file.events, event(actor, 'taken')],
    });

  return {
    files,
    looks: () => looks,
    listeners: () => listeners.size,
    sealAway(caseId) {
      sealed.add(caseId);
    },
    breakOnce() {
      broken = true;
    },
    onQueueChange(agencyId, listener) {
      const entry = { agencyId, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    reporterWrites(caseId, text, at) {
      const file = files.get(caseId);
      if (!file) return;
      const message = { id: `m${file.messages.length}`, from: 'reporter' as const, text, at };
      change({ ...file, unread: file.unread + 1, lastMessageAt: at, messages: [...file.messages, message] });
    },
    async queue(actor, { closed = false, limit = 50 } = {}) {
      return [...files.values()]
        .filter((file) => file.agencyId === actor.agencyId && (file.state === 'closed') === closed)
        .sort((one, other) => {
          const byUrgency = Number(other.urgency === 'urgent') - Number(one.urgency === 'urgent');
          return byUrgency || one.acceptBy.getTime() - other.acceptBy.getTime();
        })
        .slice(0, limit)
        .map(rowOf);
    },
    async open(actor, caseId) {
      const file = mine(actor, caseId);
      if (!file) return undefined;
      if (sealed.has(caseId)) throw new CaseStaysSealed([file.agencyId]);
      looks += 1;
      files.set(caseId, { ...file, unread: 0, events: [...file.events, event(actor, 'looked')] });
      return files.get(caseId);
    },
    async take(actor, caseId) {
      const file = mine(actor, caseId);
      if (!file) return { kind: 'not_found' };
      if (file.state === 'closed') return { kind: 'closed' };
      if (file.takenBy) return { kind: 'already_taken', by: file.takenBy.name };
      take(actor, file);
      return { kind: 'taken' };
    },
    async takeNext(actor) {
      const next = (await this.queue(actor)).find((row) => row.state === 'new');
      const file = next && files.get(next.id);
      if (file) take(actor, file);
      return file?.id;
    },
    async reply(actor, caseId, text, messageId) {
      const file = mine(actor, caseId);
      if (!file) return { kind: 'not_found' };
      if (file.state === 'closed') return { kind: 'closed' };
      if (file.takenBy?.staffId !== actor.staffId) return { kind: 'not_yours' };
      if (sent.has(messageId)) return { kind: 'done' };
      sent.add(messageId);
      const at = new Date(now());
      const message = { id: messageId, from: 'staff' as const, staffName: nameOf(actor.staffId), text, at };
      change({
        ...file,
        lastMessageAt: at,
        messages: [...file.messages, message],
        events: [...file.events, event(actor, 'replied')],
      });
      return { kind: 'done' };
    },
    async close(actor, caseId, outcome) {
      const file = mine(actor, caseId);
      if (!file) return { kind: 'not_found' };
      if (file.state === 'closed') return { kind: 'closed' };
      if (file.takenBy?.staffId !== actor.staffId) return { kind: 'not_yours' };
      change({ ...file, state: 'closed', outcome, events: [...file.events, event(actor, 'closed')] });
      return { kind: 'done' };
    },
  };
}
