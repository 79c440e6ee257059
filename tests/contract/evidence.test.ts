import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import sharp from 'sharp';
import type { MediaKind } from '../../src/conversation/message.js';
import type { Category } from '../../src/directory/directory.js';
import { cleanImage } from '../../src/evidence-files/clean-image.js';
import type { CaseActor } from '../../src/reports/case.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { AGREE_WITHIN, EVIDENCE_LIMITS, OPEN_FOR } from '../../src/reports/evidence/rules.js';
import { type Identity, openText } from '../../src/reports/sealing.js';
import { readEvents } from '../../src/store/case-rows.js';
import { createContacts } from '../../src/store/contacts.js';
import type { Database } from '../../src/store/database.js';
import { ERASED } from '../../src/store/erase-case.js';
import { createEvidenceStore } from '../../src/store/evidence.js';
import { createEvidenceDesk } from '../../src/store/evidence-desk.js';
import { readEvidence } from '../../src/store/evidence-facts.js';
import { purge } from '../../src/store/purge.js';
import { ensureRecoveryKey } from '../../src/store/recovery-keys.js';
import { resealUnderCurrentKey } from '../../src/store/rotation.js';
import { caseKeyCopies, cases, evidence, evidenceParts, fileKeys, staff } from '../../src/store/schema.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createTurnStore } from '../../src/store/turns.js';
import { describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';
import { PLANTED, phonePhoto } from '../support/picture-files.js';
import { GOOD_FILES } from '../support/small-files.js';
import { trueDirectory } from '../support/true-directory.js';

const serviceKey = randomBytes(32);
const cipher = createServiceCipher([serviceKey]);
const START = Date.parse('2026-11-24T07:30:00Z');
const REASON = { code: 'assess', words: 'xem vết thương để đánh giá' } as const;

describeOnEachDatabase('files that people send', (make) => {
  let database: Database;
  let drop: () => Promise<void>;
  let recovery: Identity;
  let [hoa, tam, binh]: CaseActor[] = [];
  const clock = { now: START };
  /** Whose keys are not open in their session. */
  const lockedOut = new Set<string>();

  beforeAll(async () => {
    const backend = await make();
    drop = backend.drop;
    database = await openDatabase(backend);
    await ensureRecoveryKey(database.db, (key) => {
      recovery = key;
    });
    [hoa, tam, binh] = await Promise.all([member('ubnd-1'), member('ubnd-1'), member('ubnd-2')]);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await drop();
  });
  beforeEach(() => {
    clock.now = START;
    lockedOut.clear();
  });

  /** Opened with the recovery key: agencies and their keys have a test of their own. */
  const caseIdentity = async (reportId: string): Promise<Identity> => {
    const [copy] = await database.db.select().from(caseKeyCopies).where(eq(caseKeyCopies.reportId, reportId));
    return (await openText(copy?.sealedIdentity ?? new Uint8Array(), [recovery])) as Identity;
  };

  const member = async (agencyId: string): Promise<CaseActor> => {
    const id = randomUUID();
    await database.db.insert(staff).values({
      id,
      signInName: id,
      name: `người ${id.slice(0, 4)}`,
      role: 'handler',
      agencyId,
      createdAt: new Date(),
    });
    return { staffId: id, agencyId };
  };
  const actor = (who: CaseActor | undefined): CaseActor => {
    if (!who) throw new Error('not made');
    return who;
  };
  const turns = () =>
    createTurnStore({
      db: database.db,
      cipher,
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      directory: trueDirectory,
      answersInPlace: () => false,
      onLostTalk: () => undefined,
    });
  const store = () => createEvidenceStore(database.db, cipher, () => clock.now);
  const desk = () =>
    createEvidenceDesk({
      db: database.db,
      cipher,
      now: () => clock.now,
      opener: {
        identityOf: async ({ staffId }, reportId) =>
          lockedOut.has(staffId) ? undefined : caseIdentity(reportId),
      },
    });
  type Work = Parameters<ReturnType<typeof turns>['takeTurn']>[2];
  const turn = (contact: string, work: (open: Parameters<Work>[0]) => Promise<unknown>, forget = false) =>
    turns().takeTurn(
      {
        channel: 'telegram',
        messageId: randomUUID(),
        contact: cipher.contactHash('telegram', contact),
        address: contact,
        content: { kind: 'text', text: 'x' },
      },
      clock.now,
      async (open) => {
        await work(open);
        return { talk: { format: 1, lastHeard: clock.now }, outgoing: [], forget };
      },
    );
  const note = async (contact: string, media: MediaKind = 'photo', count = 1) => {
    const ids: string[] = [];
    const answers: string[] = [];
    await turn(contact, async (open) => {
      for (let each = 0; each < count; each += 1) {
        const id = randomUUID();
        const answer = await open.keepEvidence(id, { media, source: 'there' }, clock.now);
        answers.push(answer);
        if (answer === 'noted') ids.push(id);
      }
    });
    return { ids, answers };
  };
  /** As the fetch job does when the bytes have come. */
  const fetched = async (id: string, type: string, bytes: Buffer, media: MediaKind) => {
    const cleaned = await cleanImage(type, bytes);
    return store().keep(id, {
      media,
      type,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      metadata: [],
      original: bytes,
      ...(cleaned.kind === 'cleaned' ? { copies: cleaned } : {}),
    });
  };
  const report = async (contact: string, category: Category, ids: readonly string[], sensitive = false) => {
    const stored = await turn(contact, (open) =>
      open.perform(
        {
          action: 'submit_report',
          draft: {
            category,
            urgency: 'normal',
            details: {},
            contactWish: 'replies',
            voice: 'teen',
            evidence: ids,
            ...(sensitive ? { sensitiveFiles: true } : {}),
          },
        },
        clock.now,
      ),
    );
    const reportId = stored.kind === 'done' ? (stored.committed.reports[0]?.id ?? '') : '';
    const caseId = randomUUID();
    await database.db.insert(cases).values({
      id: caseId,
      number: caseId.slice(0, 7),
      reportId,
      agencyId: 'ubnd-1',
      basis: '',
      category,
      urgency: 'normal',
      state: 'new',
      openedAt: new Date(clock.now),
      acceptBy: new Date(clock.now),
    });
    return { reportId, caseId };
  };
  /** A case with one photo of a phone in it. */
  const photoCase = async (category: Category) => {
    const contact = randomUUID();
    const { ids } = await note(contact);
    const [id = ''] = ids;
    const original = await phonePhoto();
    await fetched(id, 'image/jpeg', original, 'photo');
    return { ...(await report(contact, category, ids)), id, original, contact };
  };
  const facts = async (reportId: string) => readEvidence(database.db, reportId, new Date(clock.now));
  const eventsOf = async (caseId: string) => (await readEvents(database.db, caseId)).map(({ kind }) => kind);
  const rowsUnder = async (id: string): Promise<number> => {
    return database.db.$count(evidenceParts, eq(evidenceParts.evidenceId, id));
  };

  it('are sealed to the case when the report takes them: neither database nor service key opens them', async () => {
    const { id, reportId, caseId, original } = await photoCase('physical_abuse');
    const parts = (await database.db.select().from(evidenceParts)).filter((part) => part.evidenceId === id);
    expect(new Set(parts.map(({ copy }) => copy))).toEqual(new Set(['original', 'clean', 'preview']));
    for (const { sealedBytes } of parts) {
      expect(Buffer.from(sealedBytes).includes(original.subarray(0, 64))).toBe(false);
      for (const words of PLANTED) expect(Buffer.from(sealedBytes).includes(words)).toBe(false);
    }
    const [key] = (await database.db.select().from(fileKeys)).filter((each) => each.reportId === reportId);
    expect(key).toMatchObject({ talkId: null, sealedIdentity: null });
    expect(
      await openText(key?.caseSealedIdentity ?? new Uint8Array(), [await caseIdentity(reportId)]),
    ).toMatch(/^AGE-/);
    lockedOut.add(actor(hoa).staffId);
    expect(await desk().preview(actor(hoa), caseId, id)).toEqual({ kind: 'locked' });
  });

  it('are opened by the agency of the case alone, with a reason, for ten minutes, each opening an event', async () => {
    const { id, caseId, reportId, original } = await photoCase('physical_abuse');
    const sha256 = createHash('sha256').update(original).digest('hex');
    expect(await facts(reportId)).toMatchObject([
      { id, type: 'image/jpeg', sha256, bytes: original.length, showing: 'picture', hasPreview: true },
    ]);
    expect(await desk().preview(actor(hoa), caseId, id)).toMatchObject({ kind: 'bytes', type: 'image/jpeg' });
    expect(await desk().open(actor(hoa), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
    expect(await desk().ask(actor(hoa), caseId, id, 'copy', REASON)).toEqual({ kind: 'open' });
    const opened = await desk().open(actor(hoa), caseId, id, 'copy');
    if (opened.kind !== 'bytes') throw new Error(opened.kind);
    expect(await sharp(opened.bytes).metadata()).toMatchObject({ width: 200, height: 300 });
    expect(opened.bytes.includes(PLANTED[0])).toBe(false);
    // The colleague has given no reason, and mine was not for the original.
    expect(await desk().open(actor(tam), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
    expect(await desk().open(actor(hoa), caseId, id, 'original')).toEqual({ kind: 'not_open' });
    expect(await desk().ask(actor(tam), caseId, id, 'original', REASON)).toEqual({ kind: 'open' });
    expect(await desk().open(actor(tam), caseId, id, 'original')).toMatchObject({ bytes: original });
    clock.now += OPEN_FOR;
    expect(await desk().open(actor(hoa), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
    expect(await eventsOf(caseId)).toEqual(['evidence_opened', 'evidence_original']);
    const file = await desk().file(actor(hoa), caseId, id);
    expect(file?.looks.map(({ aim, reason }) => `${aim} ${reason}`)).toEqual([
      'original assess',
      'copy assess',
    ]);
    expect(await desk().reasonWords(actor(tam), caseId, file?.looks[0]?.id ?? '')).toBe(REASON.words);
  });

  it('do not exist for another agency, nor under another case', async () => {
    const mine = await photoCase('physical_abuse');
    const other = await photoCase('physical_abuse');
    for (const [who, caseId] of [
      [actor(binh), mine.caseId],
      [actor(hoa), other.caseId],
    ] as const) {
      expect(await desk().file(who, caseId, mine.id)).toBeUndefined();
      expect(await desk().preview(who, caseId, mine.id)).toEqual({ kind: 'not_found' });
      expect(await desk().ask(who, caseId, mine.id, 'copy', REASON)).toEqual({ kind: 'not_found' });
      expect(await desk().open(who, caseId, mine.id, 'copy')).toEqual({ kind: 'not_found' });
      expect(await desk().quarantine(who, caseId, mine.id)).toBe(false);
    }
    expect(await eventsOf(mine.caseId)).toEqual([]);
  });

  it.each(['sexual_abuse', 'online_harm'] as const)(
    'that may show the abuse of a child (%s) have no preview, and open only to two people of the agency',
    async (category) => {
      const { id, caseId, reportId } = await photoCase(category);
      const [fact] = await facts(reportId);
      expect(fact).toMatchObject({ quarantined: true, hasPreview: false });
      const kept = (await database.db.select().from(evidenceParts)).filter((part) => part.evidenceId === id);
      expect(kept.map(({ copy }) => copy)).not.toContain('preview');
      expect(await desk().preview(actor(hoa), caseId, id)).toEqual({ kind: 'not_found' });
      expect(await desk().ask(actor(hoa), caseId, id, 'copy', REASON)).toEqual({ kind: 'asked' });
      expect(await desk().ask(actor(hoa), caseId, id, 'copy', REASON)).toEqual({ kind: 'asked' });
      expect(await desk().open(actor(hoa), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
      const look = (await desk().file(actor(tam), caseId, id))?.looks ?? [];
      expect(look).toHaveLength(1);
      const lookId = look[0]?.id ?? '';
      expect(await desk().reasonWords(actor(tam), caseId, lookId)).toBe(REASON.words);
      expect(await desk().agree(actor(hoa), caseId, lookId)).toEqual({ kind: 'own' });
      expect(await desk().agree(actor(binh), caseId, lookId)).toEqual({ kind: 'not_found' });
      expect(await desk().agree(actor(tam), caseId, lookId)).toEqual({ kind: 'agreed' });
      expect(await desk().agree(actor(tam), caseId, lookId)).toEqual({ kind: 'too_late' });
      expect(await desk().open(actor(hoa), caseId, id, 'copy')).toMatchObject({ kind: 'bytes' });
      // Whoever agreed has not opened it thereby.
      expect(await desk().open(actor(tam), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
      expect(await eventsOf(caseId)).toEqual(['evidence_asked', 'evidence_agreed', 'evidence_opened']);
      const [done] = (await desk().file(actor(hoa), caseId, id))?.looks ?? [];
      expect(done).toMatchObject({ state: 'open', by: { staffId: actor(hoa).staffId } });
      expect(done?.agreedBy).toMatch(/^người/);
    },
  );

  it('that nobody agreed to in time stay shut', async () => {
    const { id, caseId } = await photoCase('sexual_abuse');
    await desk().ask(actor(hoa), caseId, id, 'copy', REASON);
    const lookId = (await desk().file(actor(tam), caseId, id))?.looks[0]?.id ?? '';
    clock.now += AGREE_WITHIN;
    expect(await desk().agree(actor(tam), caseId, lookId)).toEqual({ kind: 'too_late' });
    expect((await desk().file(actor(tam), caseId, id))?.looks).toEqual([]);
    expect(await desk().open(actor(hoa), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
  });

  it('can be shut away by anybody of the agency at once, and let out by two', async () => {
    const { id, caseId, reportId } = await photoCase('physical_abuse');
    await desk().ask(actor(hoa), caseId, id, 'copy', REASON);
    expect(await desk().ask(actor(hoa), caseId, id, 'release', REASON)).toEqual({ kind: 'not_found' });
    expect(await desk().quarantine(actor(tam), caseId, id)).toBe(true);
    expect(await desk().open(actor(hoa), caseId, id, 'copy')).toEqual({ kind: 'not_open' });
    expect(await desk().preview(actor(hoa), caseId, id)).toEqual({ kind: 'not_found' });
    expect(await desk().ask(actor(tam), caseId, id, 'release', REASON)).toEqual({ kind: 'asked' });
    expect((await facts(reportId))[0]).toMatchObject({ quarantined: true });
    const [look] =
      (await desk().file(actor(hoa), caseId, id))?.looks.filter((each) => each.aim === 'release') ?? [];
    expect(await desk().agree(actor(hoa), caseId, look?.id ?? '')).toEqual({ kind: 'agreed' });
    expect((await facts(reportId))[0]).toMatchObject({ quarantined: false, hasPreview: false });
    expect(await eventsOf(caseId)).toEqual([
      'evidence_opened',
      'evidence_quarantined',
      'evidence_asked',
      'evidence_agreed',
      'evidence_released',
    ]);
  });

  it('are shut away also when they are fetched after the report, or turn out to be pictures', async () => {
    const contact = randomUUID();
    const { ids } = await note(contact, 'document', 2);
    const { reportId } = await report(contact, 'sexual_abuse', ids);
    const [picture = '', letter = ''] = ids;
    await fetched(picture, 'image/jpeg', await phonePhoto(), 'photo');
    await fetched(letter, 'application/pdf', GOOD_FILES['application/pdf'], 'document');
    const found = new Map((await facts(reportId)).map((fact) => [fact.id, fact]));
    expect(found.get(picture)).toMatchObject({ quarantined: true, hasPreview: false });
    expect(found.get(letter)).toMatchObject({ quarantined: false, showing: 'nothing' });
  });

  it('are shut away when the reporter says so, whatever the report is about; a voice is not', async () => {
    const contact = randomUUID();
    const [photo, voice] = [await note(contact), await note(contact, 'voice')];
    const { reportId } = await report(contact, 'physical_abuse', [...photo.ids, ...voice.ids], true);
    await fetched(voice.ids[0] ?? '', 'audio/ogg', GOOD_FILES['audio/ogg'], 'voice');
    expect((await facts(reportId)).map(({ media, quarantined }) => `${media} ${quarantined}`).sort()).toEqual(
      ['photo true', 'voice false'],
    );
  });

  it('of sound are heard as they came', async () => {
    const contact = randomUUID();
    const { ids } = await note(contact, 'voice');
    await fetched(ids[0] ?? '', 'audio/ogg', GOOD_FILES['audio/ogg'], 'voice');
    const { caseId } = await report(contact, 'neglect', ids);
    await desk().ask(actor(hoa), caseId, ids[0] ?? '', 'copy', REASON);
    expect(await desk().open(actor(hoa), caseId, ids[0] ?? '', 'copy')).toMatchObject({
      type: 'audio/ogg',
      bytes: GOOD_FILES['audio/ogg'],
    });
  });

  it('are counted: a talk holds so many, a case so many, and no more bytes than it may', async () => {
    const contact = randomUUID();
    const { answers, ids } = await note(contact, 'photo', EVIDENCE_LIMITS.talk.files + 2);
    expect(answers.slice(-3)).toEqual(['noted', 'too_many', 'too_many']);
    const { reportId } = await report(contact, 'neglect', ids);
    // With the report the talk is empty again.
    expect((await note(contact)).answers).toEqual(['noted']);
    await database.db.execute(
      sql`update ${evidence} set bytes = ${EVIDENCE_LIMITS.case.bytes - 10}, state = 'kept' where ${evidence.id} = ${ids[1] ?? ''}`,
    );
    expect(await fetched(ids[0] ?? '', 'image/jpeg', await phonePhoto(), 'photo')).toBe('too_much');
    expect(await store().refuse(ids[0] ?? '', 'too_much', () => 'kind words')).toBeDefined();
    expect((await facts(reportId)).find(({ id }) => id === ids[0])?.state).toBe('refused');
  });

  it('that a case has no room for are left out, and the reporter is told', async () => {
    const contact = randomUUID();
    const { reportId } = await report(contact, 'neglect', []);
    let mailbox = '';
    await database.db
      .execute(sql`select id from lang_nghe.mailboxes where report_id = ${reportId}`)
      .then((found) => {
        mailbox = (found as unknown as { rows: { id: string }[] }).rows[0]?.id ?? '';
      });
    const write = async (evidenceIds: readonly string[]) => {
      let outcome: unknown;
      await turn(contact, async (open) => {
        outcome = await open.perform(
          { action: 'write_to_case', mailbox, text: 'thêm', evidence: evidenceIds },
          clock.now,
        );
      });
      return outcome;
    };
    for (let full = 0; full < EVIDENCE_LIMITS.case.files; full += EVIDENCE_LIMITS.talk.files) {
      const { ids } = await note(contact, 'photo', EVIDENCE_LIMITS.talk.files);
      expect(await write(ids)).toEqual({ action: 'write_to_case', result: 'ok' });
    }
    const { ids } = await note(contact, 'photo', 2);
    expect(await write(ids)).toMatchObject({ result: 'ok', filesLeftOut: 2 });
    expect(await facts(reportId)).toHaveLength(EVIDENCE_LIMITS.case.files);
  });

  it('of two reports of one person have two keys', async () => {
    const contact = randomUUID();
    const first = await report(contact, 'neglect', (await note(contact)).ids);
    const second = await report(contact, 'neglect', (await note(contact)).ids);
    const keys = (await database.db.select().from(fileKeys)).filter(({ reportId }) =>
      [first.reportId, second.reportId].includes(reportId ?? ''),
    );
    expect(new Set(keys.map(({ recipient }) => recipient)).size).toBe(2);
  });

  it('are gone, with their keys, when the person forgets, when time has passed, when the report is deleted', async () => {
    const forgets = randomUUID();
    const [forgotten = ''] = (await note(forgets)).ids;
    await fetched(forgotten, 'image/jpeg', await phonePhoto(), 'photo');
    expect(await rowsUnder(forgotten)).toBe(3);
    await createContacts(database.db).forget('telegram', cipher.contactHash('telegram', forgets));
    expect(await rowsUnder(forgotten)).toBe(0);

    const waits = randomUUID();
    const [loose = ''] = (await note(waits)).ids;
    await fetched(loose, 'image/jpeg', await phonePhoto(), 'photo');
    const { id, reportId, caseId } = await photoCase('physical_abuse');
    await desk().ask(actor(hoa), caseId, id, 'copy', REASON);
    clock.now += 25 * 3_600_000;
    await purge(database.db, new Date(clock.now));
    await purge(database.db, new Date(clock.now));
    expect(await rowsUnder(loose)).toBe(0);
    const left = await database.db.select().from(fileKeys);
    expect(left.filter(({ talkId }) => talkId !== null)).toEqual([]);
    // What a report holds stays, also when the talk is gone.
    expect(await rowsUnder(id)).toBe(3);

    // As retention does: the case itself stays, as a stub without its report.
    await database.db.transaction(async (tx) => {
      for (const { erase } of ERASED) await erase(tx, { reportId, caseId });
    });
    expect(await rowsUnder(id)).toBe(0);
    expect((await database.db.select().from(fileKeys)).some((key) => key.reportId === reportId)).toBe(false);
  });

  it('that version 0.2 kept under the service key are opened too, and move under a new one', async () => {
    const { reportId, caseId } = await report(randomUUID(), 'neglect', []);
    const id = randomUUID();
    const file = Buffer.from('GIF89a old');
    await database.db.insert(evidence).values({
      id,
      reportId,
      channel: 'telegram',
      media: 'photo',
      state: 'kept',
      type: 'image/gif',
      bytes: file.length,
      receivedAt: new Date(clock.now),
    });
    await database.db
      .insert(evidenceParts)
      .values({ evidenceId: id, part: 0, sealedBytes: cipher.sealBytes(`evidence:${id}:0`, file) });
    // One file of today stands beside it and is left alone.
    const today = await photoCase('neglect');
    const [waiting = ''] = (await note(randomUUID())).ids;
    const newer = createServiceCipher([randomBytes(32), serviceKey]);
    const moved = await resealUnderCurrentKey(database.db, newer);
    expect(moved.left).toBe(0);
    const desk = createEvidenceDesk({
      db: database.db,
      cipher: createServiceCipher([serviceKey]),
      now: () => clock.now,
      opener: { identityOf: (_actor, reportId) => caseIdentity(reportId) },
    });
    const renewed = createEvidenceDesk({
      db: database.db,
      cipher: newer,
      now: () => clock.now,
      opener: { identityOf: (_actor, reportId) => caseIdentity(reportId) },
    });
    await desk.ask(actor(tam), caseId, id, 'original', REASON);
    await expect(desk.open(actor(tam), caseId, id, 'original')).rejects.toThrow(/SERVICE_KEY/);
    expect(await renewed.open(actor(tam), caseId, id, 'original')).toMatchObject({ bytes: file });
    expect(await renewed.preview(actor(tam), today.caseId, today.id)).toMatchObject({ kind: 'bytes' });
    expect(await createEvidenceStore(database.db, newer, () => clock.now).waiting(waiting)).toBeDefined();
  });
});
