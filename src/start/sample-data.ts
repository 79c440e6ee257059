import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CATEGORIES } from '../directory/directory.js';
import { hashPassphrase } from '../operations/passphrase-hash.js';
import { CASE_OUTCOMES } from '../reports/case.js';
import { CONTACT_WISHES } from '../reports/report.js';
import { ROLES, type StaffMember } from '../staff/staff.js';
import { createCaseDesk } from '../store/cases.js';
import { dispatchReport } from '../store/dispatch.js';
import { VOICES } from '../texts/texts.js';
import type { Core } from './core.js';
import type { ReadyParts } from './parts.js';

const sampleSchema = z.strictObject({
  staff: z.array(
    z.strictObject({
      name: z.string(),
      sign_in_name: z.string(),
      role: z.enum(ROLES),
      agency: z.string().optional(),
    }),
  ),
  cases: z.array(
    z.strictObject({
      category: z.enum(CATEGORIES),
      urgency: z.enum(['urgent', 'normal']),
      place: z.string().optional(),
      minutes_ago: z.number().positive(),
      voice: z.enum(VOICES),
      wish: z.enum(CONTACT_WISHES),
      words: z.string(),
      taken_by: z.string().optional(),
      reply: z.string().optional(),
      outcome: z.enum(CASE_OUTCOMES).optional(),
    }),
  ),
});
type Sample = z.infer<typeof sampleSchema>;
type SampleCase = Sample['cases'][number];

/** The database holds staff that are not of the sample: a real installation, which the sample must not touch. */
export class NotASampleDatabase extends Error {
  constructor() {
    super(
      'This database has staff of its own. The demo fills only an empty one: set DATA_DIR (or DATABASE_URL) to another.',
    );
  }
}

/** Staff who can sign in now, and with what. */
export interface SampleSignIn {
  readonly member: StaffMember;
  readonly passphrase: string;
}

/**
 * Fills an empty database with the invented staff and cases of data/demo.yaml, through the same calls that real
 * reports take. Run again it leaves the cases and only makes fresh passphrases.
 */
export async function fillWithSample(
  parts: ReadyParts,
  core: Core,
  root: string,
): Promise<readonly SampleSignIn[]> {
  const sample = sampleSchema.parse(parse(readFileSync(path.join(root, 'data/demo.yaml'), 'utf8')));
  const names = new Set(sample.staff.map((member) => member.sign_in_name));
  const present = await parts.staff.list();
  if (present.some((member) => !names.has(member.signInName))) throw new NotASampleDatabase();
  const signIns = await Promise.all(sample.staff.map((member) => addMember(parts, member)));
  if (present.length === 0) {
    const byName = new Map(signIns.map(({ member }) => [member.signInName, member]));
    for (const each of sample.cases) await addCase(parts, core, each, byName);
  }
  return signIns;
}

async function addMember(
  parts: ReadyParts,
  { name, sign_in_name, role, agency }: Sample['staff'][number],
): Promise<SampleSignIn> {
  const passphrase = Array.from({ length: 4 }, () => String(randomInt(10_000)).padStart(4, '0')).join(' ');
  const token = randomBytes(32);
  const now = new Date();
  const invitation = {
    tokenHash: createHash('sha256').update(token).digest(),
    expiresAt: new Date(now.getTime() + 60_000),
  };
  const member = {
    id: randomUUID(),
    signInName: sign_in_name,
    name,
    role,
    ...(agency === undefined ? {} : { agencyId: agency }),
  };
  if ((await parts.staff.add(member, invitation, now)) === 'name_taken') {
    const present = await parts.staff.bySignInName(sign_in_name);
    if (present) await parts.staff.renewInvitation(present.id, invitation);
  }
  const accepted = await parts.staff.acceptInvitation(
    invitation.tokenHash,
    await hashPassphrase(passphrase),
    now,
  );
  if (!accepted) throw new Error(`The sample member ${sign_in_name} is disabled.`);
  return { member: accepted, passphrase };
}

async function addCase(
  parts: ReadyParts,
  core: Core,
  sample: SampleCase,
  staff: ReadonlyMap<string, StaffMember>,
): Promise<void> {
  const { db } = parts.database;
  const at = Date.now() - sample.minutes_ago * 60_000;
  const messageId = randomUUID();
  const turn = await parts.turns.takeTurn(
    {
      channel: 'webchat',
      messageId,
      contact: parts.cipher.contactHash('sample', messageId),
      content: { kind: 'start' },
    },
    at,
    async (open) => {
      const draft = {
        category: sample.category,
        urgency: sample.urgency,
        ...(sample.place === undefined ? {} : { placeCode: sample.place }),
        words: sample.words,
        details: {},
        contactWish: sample.wish,
        voice: sample.voice,
      };
      await open.perform({ action: 'submit_report', draft }, at);
      return { talk: { format: 0, lastHeard: at }, outgoing: [], forget: false };
    },
  );
  const reportId = turn.kind === 'done' ? turn.committed.reports[0]?.id : undefined;
  if (reportId === undefined) throw new Error('A sample report was not stored.');
  const opened = await dispatchReport(
    { db, directory: core.directory, deadlines: core.deadlines, now: () => at + 1000 },
    reportId,
  );
  const taker = sample.taken_by === undefined ? undefined : staff.get(sample.taken_by);
  if (opened.kind !== 'opened' || taker?.agencyId === undefined) return;
  const actor = { staffId: taker.id, agencyId: taker.agencyId };
  const desk = createCaseDesk({
    db,
    cipher: parts.cipher,
    ports: parts.casePorts,
    now: () => at + 120_000,
    replyWindow: () => undefined,
    replies: {
      neutralNote: () => core.texts.messages.say('push.neutral_note'),
      afterCommit: () => undefined,
    },
  });
  await desk.take(actor, opened.caseId);
  if (sample.reply !== undefined) await desk.reply(actor, opened.caseId, sample.reply, randomUUID());
  if (sample.outcome !== undefined) await desk.close(actor, opened.caseId, sample.outcome);
}
