import { randomBytes, randomUUID } from 'node:crypto';
import { BACKENDS, type Backend } from '../support/backends.js';
import { BreakableLine } from '../support/breakable-line.js';
import { ChatClient } from '../support/chat-client.js';
import { freePort, type RunningService, startProgram } from '../support/running-service.js';
import { until } from '../support/until.js';

const full = BACKENDS.find((backend) => backend.name === 'PostgreSQL and Redis');
const SERVICE_KEY = randomBytes(32).toString('base64');

/** The same address by way of a line that can be cut. */
async function through(url: string): Promise<{ url: string; line: BreakableLine }> {
  const target = new URL(url);
  const port = await freePort();
  const line = new BreakableLine({ host: target.hostname, port: Number(target.port) }, port);
  target.hostname = '127.0.0.1';
  target.port = String(port);
  return { url: target.toString(), line };
}

(full?.here ? describe : describe.skip)('when the database or the queue is away', () => {
  let backend: Backend;
  let database: Awaited<ReturnType<typeof through>>;
  let redis: Awaited<ReturnType<typeof through>>;
  let service: RunningService;

  beforeAll(async () => {
    backend = (await full?.make()) as Backend;
    database = await through(backend.databaseUrl ?? '');
    redis = await through(backend.redisUrl ?? '');
    await redis.line.mend();
    service = await startProgram({
      doNotWait: true,
      env: { PORT: String(await freePort()), DATABASE_URL: database.url, REDIS_URL: redis.url, SERVICE_KEY },
    });
  }, 60_000);
  afterAll(async () => {
    if (service.process.exitCode !== null) process.stderr.write(service.output());
    expect(await service.stop()).toBe(0);
    await database.line.cut();
    await redis.line.cut();
    await backend.drop();
  }, 30_000);

  const ready = async () => {
    const response = await fetch(`${service.url}/readyz`);
    const parts = (await response.json()) as { status: string; database: string; queue: string };
    return { http: response.status, ...parts };
  };
  const danger = 'con bị ba đánh chảy máu, con sợ quá';

  it('starts without its database: says so, gives the card, and comes to by itself', async () => {
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect(await ready()).toMatchObject({ status: 'not_ready', database: 'away' });
    expect((await fetch(`${service.url}/`)).status).toBe(200);
    expect((await fetch(`${service.url}/console`)).status).toBe(503);
    const person = new ChatClient(service.url);
    const answer = await person.post({ text: danger });
    expect(answer).toMatchObject({ status: 503, json: { messages: [{ kind: 'danger' }] } });
    expect((await person.post({ text: 'xin chào' })).json.messages?.[0]?.text).toContain('111');
    await until(() => service.output().includes('Đang chờ cơ sở dữ liệu'));
    await database.line.mend();
    await until(async () => (await ready()).http === 200, 20_000);
    expect((await person.write('xin chào')).length).toBeGreaterThan(0);
  }, 40_000);

  it('loses the database in the middle: the card at once, nothing acknowledged, the same message is taken when it is back', async () => {
    const person = new ChatClient(service.url);
    await person.start();
    await database.line.cut();
    const key = randomUUID();
    const started = Date.now();
    const refused = await person.post({ text: danger }, key);
    expect(refused).toMatchObject({ status: 503, json: { messages: [{ kind: 'danger' }] } });
    expect(Date.now() - started).toBeLessThan(3000);
    expect((await ready()).http).toBe(503);
    await database.line.mend();
    await until(async () => (await person.post({ text: danger }, key)).status === 200, 20_000);
    await until(async () => (await ready()).http === 200, 20_000);
  }, 60_000);

  it('takes a report while the queue is away and puts it on the desk when it is back', async () => {
    const person = new ChatClient(service.url);
    await redis.line.cut();
    await until(async () => (await ready()).queue === 'away', 20_000);
    const sent = await person.report('chuyện của em', /Đừng nhắn gì/i);
    expect(sent.some((message) => message.kind === 'code')).toBe(true);
    await redis.line.mend();
    await until(async () => (await ready()).http === 200, 30_000);
    // Nobody is competent yet (no staff), so it must have been tried and be waiting, not lost.
    await until(
      async () =>
        /lang_nghe_jobs_total\{job="dispatch",outcome="nobody_open"\} [1-9]/.test(
          await (await fetch(`${service.url}/metrics`)).text(),
        ),
      45_000,
    );
    expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(/^lang_nghe_reports_waiting 1$/m);
  }, 120_000);

  it('splits into web and worker processes, and each stops in order', async () => {
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, SERVICE_KEY };
    const web = await startProgram({ env: { ...env, ROLE: 'web' } });
    const worker = await startProgram({ env: { ...env, ROLE: 'worker', PORT: String(await freePort()) } });
    expect((await fetch(`${worker.url}/`)).status).toBe(404);
    expect((await new ChatClient(web.url).start()).length).toBeGreaterThan(0);
    const slow = Array.from({ length: 20 }, (_, index) =>
      new ChatClient(web.url, `203.0.113.${index}`).start(),
    );
    const stopping = Date.now();
    const codes = await Promise.all([web.stop(), worker.stop(), Promise.allSettled(slow)]);
    expect(codes.slice(0, 2)).toEqual([0, 0]);
    expect(Date.now() - stopping).toBeLessThan(10_000);
  }, 60_000);
});
