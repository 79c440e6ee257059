import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CATEGORIES } from '../directory/directory.js';
import { hashPassphrase, verifyPassphrase } from '../operations/passphrase-hash.js';
import { CASE_OUTCOMES } from '../reports/case.js';
import { makeMemberKey, openMemberIdentity } from '../reports/keys.js';
import type { MemberKeys } from '../reports/member-keys.js';
import { CONTACT_WISHES } from '../reports/report.js';
import type { Identity } from '../reports/sealing.js';
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

interface SampleMember extends SampleSignIn {
  readonly identity: Identity;
}

/**
 * Fills an empty database with the invented staff and cases of data/demo.yaml, through the same calls that real
 * reports take. Run again it leaves everything as it is.
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
  await tendKeys(parts, signIns);
  if (present.length === 0) {
    const byName = new Map(signIns.map((each) => [each.member.signInName, each]));
    for (const each of sample.cases) await addCase(parts, core, each, byName);
  }
  return signIns;
}

/**
 * The member with a passphrase that stays the same over restarts: nobody could open the sample's cases again with a new one. Somebody
 * who changed theirs keeps it only until the next start.
 */
async function addMember(
  parts: ReadyParts,
  { name, sign_in_name, role, agency }: Sample['staff'][number],
): Promise<SampleMember> {
  const passphrase = passphraseOf(parts, sign_in_name);
  const present = await parts.staff.bySignInName(sign_in_name);
  const key = present && (await parts.staff.keyOf(present.id));
  if (present && key && (await verifyPassphrase(present.passphraseHash ?? '', passphrase)))
    return {
      member: present,
      passphrase,
      identity: await openMemberIdentity(key.sealedIdentity, passphrase),
    };
  const made = await makeMemberKey(passphrase);
  const chosen = { passphraseHash: await hashPassphrase(passphrase), key: made.key };
  const now = new Date();
  const invitation = { tokenHash: randomBytes(32), expiresAt: new Date(now.getTime() + 60_000) };
  const member = {
    id: randomUUID(),
    signInName: sign_in_name,
    name,
    role,
    ...(agency === undefined ? {} : { agencyId: agency }),
  };
  if (present) await parts.staff.renewInvitation(present.id, invitation);
  else await parts.staff.add(member, invitation, now);
  const accepted = await parts.staff.acceptInvitation(invitation.tokenHash, chosen, now);
  if (!accepted) throw new Error(`The sample member ${sign_in_name} is disabled.`);
  return { member: accepted, passphrase, identity: made.identity };
}

/** Four groups of four digits, made of the service key, so that it is of this installation only. */
function passphraseOf({ cipher }: ReadyParts, signInName: string): string {
  const bytes = cipher.derivedKey(`sample passphrase ${signInName}`);
  return [0, 4, 8, 12].map((at) => String(bytes.readUInt32BE(at) % 10_000).padStart(4, '0')).join(' ');
}

/** Each comes to work: the first of an agency makes its key, and whoever waits is let in by somebody who holds it. */
async function tendKeys({ keyring }: ReadyParts, members: readonly SampleMember[]): Promise<void> {
  const all = members.flatMap(({ member: { id, agencyId }, identity }): MemberKeys[] =>
    agencyId === undefined ? [] : [{ staffId: id, agencyId, identity }],
  );
  for (const keys of all) await keyring.arrive(keys);
  for (const keys of all) {
    const { waiting } = await keyring.standing(keys);
    for (const { id } of waiting) await keyring.letIn(keys, id);
  }
}

async function addCase(
  parts: ReadyParts,
  core: Core,
  sample: SampleCase,
  staff: ReadonlyMap<string, SampleMember>,
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
  if (opened.kind !== 'opened' || taker?.member.agencyId === undefined) return;
  const who = { staffId: taker.member.id, agencyId: taker.member.agencyId };
  const actor = { ...who, keys: { ...who, identity: taker.identity } };
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
