import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createJobQueue } from '../../src/jobs/queue.js';
import type { TelegramPerson } from '../stand-ins/telegram/person.js';
import { TelegramStandIn } from '../stand-ins/telegram.js';
import type { ZaloPerson } from '../stand-ins/zalo/person.js';
import { ZaloStandIn } from '../stand-ins/zalo.js';
import { BACKENDS, type Backend } from '../support/backends.js';
import { ChatClient } from '../support/chat-client.js';
import type { ConsoleClient } from '../support/console-client.js';
import { Phone } from '../support/phone.js';
import { freePort, type RunningService, startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember } from '../support/staff.js';
import { until } from '../support/until.js';

const CANARY = 'lời-kể-xanh-5518';
const LINKED = /^Đã nối\./;
const RING = /^Có một việc đang chờ anh\/chị\. Số (\d\d-\d{4})\.\n(http\S+\/console\/cases\/([\w-]{36}))$/;

/** With a server beside the service its time can be moved from outside; embedded, only what needs no waiting is tested. */
const servers = BACKENDS.find(({ name }) => name === 'PostgreSQL and Redis');
const later = servers?.here ? it : it.skip;

describe('a member of staff who is on call, with their own telephone', () => {
  let telegram: TelegramStandIn;
  let zalo: ZaloStandIn;
  let backend: Backend;
  let service: RunningService;
  let admin: ConsoleClient;
  let lan: ConsoleClient;
  let phone: TelegramPerson;
  let stranger: TelegramPerson;
  let onZalo: ZaloPerson;
  /** The word that was used last. */
  let word = '';
  let first = '';
  let second = '';

  beforeAll(async () => {
    [telegram, zalo, backend] = await Promise.all([
      TelegramStandIn.start(),
      ZaloStandIn.start(),
      servers?.here ? servers.make() : { drop: async () => undefined },
    ]);
    service = await startProgram({
      env: {
        PORT: String(await freePort()),
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
        ...zalo.environment(),
        ...(backend.databaseUrl !== undefined && {
          DATABASE_URL: backend.databaseUrl,
          SERVICE_KEY: randomBytes(32).toString('base64'),
        }),
        ...(backend.redisUrl !== undefined && { REDIS_URL: backend.redisUrl }),
      },
    });
    zalo.webhook.url = `${service.url}/webhooks/zalo`;
    [phone, stranger, onZalo] = [telegram.person(), telegram.person(), zalo.person()];
    admin = await firstAdministrator(service);
    lan = await inviteMember(admin, {
      name: 'Nguyễn Thị Lan',
      sign_in_name: 'lan',
      role: 'handler',
      agency_search: 'Rạch Giá',
      agency: 'ubnd-30742',
    });
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await Promise.all([telegram.stop(), zalo.close(), backend.drop()]);
  });

  const myChat = async (): Promise<string> => {
    await lan.open('/console/my-chat');
    return lan.text();
  };
  const freshWord = async (): Promise<string> => {
    await lan.open('/console/my-chat');
    await lan.submit(/my-chat$/);
    return /id="word" value="([^"]+)"/.exec(lan.page)?.[1] ?? '';
  };
  const ringsOn = ({ screen }: TelegramPerson | ZaloPerson) =>
    screen.map(({ text }) => RING.exec(text)).filter((found) => found !== null);
  /** Ids of the cases this person was rung for, in order. */
  const heardOn = (person: TelegramPerson | ZaloPerson) => ringsOn(person).map(([, , , caseId]) => caseId);
  const isBound = ({ screen }: TelegramPerson | ZaloPerson) => screen.some(({ text }) => LINKED.test(text));

  /** The next round of this case is due now: by the database its time has passed, and the service is asked to look. */
  const fiveMinutesLater = async (caseId: string): Promise<void> => {
    const client = new pg.Client({ connectionString: backend.databaseUrl ?? '' });
    await client.connect();
    await client
      .query(`update lang_nghe.ring_rounds set next_at = next_at - interval '5 minutes' where case_id = $1`, [
        caseId,
      ])
      .finally(() => client.end());
    const queue = createJobQueue({
      backend: { kind: 'redis', url: backend.redisUrl ?? '' },
      onFault: () => undefined,
      onDead: () => undefined,
    });
    await queue.add('clock', caseId, 1);
    await queue.close();
  };

  /** Somebody in the web chat who is not safe just now, in Phường Rạch Giá. */
  const urgentReport = async (): Promise<void> => {
    const child = new ChatClient(service.url);
    await child.start();
    await child.write('em muốn gửi tin báo');
    await child.press(/^Không an toàn$/);
    await child.write(`chuyện của em: ${CANARY}`);
    await child.write('phường rạch giá');
    expect(child.last.some(({ kind }) => kind === 'code')).toBe(true);
  };

  it('is put on call before they can be rung, and the page says so', async () => {
    await admin.open('/console/on-call');
    const id = /<option value="([\w-]{36})"[^>]*>Nguyễn Thị Lan</.exec(admin.page)?.[1] ?? '';
    await admin.submit(/on-call\/members/, { staff_id: id });
    expect(admin.text()).toContain('Nguyễn Thị Lan chưa nối điện thoại, chưa báo được');
    expect(await myChat()).toContain('Chưa nối.');
  });

  it('binds the chat that sends the word, and no other', async () => {
    word = await freshWord();
    expect(word).toMatch(/^TRUC-\w{5}-\w{5}$/);
    // Shown once.
    expect(await myChat()).not.toContain(word);
    await new Phone(stranger).write('TRUC-ABCDE-23456', /./);
    await new Phone(stranger).write(`${word.slice(0, -1)}${word.endsWith('A') ? 'B' : 'A'}`, /./);
    expect(await myChat()).toContain('Chưa nối.');

    // As it is typed on a telephone.
    await new Phone(phone).write(word.toLowerCase().replaceAll('-', ' '), LINKED);
    expect(phone.screen).toHaveLength(1);
    expect(await myChat()).toContain('Đang nối với Telegram');
    await admin.open('/console/on-call');
    expect(admin.text()).toContain('Nguyễn Thị Lan Telegram');

    // Used up: whoever finds it afterwards is answered as anybody is.
    await new Phone(stranger).write(word, /./);
    const zaloStranger = zalo.person();
    await new Phone(zaloStranger).write(word, /./);
    expect([stranger, zaloStranger].some(isBound)).toBe(false);
    expect(await myChat()).toContain('Đang nối với Telegram');
  }, 30_000);

  it('hears of an urgent report at once, as a number and a link', async () => {
    await urgentReport();
    await until(() => ringsOn(phone).length > 0);
    const [, number = '', link = '', caseId = ''] = ringsOn(phone)[0] ?? [];
    first = caseId;
    expect(phone.screen).toHaveLength(2);
    expect(phone.screen[1]?.buttons).toEqual([]);
    expect(new URL(link).origin).toBe(service.url);
    await lan.open(new URL(link).pathname);
    expect(lan.text()).toContain(number);
    expect(lan.text()).toContain(CANARY);
    await until(async () => {
      await lan.open(lan.path);
      return lan.text().includes('Đã báo trực 1 lượt');
    });
    expect(lan.text()).toMatch(/Nguyễn Thị Lan \([^)]+\): đã báo/);
    expect(heardOn(stranger)).toEqual([]);
  }, 30_000);

  later(
    'hears again after five minutes, and no more once somebody has accepted',
    async () => {
      await fiveMinutesLater(first);
      await until(() => ringsOn(phone).length === 2);
      expect(heardOn(phone)).toEqual([first, first]);

      await lan.open(`/console/cases/${first}`);
      await lan.submit(/take/);
      await urgentReport();
      await until(() => ringsOn(phone).length === 3);
      second = heardOn(phone)[2] ?? '';
      expect(second).not.toBe(first);
      // The other one still rings: by then this one would have.
      await fiveMinutesLater(first);
      await fiveMinutesLater(second);
      await until(() => ringsOn(phone).length === 4);
      expect(heardOn(phone)).toEqual([first, first, second, second]);
    },
    30_000,
  );

  later(
    'moves to Zalo with another word, and is then rung only there',
    async () => {
      word = await freshWord();
      await new Phone(onZalo).write(word, LINKED);
      expect(await myChat()).toContain('Đang nối với Zalo');
      const before = phone.screen.length;
      await fiveMinutesLater(second);
      await until(() => ringsOn(onZalo).length > 0);
      expect(heardOn(onZalo)).toEqual([second]);
      expect(phone.screen).toHaveLength(before);
    },
    30_000,
  );

  later(
    'is rung no more after unbinding, and the operator sees that nobody is',
    async () => {
      await lan.open('/console/my-chat');
      await lan.submit(/unbind/);
      expect(lan.text()).toContain('Chưa nối.');
      await fiveMinutesLater(second);
      await until(() => service.output().includes('nobody on call can be reached for an urgent case'));
      expect(heardOn(onZalo)).toEqual([second]);
      await admin.open('/console/dead-jobs');
      expect(admin.text()).toContain('1 việc khẩn chưa ai nhận và không báo được cho ai trực');
      expect(admin.page).toContain(second);
    },
    30_000,
  );

  later(
    'is not told that an unbound chat is bound when they send the old word again',
    async () => {
      const before = onZalo.screen.length;
      await new Phone(onZalo).write(word, /./);
      expect(onZalo.screen.slice(before).filter(({ text }) => LINKED.test(text))).toEqual([]);
      expect(await myChat()).toContain('Chưa nối.');
      // A fresh one does bind it again.
      await new Phone(onZalo).write(await freshWord(), LINKED);
      expect(await myChat()).toContain('Đang nối với Zalo');
    },
    30_000,
  );

  it('left no chat, no word and nothing of the report in the log', () => {
    for (const secret of [phone.id, onZalo.id, word, CANARY]) expect(service.output()).not.toContain(secret);
    expect(service.output()).toContain('a chat of staff was bound');
  });
});
