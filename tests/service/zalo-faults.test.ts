import { randomBytes } from 'node:crypto';
import { ZaloStandIn } from '../stand-ins/zalo.js';
import { BACKENDS, type Backend, describeOnEachBackend } from '../support/backends.js';
import { newHandler, sendReport } from '../support/channel-journey.js';
import { Phone } from '../support/phone.js';
import { freePort, type RunningService, startProgram, startRefused } from '../support/running-service.js';
import { until } from '../support/until.js';

const environmentOf = (backend: Backend): Record<string, string> => ({
  ...(backend.databaseUrl === undefined
    ? {}
    : { DATABASE_URL: backend.databaseUrl, SERVICE_KEY: randomBytes(32).toString('base64') }),
  ...(backend.redisUrl === undefined ? {} : { REDIS_URL: backend.redisUrl }),
});
const metricsOf = async ({ url }: RunningService): Promise<string> => (await fetch(`${url}/metrics`)).text();

describeOnEachBackend('Zalo when things go wrong', (make) => {
  let backend: Backend;
  let zalo: ZaloStandIn;
  let service: RunningService;

  beforeAll(async () => {
    backend = await make();
    zalo = await ZaloStandIn.start();
    service = await startProgram({ env: { ...environmentOf(backend), ...zalo.environment() } });
    zalo.webhook.url = `${service.url}/webhooks/zalo`;
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await zalo.close();
    await backend.drop();
  });

  it('acts once on an event brought three times, at once and hours later, in whatever order', async () => {
    const person = zalo.person();
    const phone = new Phone(person);
    await phone.after(person.start(), /111/);
    await phone.write('thầy cô đánh học sinh có được không', /Căn cứ/);
    const before = person.screen.length;
    const ofTheirs = zalo.webhook.made.filter(
      ({ body }) => !body.toString().includes('"event_name":"oa_send'),
    );
    const [followed, asked] = ofTheirs.slice(-2);
    if (!followed || !asked) throw new Error('Two events were made.');
    // The later one first, then all together.
    await zalo.webhook.redeliver(asked, followed, asked);
    await Promise.all([asked, followed, asked].map((each) => zalo.webhook.redeliver(each)));
    expect(zalo.webhook.answers.slice(-6)).toEqual([200, 200, 200, 200, 200, 200]);
    await phone.write('cảm ơn', /./);
    const since = person.screen.slice(before).map(({ text }) => text);
    expect(since.filter((text) => /Căn cứ/.test(text))).toEqual([]);
    const counted = [
      ...(await metricsOf(service)).matchAll(/channel_events_total\{.*outcome="duplicate".*\} (\d+)/g),
    ];
    expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(6);
  });

  it('refuses what is not signed by Zalo and stores nothing of it', async () => {
    const turns = async () =>
      /lang_nghe_turns_total\{channel="zalo",outcome="done"\} (\d+)/.exec(await metricsOf(service))?.[1];
    const before = await turns();
    const event = JSON.stringify(zalo.person().messageEvent('text', { text: 'tin giả mạo' }));
    const good = zalo.webhook.sign(Buffer.from(event), JSON.parse(event).timestamp as string);
    const forged = [
      {},
      { 'X-ZEvent-Signature': 'mac=' },
      { 'X-ZEvent-Signature': good.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
      { 'X-ZEvent-Signature': good.slice(4) },
    ];
    for (const headers of forged) expect(await zalo.webhook.post(Buffer.from(event), headers)).toBe(401);
    // The true signature over other bytes.
    expect(
      await zalo.webhook.post(Buffer.from(event.replace('giả', 'thật')), { 'X-ZEvent-Signature': good }),
    ).toBe(401);
    // Signed, and from yesterday: a replay.
    const old = event.replace(/"timestamp":"\d+"/, `"timestamp":"${Date.now() - 26 * 3_600_000}"`);
    const oldTime = JSON.parse(old).timestamp as string;
    expect(
      await zalo.webhook.post(Buffer.from(old), {
        'X-ZEvent-Signature': zalo.webhook.sign(Buffer.from(old), oldTime),
      }),
    ).toBe(401);
    expect(await zalo.webhook.probe()).toBe(200);
    expect(await turns()).toBe(before);
    expect(service.output()).not.toContain('giả mạo');
  });

  it('brings everything, once and in order, through storms of 5xx, limits and broken lines', async () => {
    const people = Array.from({ length: 6 }, () => zalo.person());
    await Promise.all(people.map((person) => new Phone(person).after(person.start(), /111/)));
    zalo.failNext(/message\/cs/, { status: 503, body: 'Service Unavailable' }, 6);
    const before = people.map((person) => person.screen.length);
    await Promise.all(
      people.map(async (person) => {
        await person.write('thầy cô đánh học sinh có được không');
        await person.write('con muốn gửi tin báo');
        await person.write('thôi');
      }),
    );
    zalo.failNext(/message\/cs/, { drop: true }, 3);
    const told = (index: number) =>
      (people[index]?.screen ?? []).slice(before[index]).map(({ text }) => text);
    await until(() => people.every((_, index) => told(index).length >= 3), 45_000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const [index] of people.entries()) {
      const texts = told(index);
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.findIndex((text) => /Căn cứ/.test(text))).toBe(0);
      expect(texts).toEqual(told(0));
    }
  }, 60_000);

  it('holds the reply of staff while the window is closed, says so on their page, and brings it when the person writes', async () => {
    const person = zalo.person();
    const phone = new Phone(person);
    const lan = await newHandler(service);
    await phone.after(person.start(), /111/);
    await sendReport(phone, person);
    await until(async () => (await lan.open('/console/queue')).includes('/console/cases/'));
    await lan.submit(/next/);
    expect(lan.text()).toMatch(/Qua Zalo, câu trả lời tới được người báo đến/);
    // Zalo counts eight days of silence.
    person.lastAct -= 8 * 24 * 3_600_000;
    const before = person.screen.length;
    await lan.submit(/reply/, { text: 'Cô chú đã nhận tin của con.' });
    await until(async () => (await lan.open(lan.path)).includes('sẽ gửi khi người báo nhắn lại'));
    expect(person.screen.slice(before)).toEqual([]);
    const got = await phone.write('chào cô chú', /Cô chú đã nhận tin/);
    expect(got[0]?.text).toContain('Cô chú đã nhận tin của con.');
    await until(async () => (await lan.open(lan.path)).includes('Đã gửi đến máy'));
    // And when they unfollow, the mailbox is theirs to open.
    await person.leave();
    await lan.submit(/reply/, { text: 'Con cần gì thêm không?' });
    await until(async () => (await lan.open(lan.path)).includes('đã rời kênh nhắn tin'));
    expect(person.screen.some(({ text }) => text.includes('Con cần gì thêm'))).toBe(false);
  }, 60_000);
});

const server = BACKENDS.find(({ name }) => name === 'PostgreSQL and Redis');
(server?.here ? describe : describe.skip)('two worker processes and one grant', () => {
  it('renew the token once between them, and both go on sending', async () => {
    const backend = await (server?.make() ?? Promise.reject(new Error('It is here.')));
    const zalo = await ZaloStandIn.start();
    const env = { ...environmentOf(backend), ...zalo.environment() };
    const web = await startProgram({ env: { ...env, ROLE: 'web' } });
    const workers = await Promise.all(
      [1, 2].map(async () =>
        startProgram({ env: { ...env, ROLE: 'worker', PORT: String(await freePort()) } }),
      ),
    );
    try {
      zalo.webhook.url = `${web.url}/webhooks/zalo`;
      const people = Array.from({ length: 8 }, () => zalo.person());
      await Promise.all(people.map((person) => new Phone(person).after(person.start(), /111/)));
      const refreshes = () => zalo.callsTo(/access_token/).length;
      const before = refreshes();
      // The access token dies under both of them, in the middle of sending.
      zalo.oauth.killAccessTokens();
      await Promise.all(
        people.map((person) => new Phone(person).write('thầy cô đánh học sinh có được không', /Căn cứ/)),
      );
      expect(refreshes() - before).toBe(1);
    } finally {
      await Promise.all([web, ...workers].map((each) => each.stop()));
      await zalo.close();
      await backend.drop();
    }
  }, 90_000);
});

it('does not start with half of its secrets', async () => {
  const { code, output } = await startRefused({
    ZALO_APP_ID: '1',
    ZALO_APP_SECRET: 'x',
    ZALO_REFRESH_TOKEN: 'y',
  });
  expect(code).toBe(1);
  expect(output).toContain('ZALO_OA_SECRET missing');
});
