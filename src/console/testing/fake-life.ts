import type { CaseActor } from '../../reports/case.js';
import type { CaseLife } from '../../reports/case-life.js';
import type { Referrals } from '../../reports/referrals.js';
import type { AuditAct, AuditLog } from '../../staff/audit.js';
import { lastNews } from '../turn.js';
import type { FakeDesk } from './fake-desk.js';

/** The life of the fake desk's cases as far as these tests need it; the true one is tested with the true pages in tests/service. */
export function fakeLife(desk: FakeDesk): CaseLife {
  const notFound = async () => ({ kind: 'not_found' as const });
  return {
    move: notFound,
    handOver: notFound,
    giveBack: notFound,
    handBack: notFound,
    reopen: notFound,
    note: notFound,
    colleagues: async () => [],
    looks: async () => [],
    glance: async (actor: CaseActor, caseId) => {
      const rows = [...(await desk.queue(actor)), ...(await desk.queue(actor, { closed: true }))];
      const row = rows.find(({ id }) => id === caseId);
      return row && { ...row, lastNews: lastNews(desk.files.get(caseId)?.events ?? []) };
    },
  };
}

export function fakeReferrals(): Referrals {
  const notFound = async () => ({ kind: 'not_found' as const });
  return {
    mayGet: async () => [],
    offer: notFound,
    offered: async () => [],
    see: async () => undefined,
    accept: notFound,
    reject: notFound,
    withdraw: notFound,
    end: notFound,
    shared: async () => [],
  };
}

export function fakeAudit(): AuditLog & { readonly acts: AuditAct[] } {
  const acts: AuditAct[] = [];
  return { acts, record: async (act) => void acts.push(act) };
}
