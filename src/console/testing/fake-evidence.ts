import type { CaseActor } from '../../reports/case.js';
import { type EvidenceAbove, mayAgreeFromAbove } from '../../reports/evidence/above.js';
import type { EvidenceDesk, Look } from '../../reports/evidence/desk.js';
import type { EvidenceFact } from '../../reports/evidence/fact.js';
import { AGREE_WITHIN, OPEN_FOR } from '../../reports/evidence/rules.js';
import { CALM_ID, NOW, testDirectory } from './people.js';
import { testFiles } from './test-files.js';

const OWNER = 'ubnd-30730';

/** A desk for files in memory, behaving as the port says. All files belong to the calm case. */
export function fakeEvidence(nameOf: (staffId: string) => string, now: () => number) {
  const files = new Map(testFiles(NOW).map((each) => [each.id, each]));
  const looks: (Look & { fileId: string; words: string })[] = [];
  const locked = new Set<string>();
  /** Agencies kept out of the case. */
  const excluded = new Set<string>();
  const isAbove = (agencyId: string) => mayAgreeFromAbove(testDirectory, excluded, OWNER, agencyId);
  const find = (actor: CaseActor, caseId: string, fileId: string): EvidenceFact | undefined =>
    caseId === CALM_ID && actor.agencyId === OWNER ? files.get(fileId) : undefined;
  const mine = (actor: CaseActor, fileId: string, aim: string, state: string): boolean =>
    looks.some(
      (look) =>
        look.fileId === fileId &&
        look.aim === aim &&
        look.state === state &&
        look.by.staffId === actor.staffId &&
        look.until.getTime() > now(),
    );
  const content = (file: EvidenceFact, copy: string) => ({
    kind: 'bytes' as const,
    type: copy === 'original' || file.showing === 'sound' ? (file.type ?? '') : 'image/jpeg',
    bytes: Buffer.from(`${copy} of ${file.media}`),
    caseNumber: '26-0041',
  });
  const desk: EvidenceDesk = {
    async file(actor, caseId, fileId) {
      const found = find(actor, caseId, fileId);
      const seen = looks.filter((look) => look.state === 'open' || look.until.getTime() > now()).reverse();
      return (
        found && { fact: found, caseNumber: '26-0041', looks: seen.filter((look) => look.fileId === fileId) }
      );
    },
    async preview(actor, caseId, fileId) {
      const found = find(actor, caseId, fileId);
      if (!found?.hasPreview) return { kind: 'not_found' };
      return locked.has(actor.staffId) ? { kind: 'locked' } : content(found, 'preview');
    },
    async ask(actor, caseId, fileId, aim, reason) {
      const found = find(actor, caseId, fileId);
      if (!found) return { kind: 'not_found' };
      const state = found.quarantined ? 'asked' : 'open';
      if (found.quarantined && mine(actor, fileId, aim, 'open')) return { kind: 'open' };
      looks.push({
        id: `30000000-0000-4000-8000-00000000000${looks.length}`,
        fileId,
        aim,
        reason: reason.code,
        words: reason.words,
        at: new Date(now()),
        by: { staffId: actor.staffId, name: nameOf(actor.staffId) },
        until: new Date(now() + (found.quarantined ? AGREE_WITHIN : OPEN_FOR)),
        state,
      });
      return { kind: state };
    },
    reasonWords: async (_actor, _caseId, lookId) => looks.find(({ id }) => id === lookId)?.words,
    async agree(actor, caseId, lookId) {
      const at = looks.findIndex(({ id }) => id === lookId);
      const look = looks[at];
      if (!look || !find(actor, caseId, look.fileId)) return { kind: 'not_found' };
      if (look.state === 'open' || look.until.getTime() <= now()) return { kind: 'too_late' };
      if (look.by.staffId === actor.staffId) return { kind: 'own' };
      const until = new Date(now() + OPEN_FOR);
      looks[at] = { ...look, state: 'open', agreedBy: nameOf(actor.staffId), until };
      return { kind: 'agreed' };
    },
    async open(actor, caseId, fileId, aim) {
      const found = find(actor, caseId, fileId);
      if (!found) return { kind: 'not_found' };
      if (!mine(actor, fileId, aim, 'open')) return { kind: 'not_open' };
      return locked.has(actor.staffId) ? { kind: 'locked' } : content(found, aim);
    },
    async quarantine(actor, caseId, fileId) {
      const found = find(actor, caseId, fileId);
      if (found) files.set(fileId, { ...found, quarantined: true, hasPreview: false });
      return found !== undefined;
    },
  };
  const waiting = (actor: CaseActor) =>
    isAbove(actor.agencyId)
      ? looks.filter(({ state, until }) => state === 'asked' && until.getTime() > now())
      : [];
  const above: EvidenceAbove = {
    count: async (actor) => waiting(actor).length,
    asks: async (actor) =>
      waiting(actor).map((look) => ({
        lookId: look.id,
        agencyId: OWNER,
        caseNumber: '26-0041',
        fileNumber: [...files.keys()].indexOf(look.fileId) + 1,
        askedBy: look.by.name,
        aim: look.aim,
        reason: look.reason,
        ...(locked.has(actor.staffId) ? {} : { words: look.words }),
        until: look.until,
      })),
    async agree(actor, lookId) {
      if (!isAbove(actor.agencyId)) return { kind: 'not_found' };
      const outcome = await desk.agree({ ...actor, agencyId: OWNER }, CALM_ID, lookId);
      const at = looks.findIndex(({ id }) => id === lookId);
      const look = looks[at];
      if (look && outcome.kind === 'agreed') looks[at] = { ...look, agreedFrom: actor.agencyId };
      return outcome;
    },
    secondFrom: async ({ agencyId }) => {
      const parent = testDirectory.agency(agencyId)?.parent;
      return agencyId === OWNER && parent !== undefined && isAbove(parent) ? parent : undefined;
    },
  };
  return { desk, above, locked, excluded, facts: () => [...files.values()] };
}
