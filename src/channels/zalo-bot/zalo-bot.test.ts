import { type BotPerson, ZaloBotStandIn } from '../../../tests/stand-ins/zalo-bot.js';
import { createPushParts, openServer, type PushParts } from '../../../tests/support/push-parts.js';
import { GOOD_FILES } from '../../../tests/support/small-files.js';
import { until } from '../../../tests/support/until.js';
import type { Incoming, Outgoing } from '../../conversation/message.js';
import type { TurnOutcome } from '../../conversation/turn.js';
import { FetchFault, SendFault } from '../channel.js';
import { readIncomingFile } from '../media/read-incoming-file.js';
import type { PushChannel } from '../push-channel.js';
import { createZaloBot } from './create-zalo-bot.js';

const SECRET = 'a-secret-of-tests';
const card: Outgoing = { id: 'c', kind: 'danger', text: 'Gọi 111.', choices: [], sources: [] };
const message = (more: Partial<Outgoing> = {}): Outgoing => ({
  ...card,
  kind: 'text',
  text: 'Chào bạn.',
  ...more,
});

let platform: ZaloBotStandIn;
let person: BotPerson;
let server: Awaited<ReturnType<typeof openServer>>;
let parts: PushParts;
let bot: PushChannel;
let running: { stop(): Promise<void> } | undefined;
let received: Incoming[];
let outcome: TurnOutcome;
let clock: number;

async function begin(way: 'webhook' | 'polling') {
  received = [];
  outcome = { kind: 'done', messages: [] };
  clock = Date.UTC(2026, 10, 2);
  parts = createPushParts(
    async (incoming) => {
      received.push(incoming);
      return outcome;
    },
    { publicUrl: way === 'webhook' ? server.url : undefined, now: () => clock },
  );
  const settings = {
    token: platform.token,
    apiRoot: platform.root,
    webhookSecret: way === 'webhook' ? SECRET : undefined,
  };
  bot = createZaloBot({ ...parts, settings });
  server.mount(bot.routes);
  running = bot.start();
  await until(() => platform.callsOf(way === 'webhook' ? 'setWebhook' : 'deleteWebhook').length > 0);
}

beforeEach(async () => {
  platform = await ZaloBotStandIn.start();
  person = platform.person();
  server = await openServer();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await server.close();
  await platform.close();
});

const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof SendFault || error instanceof FetchFault ? error : 'another error'),
  );

describe('received by webhook', () => {
  beforeEach(() => begin('webhook'));

  it('registers its address with its secret', () => {
    expect(platform.webhook).toEqual({ url: `${server.url}/webhooks/zalo-bot`, secret: SECRET });
    expect(parts.alarms).toEqual([]);
  });

  it('carries words to the turn, by hashed ids, and says that it is typing', async () => {
    await person.write('xin chào');
    expect(platform.deliveries).toEqual([200]);
    expect(received).toEqual([
      {
        channel: 'zalo_bot',
        messageId: expect.stringMatching(/^[0-9a-f]{64}$/),
        contact: parts.contactOf(person.id),
        address: person.id,
        content: { kind: 'text', text: 'xin chào' },
      },
    ]);
    expect(parts.observed).toEqual([['message.text.received', 'taken']]);
    await until(() => platform.callsOf('sendChatAction').length === 1);
    expect(platform.callsOf('sendChatAction')[0]?.body).toEqual({ chat_id: person.id, action: 'typing' });
  });

  it('gives a message that comes three times the same id each time, and acknowledges it each time', async () => {
    await person.write('xin chào');
    outcome = { kind: 'duplicate', messages: [card] };
    await platform.deliver(person.last);
    await platform.deliver(person.last);
    expect(platform.deliveries).toEqual([200, 200, 200]);
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(1);
    expect(person.screen).toEqual([]);
  });

  it.each([
    ['a wrong secret', 'another-secret'],
    ['a secret with one letter more', `${SECRET}x`],
    ['no secret', ''],
  ])('refuses %s with 401 and takes nothing', async (_, secret) => {
    const update = { event_name: 'message.text.received', message: {} };
    expect(await platform.post(update, secret)).toBe(401);
    expect(received).toEqual([]);
    expect(parts.observed).toEqual([['other', 'refused']]);
  });

  it('refuses a wrong secret before the body is read, however large it is', async () => {
    expect(await platform.post('x'.repeat(2_000_000), 'another-secret')).toBe(401);
    expect(await platform.post('x'.repeat(2_000_000))).toBe(413);
  });

  it('acknowledges what is nothing to us', async () => {
    const odd = [
      '{',
      '{}',
      '[]',
      'null',
      { ok: true, result: { event_name: 'message.new.kind', message: {} } },
    ];
    for (const body of odd) expect(await platform.post(body)).toBe(200);
    expect(received).toEqual([]);
    expect(parts.observed).toEqual(odd.map(() => ['other', 'ignored']));
  });

  it('does not acknowledge what could not be stored, and says the card at once, but once', async () => {
    outcome = { kind: 'unavailable', messages: [card] };
    await person.write('con muốn chết');
    await platform.deliver(person.last);
    expect(platform.deliveries).toEqual([503, 503]);
    await until(() => person.screen.length > 0);
    outcome = { kind: 'done', messages: [] };
    await platform.deliver(person.last);
    expect(platform.deliveries).toEqual([503, 503, 200]);
    expect(person.screen.map(({ text }) => text)).toEqual(['Gọi 111.']);
    expect(parts.observed.map(([, what]) => what)).toEqual(['not_stored', 'not_stored', 'taken']);
  });

  it('says the card to the next redelivery when it could not be sent before', async () => {
    outcome = { kind: 'unavailable', messages: [card] };
    platform.trouble('sendMessage', { status: 502 });
    await person.write('con muốn chết');
    await until(() => parts.logged.length > 1);
    expect(person.screen).toEqual([]);
    await platform.deliver(person.last);
    await until(() => person.screen.length === 1);
  });

  it('tells a group once an hour that it talks in private, and hears nothing of it', async () => {
    for (let count = 0; count < 3; count += 1) await person.sayInGroup('lop-5a', 'có ai không');
    await until(() => platform.callsOf('sendMessage').length > 0);
    clock += 3_599_000;
    await person.sayInGroup('lop-5a', 'có ai không');
    expect(platform.callsOf('sendMessage')).toHaveLength(1);
    clock += 2_000;
    await person.sayInGroup('lop-5a', 'có ai không');
    await person.sayInGroup('lop-5b', 'có ai không');
    await until(() => platform.callsOf('sendMessage').length === 3);
    expect(platform.callsOf('sendMessage')[0]?.body).toEqual({
      chat_id: 'group-lop-5a',
      text: parts.texts.say('zalo_bot.only_private'),
    });
    expect(received).toEqual([]);
    expect(platform.callsOf('sendChatAction')).toEqual([]);
  });

  it('takes a photo that a person sent from where the platform keeps it', async () => {
    await person.sendFile({ kind: 'photo', bytes: GOOD_FILES['image/jpeg'], name: 'a.exe', caption: 'đây' });
    const content = received[0]?.content;
    if (content?.kind !== 'media') throw new Error('No file came.');
    expect(content.text).toBe('đây');
    const file = await bot.sender.fetch?.(content.source, new AbortController().signal);
    if (file === undefined) throw new Error('Files cannot be fetched.');
    expect(await readIncomingFile(file)).toMatchObject({
      file: { type: 'image/jpeg', bytes: GOOD_FILES['image/jpeg'] },
    });
  });

  it('leaves no id, name, word or token in the log', async () => {
    platform.trouble('sendMessage', { status: 500 }, 9);
    outcome = { kind: 'unavailable', messages: [card] };
    await person.write('con sợ lắm');
    await person.sayInGroup('lop-5a', 'có ai không');
    await platform.post('x'.repeat(2_000_000));
    await until(() => parts.logged.length >= 4);
    const lines = parts.logged.map((line) => JSON.stringify(line)).join('\n');
    for (const secret of [person.id, 'lop-5a', 'sợ', 'Thử', platform.token, SECRET]) {
      expect(lines).not.toContain(secret);
    }
  });
});

describe('fetching files', () => {
  beforeEach(() => begin('webhook'));
  const fetchFrom = (source: string) =>
    faultOf(bot.sender.fetch?.(source, AbortSignal.timeout(5_000)) ?? Promise.resolve());

  it.each([
    'https://example.com/a.jpg',
    'https://evilzdn.vn/a.jpg',
    'https://zdn.vn.example.com/a.jpg',
    'http://photo.zdn.vn/a.jpg',
    'https://photo.zdn.vn:8443/a.jpg',
    'https://user@photo.zdn.vn/a.jpg',
    'http://127.0.0.1:1/a.jpg',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'a.jpg',
    '',
  ])('never asks %s', async (source) => {
    expect(await fetchFrom(source)).toMatchObject({ code: 'foreign_address', again: false });
  });

  it('says when a file is gone', async () => {
    expect(await fetchFrom(`${platform.root}/files/none`)).toMatchObject({
      code: 'no_longer_there',
      again: false,
    });
  });

  it('tries again when nobody answers', async () => {
    await platform.close();
    expect(await fetchFrom(`${platform.root}/files/none`)).toMatchObject({
      code: 'unreachable',
      again: true,
    });
    platform = await ZaloBotStandIn.start();
  });
});

describe('sending', () => {
  beforeEach(() => begin('webhook'));

  it('numbers the choices, names the sources and says what a picture shows', async () => {
    const full = message({
      text: '**Chào** bạn.',
      choices: ['Có', 'Không'].map((label) => ({ id: label, label })),
      attachment: { kind: 'image', file: 'so.png', alt: 'Hai số cần nhớ: 111 và 113.' },
      sources: [{ label: 'Luật Trẻ em 2016, Điều 6', effectiveFrom: '2017-06-01' }],
    });
    expect(bot.sender.pieces(full)).toBe(1);
    expect(await bot.sender.send(person.id, full, 0)).toBe(person.screen[0]?.id);
    expect(person.screen[0]?.text).toMatch(
      /^Chào bạn\.\n\nHai số cần nhớ: 111 và 113\.\n\n.*Luật Trẻ em 2016, Điều 6.*\n\n1\. Có\n2\. Không$/,
    );
  });

  it('sends a long text in pieces that the platform takes, with nothing lost', async () => {
    const words = Array.from({ length: 900 }, (_, index) => `Câu số ${index}.`).join(' ');
    const long = message({ text: words });
    for (let piece = 0; piece < bot.sender.pieces(long); piece += 1)
      await bot.sender.send(person.id, long, piece);
    expect(person.screen.length).toBeGreaterThan(4);
    expect(person.screen.map(({ text }) => text).join(' ')).toBe(words);
  });

  it.each([
    [{ status: 400 }, 'bad_request', 'give_up'],
    [{ status: 401 }, 'wrong_token', 'operator'],
    [{ status: 403 }, 'refused_by_person', 'gone'],
    [{ status: 503, body: '<html>' }, 'platform_in_trouble', 'retry'],
    [{ status: 200, body: '<html>' }, 'platform_in_trouble', 'retry'],
    [{ status: 200, body: {} }, 'platform_in_trouble', 'retry'],
    [{ status: 302 }, 'platform_in_trouble', 'retry'],
    [{ status: 200, body: { ok: false, error_code: 403 } }, 'refused_by_person', 'gone'],
    [
      { status: 200, body: { ok: false, error_code: 429, description: 'Quota exceeded' } },
      'quota_exceeded',
      'operator',
    ],
    [{ status: 429, body: {} }, 'too_fast', 'wait'],
    [{ drop: true }, 'unreachable', 'retry'],
  ])('meets %j with %s: %s', async (trouble, code, kind) => {
    platform.trouble('sendMessage', trouble);
    expect(await faultOf(bot.sender.send(person.id, message(), 0))).toMatchObject({
      code,
      decision: { kind },
    });
    expect(person.screen).toEqual([]);
  });

  it('says what a person who left, a month used up and an unknown chat come to', async () => {
    expect(await faultOf(bot.sender.send('nobody', message(), 0))).toMatchObject({ code: 'not_found' });
    platform.quota = 0;
    expect(await faultOf(bot.sender.send(person.id, message(), 0))).toMatchObject({ code: 'quota_exceeded' });
    platform.quota = 9;
    await person.leave();
    expect(await faultOf(bot.sender.send(person.id, message(), 0))).toMatchObject({
      decision: { kind: 'gone' },
    });
  });

  it('gives a fault that tells nothing of the token or the person', async () => {
    platform.trouble('sendMessage', { drop: true });
    const fault = await faultOf(bot.sender.send(person.id, message(), 0));
    const told = fault instanceof Error ? `${fault.message}${fault.stack}${JSON.stringify(fault)}` : '';
    expect(told).toContain('unreachable');
    expect(told).not.toMatch(new RegExp(`${platform.token}|${person.id}`));
  });
});

describe('registering the webhook', () => {
  it('tries again, with an alarm until it is done', async () => {
    platform.trouble('setWebhook', { status: 502 });
    await begin('webhook');
    await until(() => platform.webhook !== undefined && parts.alarms.length === 2);
    expect(parts.alarms).toEqual(['platform_in_trouble', undefined]);
  });

  it('does not believe a registration that the platform could not verify', async () => {
    platform.reachesWebhook = false;
    await begin('webhook');
    await until(() => parts.alarms.length === 1);
    expect(parts.alarms).toEqual(['webhook_not_reached']);
    platform.reachesWebhook = true;
    await until(() => parts.alarms.length === 2);
    expect(parts.alarms.at(-1)).toBeUndefined();
  });
});

describe('received by polling', () => {
  it('has no webhook, and takes away one that was set before', async () => {
    platform.webhook = { url: `${server.url}/webhooks/zalo-bot`, secret: SECRET };
    await begin('polling');
    await until(() => platform.callsOf('getUpdates').length > 0);
    expect(platform.calls.map(({ method }) => method).slice(0, 2)).toEqual(['deleteWebhook', 'getUpdates']);
    expect(platform.callsOf('getUpdates')[0]?.body).toEqual({ timeout: 30 });
    expect((await fetch(`${server.url}/webhooks/zalo-bot`, { method: 'POST' })).status).toBe(404);
  });

  it('takes what people write, in order', async () => {
    await begin('polling');
    for (const words of ['một', 'hai', 'ba']) await person.write(words);
    await until(() => received.length === 3);
    expect(received.map(({ content }) => content)).toMatchObject([
      { text: 'một' },
      { text: 'hai' },
      { text: 'ba' },
    ]);
  });

  it('keeps what could not be stored, asks for nothing more, and takes it again until it is', async () => {
    await begin('polling');
    outcome = { kind: 'unavailable', messages: [card] };
    await person.write('con muốn chết');
    await until(() => received.length === 2);
    const asked = platform.callsOf('getUpdates').length;
    const later = person.write('còn đó không');
    outcome = { kind: 'done', messages: [] };
    await later;
    await until(() => received.length === 4);
    expect(received.map(({ content }) => content)).toMatchObject([
      { text: 'con muốn chết' },
      { text: 'con muốn chết' },
      { text: 'con muốn chết' },
      { text: 'còn đó không' },
    ]);
    expect(platform.callsOf('getUpdates').length).toBeGreaterThan(asked);
    expect(person.screen.map(({ text }) => text)).toEqual(['Gọi 111.']);
  });

  it('raises an alarm at once for a wrong token, and takes it back when it is mended', async () => {
    platform.trouble('getUpdates', { status: 401 });
    await begin('polling');
    await until(() => parts.alarms.length === 2);
    expect(parts.alarms).toEqual(['wrong_token', undefined]);
    await person.write('xin chào');
    await until(() => received.length === 1);
  });

  it('raises no alarm for one call that the platform lost', async () => {
    platform.trouble('getUpdates', { drop: true });
    await begin('polling');
    await person.write('xin chào');
    await until(() => received.length === 1);
    expect(parts.alarms).toEqual([]);
  });

  it('stops in the middle of a held call', async () => {
    platform.longestHold = 10_000;
    await begin('polling');
    const began = Date.now();
    await running?.stop();
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});
