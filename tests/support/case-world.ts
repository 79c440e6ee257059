import { randomBytes, randomUUID } from 'node:crypto';
import type { CommuneOffice, Directory } from '../../src/directory/directory.js';
import type { CaseActor } from '../../src/reports/case.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import { loadReferralGrounds } from '../../src/reports/referral-grounds.js';
import { createCaseLife } from '../../src/store/case-life.js';
import { type CasePorts, createCasePorts } from '../../src/store/case-ports.js';
import { createCaseDesk } from '../../src/store/cases.js';
import type { Database } from '../../src/store/database.js';
import { dispatchReport } from '../../src/store/dispatch.js';
import { createReferrals } from '../../src/store/referrals.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createTurnStore } from '../../src/store/turns.js';
import { createCrew } from './crew.js';
import { trueDirectory as directory } from './true-directory.js';

/** A morning of November in Viet Nam. */
export const NOW = Date.parse('2026-11-24T03:00:00Z');
/** A commune of data/places.json, its offices and the levels above them. */
export const PLACE = '30742';
export const [COMMITTEE, POLICE, HEALTH, PROVINCE] = [
  `ubnd-${PLACE}`,
  `ca-${PLACE}`,
  'so-y-te',
  'ubnd-tinh',
] as const;

const deadlines = loadDeadlines(process.cwd());

/** The store of cases with the true directory, a clock that is set by hand, staff and reports as they are needed. */
export function caseWorld(database: Database, changes: Partial<CasePorts> = {}) {
  const { db } = database;
  const clock = { now: NOW };
  const now = () => clock.now;
  const cipher = createServiceCipher([randomBytes(32)]);
  const ports = { ...createCasePorts(directory, deadlines), ...changes };
  const crew = createCrew(db, directory, now);
  /** Where the next report goes. */
  let lead = directory.agency(COMMITTEE);
  const routed = {
    ...directory,
    competentFor: () => ({ lead, above: [], cooperating: [], basis: 'test', steppedOver: [] }),
  } as unknown as Directory;
  const turns = createTurnStore({
    db,
    cipher,
    codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
    directory: routed,
    answersInPlace: () => true,
    onLostTalk: () => undefined,
  });
  const parts = { db, cipher, ports, directory, now };
  return {
    ...{ db, clock, cipher, directory, ports },
    desk: createCaseDesk({
      ...parts,
      replyWindow: () => undefined,
      replies: { neutralNote: () => 'Bạn có một tin mới.', afterCommit: () => undefined },
    }),
    life: createCaseLife(parts),
    referrals: createReferrals({ ...parts, grounds: loadReferralGrounds(process.cwd()) }),

    /** Somebody of an agency who has signed in once. */
    async member(
      agencyId: string,
      name = 'Chị Lan',
      role: 'handler' | 'lead' = 'handler',
    ): Promise<CaseActor> {
      const actor = await crew.member(agencyId, role, name);
      return role === 'lead' ? { ...actor, directs: true } : actor;
    },

    /** A case on the desk of this agency. */
    async newCase(agencyId: string = COMMITTEE, accusedOffice?: CommuneOffice): Promise<string> {
      let reportId = '';
      lead = directory.agency(agencyId);
      await crew.ready();
      const turn = await turns.takeTurn(
        {
          channel: 'webchat',
          messageId: randomUUID(),
          contact: cipher.contactHash('webchat', randomUUID()),
          content: { kind: 'text', text: 'x' },
        },
        clock.now,
        async (open) => {
          await open.perform(
            {
              action: 'submit_report',
              draft: {
                category: 'physical_abuse',
                urgency: 'urgent',
                placeCode: PLACE,
                words: 'lời kể riêng của em',
                details: {},
                contactWish: 'nothing',
                voice: 'teen',
                ...(accusedOffice === undefined ? {} : { accusedOffice }),
              },
            },
            clock.now,
          );
          return { talk: { format: 1, lastHeard: clock.now, heard: 0 }, outgoing: [], forget: false };
        },
      );
      if (turn.kind === 'done') reportId = turn.committed.reports[0]?.id ?? '';
      const outcome = await dispatchReport({ db, directory: routed, deadlines, now }, reportId);
      if (outcome.kind !== 'opened') throw new Error(outcome.kind);
      return outcome.caseId;
    },
  };
}

export type CaseWorld = ReturnType<typeof caseWorld>;
