import type { CaseEventKind } from '../../reports/case.js';
import type { CaseHold, CaseHolds } from '../../reports/case-hold.js';
import type { CaseRelations, CaseSurroundings, RelatedCase } from '../../reports/case-relations.js';
import type { HandOverSheets } from '../../reports/hand-over.js';
import type { UndecidedReport, UndecidedReports } from '../../reports/undecided.js';
import type { FakeDesk } from './fake-desk.js';

/** What lies around cases, in memory: tests put suggestions and undecided reports in and read what was said of them. */
export function fakeCaseWork(desk: FakeDesk, nameOf: (staffId: string) => string, now: () => number) {
  const around = new Map<string, CaseSurroundings>();
  const pairs: (readonly [RelatedCase, RelatedCase])[] = [];
  const said: { pair: readonly [string, string]; same: boolean }[] = [];
  const undecidedReports: UndecidedReport[] = [];
  const given: { reportId: string; agencyId: string; staffId: string }[] = [];
  const set = new Map<string, CaseHold>();
  const own = (agencyId: string, caseId: string) => {
    const file = desk.files.get(caseId);
    return file?.agencyId === agencyId ? file : undefined;
  };
  const note = (caseId: string, kind: CaseEventKind, staffId: string) => {
    const file = desk.files.get(caseId);
    if (!file) return;
    const event = { kind, at: new Date(now()), staffName: nameOf(staffId) };
    desk.files.set(caseId, { ...file, events: [...file.events, event] });
  };

  const relations: CaseRelations = {
    around: async (actor, caseId) =>
      own(actor.agencyId, caseId) &&
      (around.get(caseId) ?? { cooperating: ['ubnd-30760'], above: 'so-y-te', linked: [], likely: [] }),
    pairs: async () => pairs,
    decide: async (actor, pair, same) => {
      if (!own(actor.agencyId, pair[0])) return 'not_found';
      said.push({ pair, same });
      return 'done';
    },
  };
  const holds: CaseHolds = {
    of: async (actor, caseId) => {
      const hold = set.get(caseId);
      return own(actor.agencyId, caseId) && (hold ? { hold } : {});
    },
    set: async (actor, caseId, reason) => {
      if (!own(actor.agencyId, caseId)) return false;
      set.set(caseId, { reason, setAt: new Date(now()), setByName: nameOf(actor.staffId) });
      return true;
    },
    lift: async (actor, caseId) => {
      if (!own(actor.agencyId, caseId)) return false;
      set.delete(caseId);
      return true;
    },
  };
  const sheets: HandOverSheets = {
    made: async (actor, caseId) => {
      if (!own(actor.agencyId, caseId)) return false;
      note(caseId, 'sheet_made', actor.staffId);
      return true;
    },
  };
  const undecided: UndecidedReports = {
    list: async () => undecidedReports,
    decide: async (staffId, reportId, agencyId) => {
      const report = undecidedReports.find((one) => one.reportId === reportId);
      if (!report) return 'gone';
      if (!report.candidates.includes(agencyId)) return 'not_possible';
      given.push({ reportId, agencyId, staffId });
      return 'done';
    },
  };
  return { relations, holds, sheets, undecided, around, pairList: pairs, said, undecidedReports, given };
}
