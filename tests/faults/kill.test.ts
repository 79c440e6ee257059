import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Outgoing } from '../../src/conversation/message.js';
import { openIdentity, openReport } from '../../src/reports/keys.js';
import { pairOf } from '../../src/reports/sealing.js';
import { openEmbedded, openServer } from '../../src/store/database.js';
import { type Backend, describeOnEachBackend } from '../support/backends.js';
import { ChatClient } from '../support/chat-client.js';
import { printedRecoveryKey } from '../support/recovery-key.js';
import { freePort, type RunningService, startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember } from '../support/staff.js';
import { until } from '../support/until.js';

const PEOPLE = 40;
const MESSAGES = 500;
const MESSAGES_OF_A_REPORT = 13;
const KILLS = 5;

/** Somebody on a bad line: sends each message until it is acknowledged, and sometimes again after that. */
class StubbornClient extends ChatClient {
  readonly acknowledged: string[] = [];

  override async send(body: object): Promise<readonly Outgoing[]> {
    const key = randomUUID();
    for (;;) {
      const answer = await this.post(body, key).catch(() => undefined);
      if (answer?.json.session !== undefined) this.session = answer.json.session;
      if (answer?.status === 200) {
        this.acknowledged.push(key);
        this.last = answer.json.messages ?? [];
        if (randomInt(3) === 0) await this.sameAgain(body, key);
        return this.last;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A redelivery of an acknowledged message must change nothing and say the same. */
  private async sameAgain(body: object, key: string): Promise<void> {
    const again = await this.post(body, key).catch(() => undefined);
    if (again?.status === 200) expect(again.json.messages).toEqual(this.last);
  }
}

describeOnEachBackend('kill -9 during a stream of messages and reports', (make) => {
  let backend: Backend;
  let dataDir: string;
  let port: number;
  const serviceKey = randomBytes(32).toString('base64');
  let service: RunningService;
  /** Printed by the first start only; it opens every report. */
  let recoveryKey = '';

  const start = (): Promise<RunningService> =>
    startProgram({
      dataDir,
      env: {
        PORT: String(port),
        ...(backend.databaseUrl === undefined
          ? {}
          : { DATABASE_URL: backend.databaseUrl, SERVICE_KEY: serviceKey }),
        ...(backend.redisUrl === undefined ? {} : { REDIS_URL: backend.redisUrl }),
      },
    });

  beforeAll(async () => {
    backend = await make();
    dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-kill-'));
    port = await freePort();
    service = await start();
    recoveryKey = printedRecoveryKey(service);
    await openAnAgency(service);
  }, 60_000);
  afterAll(async () => {
    await service.stop('SIGKILL');
    await backend.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('loses nothing that was acknowledged and does nothing twice', async () => {
    const people = Array.from(
      { length: PEOPLE },
      (_, index) => new StubbornClient(`http://127.0.0.1:${port}`, `203.0.113.${index}`),
    );
    // A first message has no session yet, so its repetition is a talk of its own; the count begins after it.
    await Promise.all(people.map((person) => person.start()));
    const reports: string[] = [];
    let sending = true;
    let sent = 0;
    const talk = async (person: StubbornClient): Promise<void> => {
      while (sent < MESSAGES) {
        // A session may send forty messages a minute: two reports of one person would have to wait.
        sent += MESSAGES_OF_A_REPORT;
        const words = `chuyện số ${randomUUID()}`;
        await person.report(words, /trả lời vào đây/i);
        expect(person.last.some((message) => message.kind === 'code')).toBe(true);
        reports.push(words);
      }
    };
    const killing = (async () => {
      for (let kill = 0; kill < KILLS && sending; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, 200 + randomInt(900)));
        await service.stop('SIGKILL');
        service = await start();
      }
    })();
    await Promise.all(people.map(talk)).finally(() => {
      sending = false;
    });
    await killing;

    // Every report has its case, also those whose job died with the process.
    const metrics = async (): Promise<string> => (await fetch(`${service.url}/metrics`)).text();
    await until(async () => /^lang_nghe_reports_waiting 0$/m.test(await metrics()), 60_000);
    expect(await service.stop()).toBe(0);

    const stored = await readBack();
    expect(stored.words.sort()).toEqual(reports.sort());
    expect(stored.cases).toBe(reports.length);
    expect(stored.taken).toBe(people.reduce((sum, person) => sum + person.acknowledged.length, 0));
  }, 180_000);

  /** What is in the database afterwards, read with the product's own store. */
  async function readBack(): Promise<{ words: string[]; cases: number; taken: number }> {
    const root = process.cwd();
    const database = backend.databaseUrl
      ? await openServer({ root, url: backend.databaseUrl, log: { warn: () => undefined } })
      : await openEmbedded({ root, dataDir });
    const { identity } = await pairOf(recoveryKey);
    const query = async <Row>(text: string): Promise<Row[]> =>
      ((await database.db.execute(text)) as unknown as { rows: Row[] }).rows;
    const rows = await query<{ content: Uint8Array; key: Uint8Array }>(
      `select sealed_content as content, sealed_identity as key
       from lang_nghe.reports join lang_nghe.case_key_copies on report_id = id where kind = 'recovery'`,
    );
    const [counts] = await query<{ cases: number; taken: number }>(
      'select (select count(*)::int from lang_nghe.cases) as cases, (select count(*)::int from lang_nghe.inbox) as taken',
    );
    await database.close();
    const words: string[] = [];
    for (const { content, key } of rows)
      words.push((await openReport(content, await openIdentity(key, identity))).words ?? '');
    return { words, cases: counts?.cases ?? 0, taken: counts?.taken ?? 0 };
  }
});

/** Reports find a desk only where somebody can sign in: a coordinator at the province. */
async function openAnAgency(service: RunningService): Promise<void> {
  await inviteMember(await firstAdministrator(service), {
    name: 'Hân',
    sign_in_name: 'han',
    role: 'coordinator',
    agency_search: 'Sở Y tế',
    agency: 'so-y-te',
  });
}
