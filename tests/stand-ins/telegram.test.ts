import { until } from '../support/until.js';
import { TelegramStandIn } from './telegram.js';

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await TelegramStandIn.start();
});
afterEach(() => telegram.stop());

async function call(method: string, fields: object = {}, token = telegram.token) {
  const response = await fetch(`${telegram.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
  return (await response.json()) as {
    ok: boolean;
    result?: unknown;
    error_code?: number;
    description?: string;
  };
}
const ids = async (fields: object) =>
  ((await call('getUpdates', fields)).result as { update_id: number }[]).map(({ update_id }) => update_id);

describe('the stand-in refuses what Telegram refuses', () => {
  const button = (more: object) => ({ text: 'x', reply_markup: { inline_keyboard: [[more]] } });
  it.each([
    ['an empty text', { text: ' ' }, 400, 'Bad Request: message text is empty'],
    ['a text too long', { text: 'x'.repeat(4_097) }, 400, 'Bad Request: message is too long'],
    ['half a character', { text: '\ud83d' }, 400, 'Bad Request: strings must be encoded in UTF-8'],
    [
      'callback data too long',
      button({ text: 'a', callback_data: 'ư'.repeat(33) }),
      400,
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    ['a stranger', { chat_id: 1, text: 'x' }, 400, 'Bad Request: chat not found'],
    ['nobody', { chat_id: undefined, text: 'x' }, 400, 'Bad Request: chat_id is empty'],
  ])('%s', async (_what, fields, code, description) => {
    const person = telegram.person();
    person.chat.open = true;
    const answer = await call('sendMessage', { chat_id: person.number, ...fields });
    expect(answer).toEqual({ ok: false, error_code: code, description });
  });

  it('a wrong token, a method that is not there, who never wrote, who blocked the bot', async () => {
    const person = telegram.person();
    const send = () => call('sendMessage', { chat_id: person.number, text: 'x' });
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({ error_code: 401 });
    expect(await call('getNothing')).toMatchObject({ error_code: 404 });
    expect(await send()).toMatchObject({ error_code: 403, description: expect.stringContaining('initiate') });
    person.chat.open = true;
    person.chat.standing = 'blocked';
    expect(await send()).toMatchObject({ error_code: 403, description: expect.stringContaining('blocked') });
  });

  it('deleting after 48 hours', async () => {
    const person = telegram.person();
    person.chat.open = true;
    await call('sendMessage', { chat_id: person.number, text: 'x' });
    const message_id = Number(person.screen[0]?.id);
    telegram.age(48 * 3_600_000);
    const answer = await call('deleteMessages', { chat_id: person.number, message_ids: [message_id] });
    expect(answer.description).toBe("Bad Request: message can't be deleted for everyone");
  });
});

describe('the stand-in shows updates as Telegram does', () => {
  it('confirms by a higher offset only, and shows one at a time to who asks too often', async () => {
    const person = telegram.person();
    const written = [person.write('một'), person.write('hai')];
    const [first = 0, second = 0] = await ids({});
    await Promise.all(written);
    expect(second).toBe(first + 1);
    expect(await ids({ offset: first })).toEqual([first, second]);
    expect(await ids({ offset: first })).toEqual([first]);
    expect(await ids({ offset: second })).toEqual([second]);
    expect(await ids({ offset: first })).toEqual([second]);
  });

  it('answers a waiting poll when something comes, and ends it for a second one', async () => {
    const waiting = call('getUpdates', { timeout: 10 });
    await until(() => telegram.callsOf('getUpdates').length === 1);
    const next = call('getUpdates', { timeout: 10, offset: 5 });
    expect(await waiting).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('other getUpdates'),
    });
    await telegram.person().write('một');
    expect((await next).result).toHaveLength(1);
  });

  it('refuses polls while a webhook is set', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:9/' });
    expect(await call('getUpdates')).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('webhook'),
    });
  });
});

describe('the stand-in watches the pace', () => {
  it('notes two messages a second to one person, and more than thirty to all', async () => {
    const people = Array.from({ length: 31 }, () => telegram.person());
    for (const person of people) {
      person.chat.open = true;
      telegram.world.pace.note(person.number, 1_000);
    }
    telegram.world.pace.note(people[0]?.number ?? 0, 1_500);
    telegram.world.pace.note(people[0]?.number ?? 0, 2_600);
    expect(telegram.world.pace.violations.map(({ limit, at }) => [limit, at])).toEqual([
      ['overall', 1_000],
      ['overall', 1_500],
      ['chat', 1_500],
    ]);
  });
});
