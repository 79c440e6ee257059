/**
 * Deleting really deletes: words, ids and encrypted bytes of one case are planted over true HTTP, the case is closed, the clock
 * goes 91 days on, and every table (and, embedded, every data file) is searched for them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { loadRetention } from '../../src/reports/retention.js';
import { type Database, openEmbedded, openServer } from '../../src/store/database.js';
import { eraseCase } from '../../src/store/erase-case.js';
import { purge } from '../../src/store/purge.js';
import { casesDueForErasure } from '../../src/store/retention.js';
import {
  caseMessages,
  cases,
  evidence,
  evidenceParts,
  mailboxes,
  outbox,
  reports,
  talks,
} from '../../src/store/schema.js';
import { type Backend, describeOnEachBackend } from '../support/backends.js';
import { ChatClient, textOf } from '../support/chat-client.js';
import { startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember } from '../support/staff.js';
import { until } from '../support/until.js';

const WORDS = ['vọng-canh-tím-7731', 'hồi-âm-lam-9920'] as const;
const DAYS = 91;

describeOnEachBackend('a case after its time', (make) => {
  let backend: Backend;
  /** Closed also when something was found. */
  let stopped: Database | undefined;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-'));
  const key = randomBytes(32).toString('base64');

  beforeAll(async () => {
    backend = await make();
  });
  afterAll(async () => {
    await stopped?.close();
    await backend.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = () =>
    startProgram({
      dataDir,
      env: {
        SERVICE_KEY: key,
        ...(backend.databaseUrl === undefined ? {} : { DATABASE_URL: backend.databaseUrl }),
        ...(backend.redisUrl === undefined ? {} : { REDIS_URL: backend.redisUrl }),
      },
    });
  const open = (): Promise<Database> =>
    backend.databaseUrl === undefined
      ? openEmbedded({ root: process.cwd(), dataDir })
      : openServer({ root: process.cwd(), url: backend.databaseUrl, log: { warn: () => undefined } });

  it('is nowhere any more, and its code opens nothing', async () => {
    const code = await liveThroughACase();

    const database = await open();
    stopped = database;
    await addFile(database);
    const traces = await tracesOf(database);
    const before = await everything(database);
    // They were there, so that not finding them means something; the words themselves never were.
    for (const [what, trace] of traces) expect([what, before.includes(trace)]).toEqual([what, true]);
    for (const word of WORDS) expect(before).not.toContain(word);

    const at = Date.now() + DAYS * 86_400_000;
    const parts = { db: database.db, rules: loadRetention(process.cwd()), now: () => at };
    await purge(database.db, new Date(at));
    const due = await casesDueForErasure(parts);
    expect(due).toHaveLength(1);
    for (const caseId of due) expect(await eraseCase(parts, caseId)).toBe('erased');
    const after = await everything(database);
    for (const [what, trace] of traces) expect([what, after.includes(trace)]).toEqual([what, false]);

    if (database.kind === 'embedded') {
      // What PostgreSQL can do: rewrite the tables. The log of changes (pg_wal) keeps old pages until it comes round.
      for (const name of await tables(database)) await database.db.execute(sql.raw(`vacuum full ${name}`));
      await database.db.execute(sql`checkpoint`);
    }
    await database.close();
    stopped = undefined;
    if (database.kind === 'embedded') {
      const files = dataFiles(path.join(dataDir, 'db', 'base'));
      expect(files.length).toBeGreaterThan(0);
      for (const [what, trace] of traces) expect([what, hasBytes(files, trace)]).toEqual([what, false]);
    }

    const again = await start();
    const chat = new ChatClient(again.url);
    await chat.start();
    await chat.write('xem trả lời');
    const said = textOf(await chat.write(code));
    await again.stop();
    expect(said).not.toContain(WORDS[1]);
    expect(said).toMatch(/chưa tìm thấy/);
  }, 240_000);

  /** Report, reply, close; resolves with the code. */
  async function liveThroughACase(): Promise<string> {
    const service = await start();
    const lan = await inviteMember(await firstAdministrator(service), {
      name: 'Nguyễn Thị Lan',
      sign_in_name: 'lan',
      role: 'handler',
      agency_search: 'Uỷ ban nhân dân tỉnh',
      agency: 'ubnd-tinh',
    });
    const reporter = new ChatClient(service.url);
    const sent = await reporter.report(`chuyện của em: ${WORDS[0]}`, /trả lời vào đây/i);
    const code =
      sent
        .find(({ kind }) => kind === 'code')
        ?.text.match(/0\d{3} \d{3} \d{3}/g)
        ?.join('\n') ?? '';
    await until(async () => (await lan.open('/console/queue')).includes('/console/cases/'));
    await lan.submit(/next/);
    const reply = reporter.nextEvent();
    await lan.submit(/reply/, { text: `Cô chú đã nhận. ${WORDS[1]}` });
    await reply;
    // Read by the code, so that nothing waits to be read.
    const elsewhere = new ChatClient(service.url);
    await elsewhere.start();
    await elsewhere.write('xem trả lời');
    await elsewhere.write(code);
    await lan.submit(/close/, { outcome: 'child_safe' });
    await lan.submit(/close/);
    await service.stop();
    return code;
  }
});

/** The web chat takes no files: one is put in as a channel with files would. */
async function addFile({ db }: Database): Promise<void> {
  const [report] = await db.select({ id: reports.id }).from(reports);
  const [talk] = await db.select({ id: talks.id }).from(talks);
  const id = randomUUID();
  await db.insert(evidence).values({
    id,
    talkId: talk?.id ?? null,
    reportId: report?.id ?? null,
    channel: 'telegram',
    media: 'photo',
    state: 'kept',
    receivedAt: new Date(),
  });
  await db.insert(evidenceParts).values({ evidenceId: id, part: 0, sealedBytes: randomBytes(6000) });
}

/** Ids as text and bytes as hex, as rows show them. */
async function tracesOf({ db }: Database): Promise<[string, string][]> {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').slice(0, 96);
  const [report] = await db.select().from(reports);
  const [mailbox] = await db.select().from(mailboxes);
  const [message] = await db.select().from(caseMessages);
  const [file] = await db.select().from(evidenceParts);
  const [tied] = await db
    .select()
    .from(talks)
    .where(eq(talks.id, mailbox?.talkId ?? ''));
  const [letter] = await db
    .select()
    .from(outbox)
    .where(eq(outbox.talkId, tied?.id ?? ''));
  const [found] = await db.select().from(cases);
  if (!report || !mailbox || !message || !file || !tied || !letter || !found)
    throw new Error('something is missing');
  return [
    ['report', report.id],
    ['what was reported', hex(report.sealedContent)],
    ['mailbox', mailbox.id],
    ['hash of the code', hex(mailbox.codeLookup)],
    ['message', message.id],
    ['reply', hex(message.sealedContent)],
    ['file', file.evidenceId],
    ['bytes of the file', hex(file.sealedBytes)],
    ['talk', tied.id],
    ['contact', hex(tied.contact)],
    ['letter', letter.id],
    // Once it was shown its words are gone already.
    ...(letter.sealedContent.length > 0
      ? ([['words of the letter', hex(letter.sealedContent)]] satisfies [string, string][])
      : []),
    ['basis', found.basis],
  ];
}

/** Every row of every table, ours and the queue's. */
async function everything(database: Database): Promise<string> {
  const texts: string[] = [];
  for (const name of await tables(database)) {
    const result = (await database.db.execute(
      sql.raw(`select t::text as row from ${name} t`),
    )) as unknown as { rows: { row: string }[] };
    texts.push(...result.rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

async function tables({ db }: Database): Promise<string[]> {
  const { rows } = (await db.execute(sql`
    select table_schema, table_name from information_schema.tables
    where table_schema in ('lang_nghe', 'bullmq') and table_type = 'BASE TABLE'
  `)) as unknown as { rows: { table_schema: string; table_name: string }[] };
  expect(rows.length).toBeGreaterThan(15);
  return rows.map(({ table_schema, table_name }) => `"${table_schema}"."${table_name}"`);
}

const dataFiles = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file));

/** Ids lie on the disk as 16 bytes, hex as what it means, text as text. */
function hasBytes(files: readonly Buffer[], trace: string): boolean {
  const bare = trace.replaceAll('-', '');
  const bytes = /^[0-9a-f]{32,}$/.test(bare) ? Buffer.from(bare, 'hex') : Buffer.from(trace);
  return files.some((file) => file.includes(bytes));
}
