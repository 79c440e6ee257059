import { randomBytes, randomUUID } from 'node:crypto';
import type { Talk } from '../../src/conversation/talk.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { loadDeadlines } from '../../src/reports/deadlines.js';
import { CaseStaysSealed, type MemberKeys, NoKey } from '../../src/reports/member-keys.js';
import type { ReportDraft } from '../../src/reports/report.js';
import { CannotOpen, type Identity } from '../../src/reports/sealing.js';
import { openAgencies } from '../../src/store/agency-keys.js';
import {
  agenciesHolding,
  grantCase,
  openCaseKey,
  openWithCase,
  revokeCase,
  sealForCase,
  shredCase,
} from '../../src/store/case-keys.js';
import { createCasePorts } from '../../src/store/case-ports.js';
import { createCaseDesk } from '../../src/store/cases.js';
import type { Database } from '../../src/store/database.js';
import { dispatchReport } from '../../src/store/dispatch.js';
import { keyStatus } from '../../src/store/key-status.js';
import { createKeyring } from '../../src/store/keyring.js';
import { ensureRecoveryKey, replaceRecoveryKey } from '../../src/store/recovery-keys.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createStaffDirectory } from '../../src/store/staff.js';
import { createTurnStore } from '../../src/store/turns.js';
import { knownRecoveryKey, sealToResponsible } from '../../src/store/use-recovery-key.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { addHandler, addMember, loseEverything, type MemberAtWork } from '../support/members.js';
import { openDatabase } from '../support/open-database.js';
import { trueDirectory as directory } from '../support/true-directory.js';
import { until } from '../support/until.js';

const cipher = createServiceCipher([randomBytes(32)]);
const deadlines = loadDeadlines(process.cwd());
const COMMUNE = 'ubnd-30742';
const ABOVE = 'so-y-te';
const WORDS = 'lời kể riêng của em';
const draft: ReportDraft = {
  category: 'physical_abuse',
  urgency: 'urgent',
  placeCode: '30742',
  words: WORDS,
  details: {},
  contactWish: 'nothing',
  voice: 'teen',
};

/** One story of an installation, from the first start on: the tests stand on one another. */
describeOnEachDatabase('keys', (make) => {
  let backend: Backend;
  let database: Database;
  const printed: Identity[] = [];
  const dispatched: string[] = [];
  let lan: MemberAtWork;
  let minh: MemberAtWork;
  let han: MemberAtWork;

  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  const now = (): number => Date.now();
  const keyring = () =>
    createKeyring({
      db: database.db,
      directory,
      now,
      dispatch: (reportId) => dispatched.push(reportId),
      onFault: (_work, error) => {
        throw error;
      },
    });
  const submit = async (changes: Partial<ReportDraft> = {}): Promise<string> => {
    const turns = createTurnStore({
      db: database.db,
      cipher,
      directory,
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      answersInPlace: () => true,
      onLostTalk: () => undefined,
    });
    const contact = cipher.contactHash('webchat', randomUUID());
    const talk: Talk = { format: 1, lastHeard: now() };
    const turn = await turns.takeTurn(
      { channel: 'webchat', messageId: randomUUID(), contact, content: { kind: 'start' } },
      now(),
      async (open) => {
        await open.perform({ action: 'submit_report', draft: { ...draft, ...changes } }, now());
        return { talk, outgoing: [], forget: false };
      },
    );
    return turn.kind === 'done' ? (turn.committed.reports[0]?.id ?? '') : '';
  };
  const dispatch = (reportId: string) =>
    dispatchReport({ db: database.db, directory, deadlines, now }, reportId);
  const openedCase = async (reportId: string): Promise<string> => {
    const outcome = await dispatch(reportId);
    if (outcome.kind !== 'opened') throw new Error(outcome.kind);
    return outcome.caseId;
  };
  const read = async (keys: MemberKeys, caseId: string): Promise<string | undefined> => {
    const replies = { neutralNote: () => '', afterCommit: () => undefined };
    const ports = createCasePorts(directory, deadlines);
    const desk = createCaseDesk({
      db: database.db,
      cipher,
      ports,
      now,
      replyWindow: () => undefined,
      replies,
    });
    const { staffId, agencyId } = keys;
    return (await desk.open({ staffId, agencyId, keys }, caseId))?.report.words;
  };
  const staff = () => createStaffDirectory(database.db);

  it('makes the recovery key once, whoever starts first, and shows it once', async () => {
    const tell = (key: Identity) => void printed.push(key);
    await Promise.all([1, 2, 3].map(() => ensureRecoveryKey(database.db, tell)));
    await ensureRecoveryKey(database.db, tell);
    expect(printed).toHaveLength(1);
  });

  it('keeps reports that come before any staff for the recovery key alone, waiting and counted', async () => {
    const [one, two, three] = [await submit(), await submit(), await submit()];
    expect(await agenciesHolding(database.db, one)).toEqual([]);
    expect(await dispatch(one)).toEqual({ kind: 'nobody_open' });
    expect((await keyStatus(database.db)).sealedAway).toBe(3);

    lan = await addHandler(database.db, keyring(), COMMUNE);
    // A key of their own does not open what came before it.
    expect((await keyring().standing(lan)).reportsWaiting).toBe(3);
    expect(await dispatch(two)).toEqual({ kind: 'nobody_open' });
    expect(await keyring().useRecoveryKey(lan, 'AGE-SECRET-KEY-PQ-1ABC')).toBe('wrong');

    // Stopped after the first report, it goes on with the others when the key is typed in again.
    const recovery = await knownRecoveryKey(database.db, (printed[0] ?? '').toLowerCase());
    if (!recovery) throw new Error('The printed key is not known.');
    let asked = 0;
    await sealToResponsible({ db: database.db, directory, dispatch: () => undefined }, recovery, () => {
      asked += 1;
      return asked > 1;
    });
    expect((await keyring().standing(lan)).reportsWaiting).toBe(2);
    const ring = keyring();
    expect(await ring.useRecoveryKey(lan, printed[0] ?? '')).toBe('begun');
    await until(async () => (await ring.standing(lan)).reportsWaiting === 0);
    await ring.close();
    expect(dispatched).toHaveLength(2);
    for (const reportId of [one, two, three]) expect(await read(lan, await openedCase(reportId))).toBe(WORDS);
  }, 60_000);

  it('lets a new colleague in only by somebody who holds the key', async () => {
    minh = await addHandler(database.db, keyring(), COMMUNE);
    const caseId = await openedCase(await submit());
    await expect(read(minh, caseId)).rejects.toThrow(CaseStaysSealed);
    expect(await keyring().standing(minh)).toMatchObject({
      held: false,
      helpers: [{ name: 'Chị Lan', agencyId: COMMUNE }],
      waiting: [],
    });
    const stranger = await addHandler(database.db, keyring(), 'ubnd-30952');
    expect(await keyring().letIn(stranger, minh.staffId)).toBe('no_key');
    expect(await keyring().letIn(minh, minh.staffId)).toBe('no_key');
    const { waiting } = await keyring().standing(lan);
    expect(waiting.map(({ id }) => id)).toEqual([minh.staffId]);
    expect(await keyring().letIn(lan, minh.staffId)).toBe('let_in');
    expect(await read(minh, caseId)).toBe(WORDS);
    expect((await keyring().standing(lan)).waiting).toEqual([]);
  }, 60_000);

  it('gives nobody without the passphrase anything', async () => {
    const caseId = await openedCase(await submit());
    await expect(read({ ...lan, identity: undefined }, caseId)).rejects.toThrow(CaseStaysSealed);
    await expect(read({ ...lan, identity: minh.identity }, caseId)).rejects.toThrow(CannotOpen);
  }, 60_000);

  it('seals to the level above as soon as it has a key, never to the accused person’s office', async () => {
    han = await addHandler(database.db, keyring(), ABOVE);
    const plain = await submit();
    expect((await agenciesHolding(database.db, plain)).sort()).toEqual([ABOVE, COMMUNE]);
    const accused = await submit({ accusedOffice: 'commune_committee' });
    expect(await agenciesHolding(database.db, accused)).toEqual([ABOVE]);
    const caseId = await openedCase(accused);
    expect(await read(han, caseId)).toBe(WORDS);
    await expect(openCaseKey(database.db, lan, accused)).rejects.toThrow(CaseStaysSealed);
  }, 60_000);

  it('lets the level above let in, once somebody of the agency made the copy for it at a sign-in', async () => {
    await keyring().arrive(lan);
    const caseId = await openedCase(await submit());
    lan = await loseEverything(database.db, lan);
    minh = await loseEverything(database.db, minh);
    // Nobody holds the commune's key: it is not open, and what comes now goes to the level above.
    expect([...(await openAgencies(database.db))]).not.toContain(COMMUNE);
    expect(await dispatch(await submit())).toMatchObject({ kind: 'opened', agencyId: ABOVE });
    await keyring().arrive(lan);
    await expect(read(lan, caseId)).rejects.toThrow(CaseStaysSealed);
    expect((await keyring().standing(lan)).helpers).toMatchObject([{ agencyId: ABOVE }]);
    expect((await keyring().standing(han)).waiting.map(({ id }) => id).sort()).toEqual(
      [lan.staffId, minh.staffId].sort(),
    );
    expect(await keyring().letIn(han, lan.staffId)).toBe('let_in');
    expect(await read(lan, caseId)).toBe(WORDS);
  }, 60_000);

  it('opens an agency again with the recovery key when nobody else can', async () => {
    const ring = keyring();
    expect(await ring.useRecoveryKey(minh, printed[0] ?? '')).toBe('begun');
    await ring.close();
    expect(await read(minh, await openedCase(await submit()))).toBe(WORDS);
  }, 60_000);

  it('takes every copy from a member who is removed; enabled again, they wait like a new one', async () => {
    const reportId = await submit();
    const caseId = await openedCase(reportId);
    await staff().setDisabled(minh.staffId, true);
    await expect(read(minh, caseId)).rejects.toThrow(CaseStaysSealed);
    expect(await keyring().letIn(lan, minh.staffId)).toBe('not_found');
    await staff().setDisabled(minh.staffId, false);
    await keyring().arrive(minh);
    await expect(read(minh, caseId)).rejects.toThrow(CaseStaysSealed);
    await keyring().letIn(lan, minh.staffId);
    expect(await read(minh, caseId)).toBe(WORDS);
  }, 60_000);

  it('changes an agency’s key: interrupted it goes on, and then nothing opens with the older one', async () => {
    const caseIds = [await openedCase(await submit()), await openedCase(await submit())];
    const removed = minh;
    await staff().setDisabled(minh.staffId, true);
    const interrupted = keyring();
    const closing = interrupted.changeAgencyKey(lan);
    await interrupted.close();
    expect(await closing).toBe('begun');
    expect(await keyring().changeAgencyKey(lan)).toBe('busy');
    // What comes in between lies under the new key at once; what lay under the older one still opens.
    const between = await submit();
    expect(await read(lan, await openedCase(between))).toBe(WORDS);
    for (const caseId of caseIds) expect(await read(lan, caseId)).toBe(WORDS);

    const ring = keyring();
    await ring.arrive(lan);
    await until(async () => (await ring.standing(lan)).moving === undefined, 30_000);
    await ring.close();
    for (const caseId of caseIds) expect(await read(lan, caseId)).toBe(WORDS);
    await expect(read(removed, caseIds[0] ?? '')).rejects.toThrow(CaseStaysSealed);
    // The level above holds the new key as well.
    await staff().setDisabled(minh.staffId, false);
    expect(await keyring().letIn(han, minh.staffId)).toBe('let_in');
    expect(await read(minh, caseIds[0] ?? '')).toBe(WORDS);
  }, 120_000);

  it('moves the keys of the agencies below when the level above changes its own', async () => {
    const ring = keyring();
    expect(await ring.changeAgencyKey(han)).toBe('begun');
    await until(async () => (await ring.standing(han)).moving === undefined, 30_000);
    await ring.close();
    minh = await loseEverything(database.db, minh);
    expect(await keyring().letIn(han, minh.staffId)).toBe('let_in');
    expect(await read(minh, await openedCase(await submit()))).toBe(WORDS);
  }, 60_000);

  it('goes on with a new recovery key for what comes after; the older one opens what was before', async () => {
    await replaceRecoveryKey(database.db, (key) => void printed.push(key));
    await keyring().arrive(lan);
    lan = await loseEverything(database.db, lan);
    minh = await loseEverything(database.db, minh);
    const ring = keyring();
    await ring.useRecoveryKey(lan, printed[1] ?? '');
    await ring.close();
    expect(await read(lan, await openedCase(await submit()))).toBe(WORDS);
    expect(await keyStatus(database.db)).toMatchObject({
      earlierRecoveryKeys: 1,
      sealedAway: 0,
      agencies: expect.arrayContaining([
        expect.objectContaining({ agencyId: COMMUNE, members: 1, above: true, recovery: true }),
      ]),
    });
  }, 60_000);

  it('gives a case to another agency and takes it back, with what was noted in it', async () => {
    const { db } = database;
    const police = await addHandler(db, keyring(), 'ca-30742');
    const reportId = await submit();
    const note = await sealForCase(db, reportId, 'ghi chú nội bộ');
    await expect(openCaseKey(db, police, reportId)).rejects.toThrow(CaseStaysSealed);
    await expect(grantCase(db, police, reportId, 'ca-30742')).rejects.toThrow(CaseStaysSealed);
    await expect(grantCase(db, lan, reportId, 'so-noi-vu')).rejects.toThrow(NoKey);
    await grantCase(db, lan, reportId, 'ca-30742');
    expect(await openWithCase(note, await openCaseKey(db, police, reportId))).toBe('ghi chú nội bộ');
    await revokeCase(db, reportId, 'ca-30742');
    await expect(openCaseKey(db, police, reportId)).rejects.toThrow(CaseStaysSealed);
    expect(await openWithCase(note, await openCaseKey(db, lan, reportId))).toBe('ghi chú nội bộ');
  }, 60_000);

  it('makes a case unreadable for everybody, the recovery key too', async () => {
    const reportId = await submit();
    await shredCase(database.db, reportId);
    await expect(openCaseKey(database.db, lan, reportId)).rejects.toThrow(CaseStaysSealed);
    await expect(openCaseKey(database.db, han, reportId)).rejects.toThrow(CaseStaysSealed);
    const recovery = await knownRecoveryKey(database.db, printed[1] ?? '');
    if (!recovery) throw new Error('The printed key is not known.');
    const parts = { db: database.db, directory, dispatch: () => undefined };
    await sealToResponsible(parts, recovery, () => false);
    expect(await agenciesHolding(database.db, reportId)).toEqual([]);
  }, 60_000);

  it('lets a member with no agency of theirs in nowhere', async () => {
    const content = await addMember(database.db, { agencyId: COMMUNE, role: 'content' });
    expect(await keyring().letIn(lan, content.staffId)).toBe('not_found');
  });
});
