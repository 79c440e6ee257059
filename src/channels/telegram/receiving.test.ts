import { once } from 'node:events';
import { connect } from 'node:net';
import { TelegramStandIn } from '../../../tests/stand-ins/telegram.js';
import { until } from '../../../tests/support/until.js';
import { CARD, SECRET, startTelegram, type TelegramInTest } from './testing/telegram-in-test.js';

let test: TelegramInTest;
afterEach(() => test.stop());
const away = () => ({ kind: 'unavailable', messages: [CARD] }) as const;

describe.each(['webhook', 'polling'] as const)('what people send, by %s', (mode) => {
  beforeEach(async () => {
    test = await startTelegram({ mode });
    await test.start();
  });

  it('comes in as what it means', async () => {
    const person = test.telegram.person();
    const bytes = Buffer.from('bytes');
    await person.start();
    await person.start('report');
    await person.start('cứu em với');
    await person.write('Chào   bạn\r\n');
    await person.write('/help');
    await person.write('/xoa');
    await person.write('/xoá');
    await person.write('/bao_tin ngay');
    await person.sendFile({ kind: 'photo', bytes, caption: 'vết bầm' });
    await person.sendFile({ kind: 'voice', bytes });
    await person.sendFile({ kind: 'video', bytes });
    await person.sendFile({ kind: 'document', bytes, name: 'don.pdf' });
    await person.sendLocation(10.01, 105.08);
    await person.send({
      venue: { location: { latitude: 1, longitude: 2 }, title: 'Trường', address: 'Ở đó' },
    });
    await person.sendContact();
    await person.sendSticker();
    await person.send({ dice: { emoji: '🎲', value: 3 } });
    await person.send({ hologram: { size: 3 } });
    await until(() => test.received.length === 18);
    const source = expect.stringMatching(/^AgACAg/);
    expect(test.contents()).toEqual([
      { kind: 'start' },
      { kind: 'start', parameter: 'report' },
      { kind: 'text', text: 'cứu em với' },
      { kind: 'text', text: 'Chào   bạn' },
      { kind: 'choice', id: 'help' },
      { kind: 'choice', id: 'forget' },
      { kind: 'text', text: 'xoá' },
      { kind: 'text', text: 'bao_tin ngay' },
      { kind: 'media', media: 'photo', source, text: 'vết bầm' },
      { kind: 'media', media: 'voice', source },
      { kind: 'media', media: 'video', source },
      { kind: 'media', media: 'document', source },
      { kind: 'location', latitude: 10.01, longitude: 105.08 },
      { kind: 'location', latitude: 1, longitude: 2 },
      { kind: 'other', what: 'contact_card' },
      { kind: 'other', what: 'sticker' },
      { kind: 'other', what: 'unknown' },
      { kind: 'other', what: 'unknown' },
    ]);
  });

  it('names the person by their hash, keeps the way back and the receipt, and nothing else of them', async () => {
    const person = test.telegram.person();
    await person.write('Chào');
    await until(() => test.received.length === 1);
    const [incoming] = test.received;
    expect(incoming).toMatchObject({
      channel: 'telegram',
      contact: test.deps.contactOf(person.id),
      address: person.id,
      receipt: String(person.own[0]?.id),
    });
    const { address: _, ...rest } = incoming ?? {};
    const everything = JSON.stringify([rest, test.logged, test.observed]);
    for (const trace of [person.id, 'Tên9', 'Họ9', 'nguoi_9', test.telegram.token])
      expect(everything).not.toContain(trace);
  });

  it('shows at once that somebody writes back', async () => {
    await test.telegram.person().write('Chào');
    await until(() => test.telegram.callsOf('sendChatAction').length === 1);
    expect(test.telegram.callsOf('sendChatAction')[0]?.status).toBe(200);
  });

  it('is not held up when Telegram refuses the typing sign', async () => {
    test.telegram.fail('sendChatAction', { drop: 'before' });
    await test.telegram.person().write('Chào');
    await until(() => test.received.length === 1);
  });

  it('an edit is new words for an earlier message; one without words is let go', async () => {
    const person = test.telegram.person();
    await person.write('Ba đanh');
    await person.edit('Ba đánh con');
    await person.edit('Ba đánh con đau');
    await until(() => test.received.length === 3);
    expect(test.contents().slice(1)).toEqual([
      { kind: 'edited', text: 'Ba đánh con' },
      { kind: 'edited', text: 'Ba đánh con đau' },
    ]);
    expect(new Set(test.received.map(({ messageId }) => messageId)).size).toBe(3);
  });

  it('a pressed button is answered at once and becomes its choice, an old or forged one too', async () => {
    const person = test.telegram.person();
    await person.write('Chào');
    await test.channel.sender.send(
      person.id,
      {
        id: 'o',
        kind: 'question',
        text: 'Ở đâu?',
        choices: [{ id: 'report.where.home', label: 'Ở nhà' }],
        sources: [],
      },
      0,
    );
    await person.press('Ở nhà');
    await person.pressData('một.nút.cũ');
    await until(() => test.received.length === 3);
    await until(() => test.telegram.callsOf('answerCallbackQuery').length === 2);
    expect(test.contents().slice(1)).toEqual([
      { kind: 'choice', id: 'report.where.home' },
      { kind: 'choice', id: 'một.nút.cũ' },
    ]);
    expect(test.telegram.callsOf('answerCallbackQuery').map(({ status }) => status)).toEqual([200, 200]);
  });

  it('who blocks the bot has left; who comes back owes nothing', async () => {
    const person = test.telegram.person();
    await person.start();
    await person.leave();
    await person.comeBack();
    await until(() => test.observed.includes('unblocked ignored'));
    expect(test.left).toEqual([test.deps.contactOf(person.id)]);
    expect(test.received).toHaveLength(1);
  });

  it('bots, and what is no message to us, are let go and counted by name', async () => {
    const person = test.telegram.person();
    await person.send({ pinned_message: {} });
    await test.telegram.tell('message', {
      message_id: 1,
      from: { id: 5, is_bot: true },
      chat: { id: 5, type: 'private' },
      date: 0,
      text: 'tôi là máy',
    });
    await until(() => test.observed.length === 2);
    expect(test.observed).toEqual(['pinned_message ignored', 'from_bot ignored']);
    expect(test.received).toEqual([]);
  });

  it('in groups it says once an hour that it talks in private, with the way there, and takes nothing', async () => {
    const person = test.telegram.person();
    for (const type of ['group', 'supergroup', 'channel'] as const) {
      const group = test.telegram.group(type);
      await group.addBot(person);
      await group.say(person, 'con tôi bị đánh');
      await group.say(person, '/start@LangNgheThuBot');
      await group.say(person, 'ê @langnghethubot');
      await group.say(person, '/help@bot_khac');
      await until(() => group.screen.length > 0);
      expect(group.screen.map(({ text }) => text)).toEqual([
        test.deps.texts.say('telegram.private_only.with_link', 'teen', {
          link: 'https://t.me/LangNgheThuBot',
        }),
      ]);
    }
    await until(() => test.observed.length === 15);
    expect(test.received).toEqual([]);
  });

  it('a message is not lost while the database is away: the card is said once, the turn comes later', async () => {
    const person = test.telegram.person();
    await person.start();
    await until(() => test.received.length === 1);
    test.fate.of = away;
    await person.write('cứu con');
    await until(() => person.screen.length === 1);
    // Some redeliveries later it has still been said once.
    const tries = () => test.observed.filter((line) => line === 'text not_stored').length;
    await until(() => tries() >= 3);
    expect(person.screen.map(({ text }) => text)).toEqual([CARD.text]);
    test.fate.of = () => ({ kind: 'done', messages: [] });
    await until(() => test.received.length === 2);
    expect(test.contents().at(-1)).toEqual({ kind: 'text', text: 'cứu con' });
  });

  it('a card that did not go out is said with the next redelivery', async () => {
    const person = test.telegram.person();
    await person.start();
    await until(() => test.received.length === 1);
    test.fate.of = away;
    test.telegram.fail('sendMessage', { refuse: { status: 500, description: 'Internal Server Error' } });
    await person.write('cứu con');
    await until(() => person.screen.length === 1);
  });

  it('somebody else is heard while one message cannot be stored', async () => {
    const first = test.telegram.person();
    const second = test.telegram.person();
    test.fate.of = ({ address }) => (address === first.id ? away() : { kind: 'done', messages: [] });
    await first.write('một');
    await second.write('hai');
    await until(() => test.contents().some((content) => content.kind === 'text' && content.text === 'hai'));
    test.fate.of = () => ({ kind: 'done', messages: [] });
    await until(() => test.received.length === 2);
  });

  it('messages of one person keep their order', async () => {
    const person = test.telegram.person();
    const numbers = Array.from({ length: 12 }, (_, index) => String(index));
    test.fate.of = async () => {
      await new Promise((done) => setTimeout(done, Math.random() * 20));
      return { kind: 'done', messages: [] };
    };
    await Promise.all(numbers.map((number) => person.write(number)));
    await until(() => test.received.length === 12);
    expect(test.contents()).toEqual(numbers.map((text) => ({ kind: 'text', text })));
  });

  it('what Telegram sends again is the same message', async () => {
    const person = test.telegram.person();
    await person.write('một');
    await person.write('hai');
    await until(() => test.received.length === 2);
    await test.telegram.redeliver((all) => [...all].reverse());
    await until(() => test.received.length === 4);
    const ids = test.received.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('the webhook', () => {
  const post = (secret: string | undefined, body = '{}') =>
    fetch(`${test.origin}/webhooks/telegram`, {
      method: 'POST',
      headers: secret === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret },
      body,
    });

  it('is registered with its secret, for the kinds that are handled, and keeps what waits', async () => {
    test = await startTelegram();
    await test.start();
    expect(test.telegram.callsOf('setWebhook')[0]?.fields).toEqual({
      url: `${test.origin}/webhooks/telegram`,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
    await until(() => test.alarms.length > 0);
    expect(test.alarms).toEqual([undefined]);
  });

  it.each([undefined, '', 'wrong', `${SECRET}x`])(
    'refuses the secret %p and stores nothing',
    async (secret) => {
      test = await startTelegram();
      const response = await post(secret, JSON.stringify({ update_id: 1, message: {} }));
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toMatch('application/problem+json');
      expect(await response.json()).toEqual({ type: 'urn:lang-nghe:problem:unauthorized', status: 401 });
      expect(test.received).toEqual([]);
      expect(test.observed).toEqual(['other refused']);
    },
  );

  it('answers a forger before the body has come', async () => {
    test = await startTelegram();
    const { hostname, port } = new URL(test.origin);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /webhooks/telegram HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 1000\r\n\r\n{`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('asks for what cannot be read again, takes what it does not know', async () => {
    test = await startTelegram();
    expect((await post(SECRET, '{"update_id":')).status).toBe(400);
    expect((await post(SECRET, `"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
    for (const odd of [
      '{}',
      '[]',
      '7',
      '{"update_id":1}',
      '{"update_id":2,"message":7}',
      '{"update_id":3,"news":{}}',
    ])
      expect((await post(SECRET, odd)).status).toBe(200);
    expect(new Set(test.observed)).toEqual(new Set(['other ignored']));
  });

  it('says when to come again if nothing could be stored', async () => {
    test = await startTelegram();
    test.fate.of = away;
    const chat = { id: 5, type: 'private' };
    const message = { message_id: 1, date: 0, chat, from: { id: 5 }, text: 'một' };
    const response = await post(SECRET, JSON.stringify({ update_id: 1, message }));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('does not exist while the channel polls', async () => {
    test = await startTelegram({ mode: 'polling' });
    expect((await post(SECRET)).status).toBe(404);
  });

  it('is registered again and again until Telegram takes it, with an alarm meanwhile', async () => {
    const standIn = await TelegramStandIn.start({ local: false });
    test = await startTelegram({ standIn });
    const running = test.channel.start();
    await until(() => standIn.callsOf('setWebhook').length >= 3);
    expect(test.alarms).toEqual(['webhook_refused']);
    await running.stop();
  });

  it('raises an alarm when Telegram cannot deliver, and takes it back', async () => {
    test = await startTelegram({ timing: { webhookCheck: 50 } });
    await test.start();
    test.fate.of = away;
    await test.telegram.person().write('một');
    await until(() => test.alarms.includes('cannot_reach_us'));
    test.fate.of = () => ({ kind: 'done', messages: [] });
    await until(() => test.alarms.at(-1) === undefined);
  });

  it('takes its place back when somebody else registered another address', async () => {
    test = await startTelegram({ timing: { webhookCheck: 30 } });
    await test.start();
    test.telegram.world.webhook.set({ url: 'http://127.0.0.1:9/other' });
    await until(() => test.telegram.world.webhook.url === `${test.origin}/webhooks/telegram`);
  });
});
