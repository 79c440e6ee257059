import { randomBytes, randomUUID } from 'node:crypto';
import type { Call, CallOutcome } from '../../src/conversation/talk.js';
import type { Directory } from '../../src/directory/directory.js';
import type { CaseActor, CaseDesk } from '../../src/reports/case.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import type { ReportDraft } from '../../src/reports/report.js';
import type { Role } from '../../src/staff/staff.js';
import { createCasePorts } from '../../src/store/case-ports.js';
import { createCaseDesk } from '../../src/store/cases.js';
import type { Database } from '../../src/store/database.js';
import { type DispatchOutcome, dispatchReport } from '../../src/store/dispatch.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createTurnStore } from '../../src/store/turns.js';
import { createCrew } from './crew.js';
import { trueDirectory as directory } from './true-directory.js';

const RACH_GIA = '30742';

/** A store with the true places and agencies, and a clock that a test moves: staff, reports and their cases in a line each. */
export function createStoredCases(database: Database, start: number) {
  const { db } = database;
  const clock = { now: start };
  const now = (): number => clock.now;
  const cipher = createServiceCipher([randomBytes(32)]);
  const deadlines = loadDeadlines(process.cwd());
  const turns = createTurnStore({
    db,
    cipher,
    codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
    directory,
    answersInPlace: () => true,
    onLostTalk: () => undefined,
  });
  const desk: CaseDesk = createCaseDesk({
    db,
    cipher,
    ports: createCasePorts(directory, deadlines),
    now,
    replyWindow: () => undefined,
    replies: { neutralNote: () => 'Bạn có một tin mới.', afterCommit: () => undefined },
  });

  const crew = createCrew(db, directory, now);
  const perform = async (contact: string, call: Call) => {
    let outcome: CallOutcome | undefined;
    await crew.ready();
    const turn = await turns.takeTurn(
      {
        channel: 'webchat',
        messageId: randomUUID(),
        contact: cipher.contactHash('webchat', contact),
        content: { kind: 'text', text: 'x' },
      },
      clock.now,
      async (open) => {
        outcome = await open.perform(call, clock.now);
        return { talk: { format: 1, lastHeard: clock.now }, outgoing: [], forget: false };
      },
    );
    return { outcome, reports: turn.kind === 'done' ? turn.committed.reports : [] };
  };

  return {
    db,
    clock,
    directory,
    deadlines,
    desk,
    perform,
    /** Somebody who works with cases. */
    member: (agencyId: string, role: Role = 'handler', name = 'Chị Lan'): Promise<CaseActor> =>
      crew.member(agencyId, role, name),
    /** A report through a turn; resolves with its id and its code. */
    async submit(more: Partial<ReportDraft> = {}, contact: string = randomUUID()) {
      const draft: ReportDraft = {
        category: 'physical_abuse',
        urgency: 'normal',
        placeCode: RACH_GIA,
        words: 'lời kể riêng của em',
        details: {},
        contactWish: 'nothing',
        voice: 'teen',
        ...more,
      };
      const { outcome, reports } = await perform(contact, { action: 'submit_report', draft });
      if (outcome?.action !== 'submit_report') throw new Error('not submitted');
      return { reportId: reports[0]?.id ?? '', code: outcome.code };
    },
    dispatch: (reportId: string, changed: Partial<Directory> = {}): Promise<DispatchOutcome> =>
      dispatchReport({ db, directory: { ...directory, ...changed }, deadlines, now }, reportId),
    /** A report on its desk; resolves with the ids. */
    async openCase(more: Partial<ReportDraft> = {}, contact?: string) {
      const { reportId, code } = await this.submit(more, contact);
      const outcome = await this.dispatch(reportId);
      if (outcome.kind !== 'opened') throw new Error(outcome.kind);
      return { reportId, code, caseId: outcome.caseId, agencyId: outcome.agencyId };
    },
  };
}

export type StoredCases = ReturnType<typeof createStoredCases>;
