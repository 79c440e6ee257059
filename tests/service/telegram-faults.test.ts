import { TelegramStandIn } from '../stand-ins/telegram.js';
import { Phone } from '../support/phone.js';
import { freePort, type RunningService, startProgram, startRefused } from '../support/running-service.js';
import { until } from '../support/until.js';

const SECRET = 'secret-of-this-test';

describe('Telegram when things go wrong', () => {
  let telegram: TelegramStandIn;
  let service: RunningService;
  const send = (body: string, headers: Record<string, string>): Promise<number> =>
    fetch(`${service.url}/webhooks/telegram`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    }).then((response) => response.status);
  const doneTurns = async (): Promise<number> => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    return Number(/lang_nghe_turns_total\{channel="telegram",outcome="done"\} (\d+)/.exec(metrics)?.[1] ?? 0);
  };

  beforeAll(async () => {
    telegram = await TelegramStandIn.start();
    const port = String(await freePort());
    service = await startProgram({
      env: {
        PORT: port,
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
      },
    });
    await until(() => telegram.world.webhook.url !== '');
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await telegram.stop();
  });

  it('acts once on updates that come three times and out of order', async () => {
    const person = telegram.person();
    const phone = new Phone(person);
    await phone.after(person.start(), /111/);
    await phone.write('thầy cô đánh học sinh có được không', /Căn cứ/);
    const [before, turns] = [person.screen.length, await doneTurns()];
    for (let time = 0; time < 3; time += 1)
      expect(await telegram.redeliver((all) => all.slice(-2).reverse())).toEqual([200, 200]);
    expect(await doneTurns()).toBe(turns);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(person.screen.length).toBe(before);
  }, 30_000);

  it('refuses an update without its secret before reading it, and stores nothing', async () => {
    const turns = await doneTurns();
    const update = JSON.stringify({
      update_id: 1,
      message: {
        message_id: 1,
        date: 1,
        chat: { id: 5, type: 'private' },
        from: { id: 5, is_bot: false },
        text: 'tin giả mạo',
      },
    });
    expect(await send(update, {})).toBe(401);
    expect(await send(update, { 'x-telegram-bot-api-secret-token': `${SECRET}x` })).toBe(401);
    expect(await send('not even JSON', { 'x-telegram-bot-api-secret-token': 'wrong' })).toBe(401);
    expect(await doneTurns()).toBe(turns);
    expect(service.output()).not.toContain('giả mạo');
  });

  it('brings everything, once and in order, through 429, 5xx and broken lines', async () => {
    const people = Array.from({ length: 5 }, () => telegram.person());
    await Promise.all(people.map((person) => new Phone(person).after(person.start(), /111/)));
    telegram.fail('sendMessage', {
      refuse: { status: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 },
      times: 3,
    });
    telegram.fail('sendMessage', { refuse: { status: 502, description: 'Bad Gateway' }, times: 4 });
    telegram.fail('sendMessage', { drop: 'before', times: 2 });
    const before = people.map((person) => person.screen.length);
    await Promise.all(
      people.map(async (person) => {
        for (const words of ['thầy cô đánh học sinh có được không', 'con muốn gửi tin báo', 'thôi'])
          await person.write(words);
      }),
    );
    const told = (index: number) =>
      (people[index]?.screen ?? []).slice(before[index]).map(({ text }) => text);
    await until(() => people.every((_, index) => told(index).length >= 3), 60_000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const [index] of people.entries()) {
      const texts = told(index);
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.findIndex((text) => /Căn cứ/.test(text))).toBe(0);
      expect(texts).toEqual(told(0));
    }
    expect(telegram.world.pace.violations).toEqual([]);
  }, 90_000);

  it('sends no more than thirty messages a second, however many write at once', async () => {
    const people = Array.from({ length: 70 }, () => telegram.person());
    await Promise.all(people.map((person) => person.start()));
    await until(() => people.every(({ screen }) => screen.length > 0), 30_000);
    expect(telegram.world.pace.violations).toEqual([]);
  }, 60_000);

  it('writes nothing more to somebody who blocked it, and hears them again when they come back', async () => {
    const person = telegram.person();
    const phone = new Phone(person);
    await phone.after(person.start(), /111/);
    await person.leave();
    const calls = telegram.callsOf('sendMessage').length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(telegram.callsOf('sendMessage').length).toBe(calls);
    await person.comeBack();
    await phone.after(person.start(), /111/);
  }, 30_000);
});

it('does not start when its webhook could not be verified', async () => {
  const { code, output } = await startRefused({
    TELEGRAM_BOT_TOKEN: '1:x',
    PUBLIC_URL: 'https://langnghe.example',
  });
  expect(code).toBe(1);
  expect(output).toContain('TELEGRAM_WEBHOOK_SECRET missing');
});
