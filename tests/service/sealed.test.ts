import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Backend, describeOnEachBackend } from '../support/backends.js';
import { ChatClient, textOf } from '../support/chat-client.js';
import type { ConsoleClient } from '../support/console-client.js';
import { openDatabase } from '../support/open-database.js';
import { printedRecoveryKey } from '../support/recovery-key.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember } from '../support/staff.js';
import {
  type Found,
  openWithServiceKey,
  takeFiles,
  takeRedis,
  takeRows,
  whereLie,
} from '../support/thief.js';
import { until } from '../support/until.js';

/** Words that only the two people who talk may ever read. */
const EARLY = 'sớm-mai-lam-4410 của ông Vọng Tím Sáu';
const EARLY_PLACE = 'nhà lồng canh-chợ-5521';
const EARLY_REPLY = 'hồi-âm-sớm-8830';
const WORDS = 'vọng-canh-tím-7731 của bà Hồng Lạc Tư';
const REPLY = 'hồi-âm-lam-9920';
const LATER = 'kể-thêm-bạc-3307';
const SEALED = [
  EARLY,
  EARLY_PLACE,
  EARLY_REPLY,
  WORDS,
  REPLY,
  LATER,
  'Vọng Tím Sáu',
  'canh-chợ',
  'Hồng Lạc Tư',
];
/** Told, and not sent: this the service key opens until the talk sleeps. It shows that the thief of this test can find. */
const HALF_TOLD = 'dở-dang-xám-1188';

const LONG = 240_000;

describeOnEachBackend('a thief with everything but the people', (make) => {
  const serviceKey = randomBytes(32);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-sealed-'));
  let backend: Backend;
  let service: RunningService;

  beforeAll(async () => {
    backend = await make();
    service = await startProgram({
      dataDir,
      env: {
        SERVICE_KEY: serviceKey.toString('base64'),
        LOG_LEVEL: 'debug',
        ...(backend.databaseUrl === undefined ? {} : { DATABASE_URL: backend.databaseUrl }),
        ...(backend.redisUrl === undefined ? {} : { REDIS_URL: backend.redisUrl }),
      },
    });
  }, LONG);
  afterAll(async () => {
    await service.stop();
    await backend.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  let early: ChatClient;
  let earlyCode = '';
  let han: ConsoleClient;
  let admin: ConsoleClient;

  it(
    'takes a report before there is any staff, and keeps it for the recovery key',
    async () => {
      early = new ChatClient(service.url);
      earlyCode = await tell(early, EARLY, EARLY_PLACE, /trả lời vào đây/i);
      admin = await firstAdministrator(service);
      han = await inviteMember(admin, {
        name: 'Võ Ngọc Hân',
        sign_in_name: 'han',
        role: 'coordinator',
        agency_search: 'Sở Y tế',
        agency: 'so-y-te',
      });
      // The first member of an agency that is responsible is told at once what waits.
      expect(han.path).toBe('/console/keys');
      expect(han.text()).toContain('1 tin báo đang chờ');
      await han.open('/console/queue');
      expect(han.page).not.toContain('/console/cases/');
      await han.open('/console/keys');
      await han.submit(/recovery/, { recovery_key: printedRecoveryKey(service) });
      await until(async () => (await han.open('/console/queue')).includes('/console/cases/'), 60_000);
      await han.submit(/next/);
      expect(han.text()).toContain(EARLY);
      expect(han.text()).toContain(EARLY_PLACE);
      const reply = early.nextEvent(60_000);
      await han.submit(/reply/, { text: `Cô chú đã nhận tin. ${EARLY_REPLY}` });
      const { id, text } = await reply;
      expect(text).toContain(EARLY_REPLY);
      // The page says that it has shown it, as it does whenever its line is made anew.
      await acknowledge(early, id);
    },
    LONG,
  );

  it(
    'takes a report for an agency that is open, a reply, and what is told later',
    async () => {
      const lan = await inviteMember(admin, {
        name: 'Nguyễn Thị Lan',
        sign_in_name: 'lan',
        role: 'handler',
        agency_search: 'Rạch Giá',
        agency: 'ubnd-30742',
      });
      const code = await tell(new ChatClient(service.url), WORDS, 'phường Rạch Giá', /Đừng nhắn/i);
      await until(async () => (await lan.open('/console/queue')).includes('/console/cases/'), 60_000);
      await lan.submit(/next/);
      expect(lan.text()).toContain(WORDS);
      await lan.submit(/reply/, { text: REPLY });

      const elsewhere = new ChatClient(service.url);
      await elsewhere.start();
      expect(textOf(await elsewhere.write(code))).toContain(REPLY);
      await elsewhere.press(/^Viết thêm$/);
      await elsewhere.write(LATER);
      const casePath = lan.path.replace(/\?.*/, '');
      await until(async () => {
        await lan.open(casePath);
        return lan.text().includes(LATER);
      }, 60_000);

      // A colleague without the agency's key reads whom to ask, and no word of the case.
      const minh = await inviteMember(admin, {
        name: 'Trần Văn Minh',
        sign_in_name: 'minh',
        role: 'handler',
        agency_search: 'Rạch Giá',
        agency: 'ubnd-30742',
      });
      expect(minh.text()).toContain('Nguyễn Thị Lan');
      await minh.open(casePath);
      expect(minh.text()).toContain('được niêm phong');
      expect(minh.text()).not.toContain(WORDS);
      await lan.open('/console/keys');
      await lan.submit(/let-in/);
      await minh.open(casePath);
      expect(minh.text()).toContain(WORDS);
    },
    LONG,
  );

  it(
    'opens the reply with the code alone',
    async () => {
      const elsewhere = new ChatClient(service.url);
      await elsewhere.start();
      expect(textOf(await elsewhere.write(earlyCode))).toContain(EARLY_REPLY);
      // Going on says that the answer has arrived.
      await elsewhere.press(/^Viết thêm$/);
      await elsewhere.write(LATER);

      const halfTold = new ChatClient(service.url);
      await halfTold.start();
      await halfTold.write('gửi tin báo');
      await halfTold.press(/an toàn|Có/i);
      await halfTold.press(/đánh|đau/i);
      for (let question = 0; question < 7; question += 1) await halfTold.write('bỏ qua');
      await halfTold.write(HALF_TOLD);
    },
    LONG,
  );

  it(
    'leaves nothing that files, database, Redis, log and service key together would open',
    async () => {
      const log = service.output();
      expect(await service.stop()).toBe(0);
      const database = await openDatabase(backend, dataDir);
      const taken: Found[] = [
        ...(await takeRows(database)),
        ...(backend.redisUrl === undefined ? [] : await takeRedis(backend.redisUrl)),
      ];
      await database.close();
      taken.push(...takeFiles(dataDir), { where: 'log', bytes: Buffer.from(log) });
      const opened = openWithServiceKey(taken, serviceKey);

      expect(whereLie([HALF_TOLD], taken)).toEqual([]);
      expect(whereLie([HALF_TOLD], opened).length).toBeGreaterThan(0);
      expect(whereLie(SEALED, [...taken, ...opened])).toEqual([]);
      // And no key that would open them: the recovery key was printed once, everything else is sealed.
      const keys = [...taken, ...opened].filter(({ bytes }) => bytes.includes('AGE-SECRET-KEY-'));
      expect(keys.map(({ where }) => where)).toEqual(['log']);
      expect(log.match(/AGE-SECRET-KEY-/g)).toHaveLength(1);
      expect(log.split('\n').filter((line) => line.startsWith('{') && line.includes('AGE-SECRET'))).toEqual(
        [],
      );
    },
    LONG,
  );
});

/** From the first question to the code. */
async function tell(reporter: ChatClient, words: string, place: string, wish: RegExp): Promise<string> {
  await reporter.start();
  await reporter.write('gửi tin báo');
  await reporter.press(/an toàn|Có/i);
  await reporter.press(/đánh|đau/i);
  // To whom, how old, who, where they work.
  for (let question = 0; question < 4; question += 1) await reporter.write('bỏ qua');
  await reporter.write(place);
  // Several places of that name: the one of today. None: the words are kept as they are.
  const asked = reporter.last.flatMap(({ choices }) => choices).map(({ label }) => label);
  const choice = asked.find((label) => label === 'Phường Rạch Giá' || /giữ|lời/i.test(label));
  if (choice !== undefined) await reporter.press(new RegExp(`^${choice}$`));
  await reporter.write('bỏ qua');
  await reporter.write('bỏ qua');
  await reporter.write(words);
  await reporter.press(wish);
  // At any hour: what time it is when a test runs is chance.
  if (reporter.last.at(-1)?.choices.some(({ id }) => id === 'report.hours.any'))
    await reporter.choose('report.hours.any');
  const sent = await reporter.press(/^Gửi$/);
  const code = sent
    .find(({ kind }) => kind === 'code')
    ?.text.match(/0\d{3} \d{3} \d{3}/g)
    ?.join('\n');
  if (code === undefined) throw new Error(`There was no code:\n${textOf(sent)}`);
  return code;
}

async function acknowledge(reporter: ChatClient, id: string): Promise<void> {
  const stop = new AbortController();
  const response = await fetch(`${reporter.url}/api/chat/events`, {
    headers: { Authorization: `Bearer ${reporter.session}`, 'Last-Event-ID': id },
    signal: stop.signal,
  });
  await response.body?.getReader().read();
  await new Promise((resolve) => setTimeout(resolve, 500));
  stop.abort();
}
