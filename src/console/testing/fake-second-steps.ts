import { pauseAfter, type SecondStepNote, type SecondSteps } from '../../staff/second-step.js';

interface Row {
  secret?: string | undefined;
  offer?: string | undefined;
  lastStep?: number | undefined;
  tries: number;
  pausedUntil?: Date | undefined;
  resetAt?: Date;
  codes: Set<string>;
}

/** Second steps in memory, behaving as the port says; `reset` is what an invitation does. */
export function fakeSecondSteps(): SecondSteps & { reset(staffId: string, now: Date): void } {
  const rows = new Map<string, Row>();
  const rowOf = (staffId: string): Row => {
    const row = rows.get(staffId) ?? { tries: 0, codes: new Set<string>() };
    rows.set(staffId, row);
    return row;
  };
  const right = (row: Row) => Object.assign(row, { tries: 0, pausedUntil: undefined });
  return {
    async of(staffId) {
      const { secret, lastStep, codes } = rowOf(staffId);
      return {
        codesLeft: codes.size,
        ...(secret !== undefined && { secret }),
        ...(lastStep !== undefined && { lastStep }),
      };
    },
    async notes() {
      const noteOf = ({ secret, resetAt }: Row): SecondStepNote => ({
        isSet: secret !== undefined,
        resetWaits: false,
        ...(resetAt && { resetAt }),
      });
      return new Map([...rows].map(([id, row]) => [id, noteOf(row)]));
    },
    async offer(staffId, secret) {
      rowOf(staffId).offer = secret;
    },
    offered: async (staffId) => rowOf(staffId).offer,
    async confirmOffer(staffId, step) {
      const row = rowOf(staffId);
      if (row.offer === undefined) return false;
      Object.assign(right(row), { secret: row.offer, offer: undefined, lastStep: step });
      return true;
    },
    async countTry(staffId, now) {
      const row = rowOf(staffId);
      if (row.pausedUntil && row.pausedUntil > now) return { allowed: false, until: row.pausedUntil };
      row.tries += 1;
      const pause = pauseAfter(row.tries);
      row.pausedUntil = pause === 0 ? undefined : new Date(now.getTime() + pause);
      return { allowed: true };
    },
    async useStep(staffId, step) {
      const row = rowOf(staffId);
      if (row.lastStep !== undefined && row.lastStep >= step) return false;
      Object.assign(right(row), { lastStep: step });
      return true;
    },
    async useCode(staffId, code) {
      const row = rowOf(staffId);
      if (!row.codes.delete(code)) return false;
      right(row);
      return true;
    },
    async replaceCodes(staffId, codes) {
      rowOf(staffId).codes = new Set(codes);
    },
    reset(staffId, now) {
      rows.set(staffId, { tries: 0, codes: new Set(), resetAt: now });
    },
  };
}
