import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TelegramPerson } from '../../../tests/stand-ins/telegram/person.js';
import { TelegramStandIn } from '../../../tests/stand-ins/telegram.js';
import type { Outgoing } from '../../conversation/message.js';
import { type IncomingFile, SendFault } from '../channel.js';
import { outgoing, startTelegram, type TelegramInTest } from './testing/telegram-in-test.js';

let test: TelegramInTest;
let person: TelegramPerson;
beforeEach(async () => {
  test = await startTelegram({ mode: 'polling' });
  person = test.telegram.person();
  person.chat.open = true;
});
afterEach(() => test.stop());

const retract = async (receipts: readonly string[]): Promise<void> =>
  test.channel.sender.retract?.(person.id, receipts);
const fetchFile = async (source: string, signal: AbortSignal): Promise<IncomingFile | undefined> =>
  test.channel.sender.fetch?.(source, signal);

async function sendAll(message: Outgoing, to: string = person.id): Promise<string[]> {
  const receipts: string[] = [];
  for (let piece = 0; piece < test.channel.sender.pieces(message); piece += 1)
    receipts.push(await test.channel.sender.send(to, message, piece));
  return receipts;
}
const faultOf = (promise: Promise<unknown>): Promise<SendFault> =>
  promise.then(
    () => Promise.reject(new Error('It was taken.')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(SendFault);
      return error as SendFault;
    },
  );
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, label: `Ý ${index}` }));

describe('a message on Telegram', () => {
  it('is plain words with one button a row', async () => {
    const receipts = await sendAll(outgoing({ text: 'Gọi **111** nhé.', choices: choices(3) }));
    expect(person.screen).toEqual([
      { id: receipts[0], text: 'Gọi 111 nhé.', buttons: ['Ý 0', 'Ý 1', 'Ý 2'] },
    ]);
    const [call] = test.telegram.callsOf('sendMessage');
    expect(call?.fields).toEqual({
      chat_id: Number(person.id),
      text: 'Gọi 111 nhé.',
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: choices(3).map(({ id, label }) => [{ text: label, callback_data: id }]),
      },
    });
  });

  it('too long goes out in pieces, the buttons under the last', async () => {
    const text = Array.from({ length: 500 }, (_, index) => `Câu thứ ${index} nói.`).join(' ');
    const message = outgoing({ text, choices: choices(2) });
    await sendAll(message);
    expect(test.channel.sender.pieces(message)).toBe(person.screen.length);
    expect(person.screen.length).toBeGreaterThan(1);
    expect(person.screen.map((seen) => seen.text).join(' ')).toBe(text);
    expect(person.screen.map(({ buttons }) => buttons.length)).toEqual(
      person.screen.map((_, at) => (at + 1 === person.screen.length ? 2 : 0)),
    );
  });

  it.each([
    ['too many choices', choices(17)],
    ['an id too long for a button', [{ id: 'ư'.repeat(33), label: 'Có' }]],
    ['a label of nothing', [{ id: 'a', label: ' ' }]],
  ])('%s become a numbered list', async (_what, list) => {
    await sendAll(outgoing({ choices: list }));
    expect(person.screen[0]?.buttons).toEqual([]);
    expect(person.screen[0]?.text).toMatch(/^Chào bạn\.\n\n1\./);
  });

  it('16 buttons with ids of 64 bytes are taken', async () => {
    await sendAll(
      outgoing({ choices: choices(16).map(({ id, label }) => ({ id: id.padEnd(64, 'x'), label })) }),
    );
    expect(person.screen[0]?.buttons).toHaveLength(16);
  });
});

describe('a file of ours', () => {
  const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 1)]);
  const put = (name: string, bytes: Buffer) =>
    writeFileSync(path.join(test.deps.attachmentsFolder, name), bytes);
  const withPicture = outgoing({
    attachment: { kind: 'image', file: 'so.png', alt: 'Năm số khẩn cấp.' },
    choices: choices(1),
  });

  it('comes before the words, says what it shows, and is uploaded once', async () => {
    put('so.png', PNG);
    await sendAll(withPicture);
    await sendAll(withPicture);
    expect(person.screen.map(({ text, attachment }) => [text, attachment])).toEqual([
      ['Năm số khẩn cấp.', 'image'],
      ['Chào bạn.', undefined],
      ['Năm số khẩn cấp.', 'image'],
      ['Chào bạn.', undefined],
    ]);
    const sent = test.telegram.callsOf('sendPhoto').map(({ fields }) => typeof fields.photo);
    expect(sent).toEqual(['object', 'string']);
  });

  it('with new content under the same name is uploaded anew', async () => {
    put('so.png', PNG);
    await sendAll(withPicture);
    put('so.png', Buffer.concat([PNG, Buffer.from('new')]));
    await sendAll(withPicture);
    expect(test.telegram.callsOf('sendPhoto').every(({ fields }) => typeof fields.photo === 'object')).toBe(
      true,
    );
  });

  it('that Telegram no longer knows is uploaded again', async () => {
    put('so.png', PNG);
    await sendAll(withPicture);
    test.telegram.world.files.forgetAll();
    await sendAll(withPicture);
    expect(test.telegram.callsOf('sendPhoto').map(({ status }) => status)).toEqual([200, 400, 200]);
  });

  it.each([
    ['that is missing', undefined],
    ['that Telegram refuses', Buffer.from('no picture')],
  ])('%s is told in words', async (_what, bytes) => {
    if (bytes) put('so.png', bytes);
    await sendAll(withPicture);
    expect(person.screen.map(({ text }) => text)).toEqual(['Năm số khẩn cấp.', 'Chào bạn.']);
  });

  it('goes as a document, and goes while the notes are away', async () => {
    await test.stop();
    const away = async () => Promise.reject(new Error('away'));
    test = await startTelegram({ mode: 'polling', deps: { notes: { read: away, write: away } } });
    person = test.telegram.person();
    person.chat.open = true;
    put('to.pdf', Buffer.from('%PDF'));
    await sendAll(outgoing({ attachment: { kind: 'document', file: 'to.pdf', alt: '' } }));
    expect(person.screen.map(({ attachment }) => attachment)).toEqual(['document', undefined]);
  });

  it('never leaves its folder', async () => {
    await sendAll(
      outgoing({ attachment: { kind: 'document', file: '../../../../etc/passwd', alt: 'Tờ rơi.' } }),
    );
    expect(test.telegram.callsOf('sendDocument')).toEqual([]);
    expect(person.screen[0]?.text).toBe('Tờ rơi.');
  });
});

describe('what Telegram does not take', () => {
  it.each([
    ['a blocked bot', () => (person.chat.standing = 'blocked'), 'blocked', 'gone'],
    ['a deleted account', () => (person.chat.standing = 'deactivated'), 'deactivated', 'gone'],
    ['somebody who never wrote', () => (person.chat.open = false), 'never_started', 'gone'],
  ])('%s', async (_what, set, code, kind) => {
    set();
    expect(await faultOf(sendAll(outgoing()))).toMatchObject({ code, decision: { kind } });
  });

  it('nobody, nothing, and a piece that is not there', async () => {
    expect(await faultOf(sendAll(outgoing(), '424242'))).toMatchObject({ code: 'chat_not_found' });
    expect(await faultOf(sendAll(outgoing(), 'abc'))).toMatchObject({ code: 'address_unreadable' });
    expect(await faultOf(sendAll(outgoing({ text: '' })))).toMatchObject({ code: 'text_empty' });
    const late = test.channel.sender.send(person.id, outgoing(), 3);
    expect(await faultOf(late)).toMatchObject({ code: 'no_such_piece', decision: { kind: 'give_up' } });
  });

  it.each([
    ['a broken connection', { drop: 'before' }, 'unreachable', 'retry'],
    ['trouble', { refuse: { status: 502, description: 'Bad Gateway' } }, 'trouble', 'retry'],
    ['trouble of a proxy', { page: { status: 503, body: '<html>' } }, 'trouble', 'retry'],
    ["a provider's page", { page: { status: 200, body: '<html>chặn</html>' } }, 'not_telegram', 'retry'],
    ['a wrong token', { refuse: { status: 401, description: 'Unauthorized' } }, 'token_refused', 'operator'],
  ] as const)('%s', async (_what, fault, code, kind) => {
    test.telegram.fail('sendMessage', fault);
    expect(await faultOf(sendAll(outgoing()))).toMatchObject({ code, decision: { kind } });
    await sendAll(outgoing());
  });

  it('a redirect is not followed: the token and the words stay here', async () => {
    const elsewhere = await TelegramStandIn.start();
    test.telegram.fail('sendMessage', { page: { status: 307, body: '', location: `${elsewhere.root}/x` } });
    expect(await faultOf(sendAll(outgoing()))).toMatchObject({ code: 'not_telegram' });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.stop();
  });

  it('an answer without end is cut off', async () => {
    test.telegram.fail('sendMessage', { page: { status: 200, body: `"${'x'.repeat(9_000_000)}"` } });
    expect(await faultOf(sendAll(outgoing()))).toMatchObject({
      code: 'unreachable',
      decision: { kind: 'retry' },
    });
  });

  it('too fast: one person waits; when a second one is told so too, everybody', async () => {
    const other = test.telegram.person();
    other.chat.open = true;
    const refuse = { status: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 };
    test.telegram.fail('sendMessage', { refuse, times: 3 });
    const wait = { kind: 'wait', milliseconds: 7_000 };
    const first = await faultOf(sendAll(outgoing()));
    expect(first).toMatchObject({ code: 'too_fast', decision: { ...wait, scope: 'talk' } });
    expect(await faultOf(sendAll(outgoing()))).toMatchObject({ decision: { ...wait, scope: 'talk' } });
    const all = await faultOf(sendAll(outgoing(), other.id));
    expect(all).toMatchObject({ code: 'too_fast_for_all', decision: { ...wait, scope: 'channel' } });
  });

  it('says nothing of the person, the words or the token', async () => {
    for (const fault of [
      { drop: 'before' },
      { refuse: { status: 400, description: 'Bad Request: cứu con' } },
    ] as const) {
      test.telegram.fail('sendMessage', fault);
      const told = await faultOf(sendAll(outgoing({ text: 'cứu con' })));
      const everything = `${told.stack}${JSON.stringify(told)}${String(told.cause)}${JSON.stringify(test.logged)}`;
      for (const secret of [test.telegram.token, person.id, 'cứu con'])
        expect(everything).not.toContain(secret);
    }
  });
});

describe('taking back', () => {
  it("deletes both sides' messages and passes over what is gone, too old or no id", async () => {
    const old = await sendAll(outgoing({ text: 'cũ' }));
    test.telegram.age(49 * 3_600_000);
    const recent = [...(await sendAll(outgoing())), ...(await sendAll(outgoing()))];
    person.chat.messages.push(
      test.telegram.world.chats.write(person.chat, { fromBot: false, text: 'của con', keyboard: [] }),
    );
    const own = person.own.map(({ id }) => String(id));
    await retract([...old, ...recent, ...own, '999999', 'x', '']);
    expect(person.screen.map(({ text }) => text)).toEqual(['cũ']);
    expect(person.own).toEqual([]);
  });

  it('goes a hundred at a time', async () => {
    const receipts = Array.from({ length: 230 }, (_, index) => String(index + 1));
    await retract(receipts);
    const sizes = test.telegram
      .callsOf('deleteMessages')
      .map(({ fields }) => (fields.message_ids as number[]).length);
    expect(sizes).toEqual([100, 100, 30]);
    expect(test.telegram.callsOf('deleteMessage')).toEqual([]);
  });

  it('in trouble is a fault, to be done again', async () => {
    test.telegram.fail('deleteMessages', { refuse: { status: 429, description: '', retryAfter: 2 } });
    const fault = await faultOf(retract(['1']));
    expect(fault).toMatchObject({ decision: { kind: 'wait', milliseconds: 2_000 } });
  });
});

describe('fetching what people sent', () => {
  const signal = new AbortController().signal;
  const bytesOf = async (file: IncomingFile | undefined): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const part of file?.bytes ?? []) parts.push(part);
    return Buffer.concat(parts);
  };
  const fileOf = (bytes: Buffer): string => test.telegram.world.files.add('documents', 'p d f', bytes).id;

  it('brings the bytes as they were', async () => {
    const bytes = Buffer.alloc(3_000_000, 'ảnh');
    expect((await bytesOf(await fetchFile(fileOf(bytes), signal))).equals(bytes)).toBe(true);
  });

  it.each([
    ['too large', (): string => fileOf(Buffer.alloc(20 * 1024 * 1024 + 1)), {}, 'too_big', false],
    ['unknown', (): string => 'nothing', {}, 'file_unknown', false],
    [
      'not ready',
      (): string => fileOf(Buffer.from('x')),
      {
        getFile: {
          refuse: {
            status: 400,
            description: 'Bad Request: wrong file_id or the file is temporarily unavailable',
          },
        },
      },
      'file_not_ready',
      true,
    ],
    [
      'run out',
      (): string => fileOf(Buffer.from('x')),
      { file: { refuse: { status: 404, description: 'Not Found' } } },
      'status_404',
      true,
    ],
    ['cut off', (): string => fileOf(Buffer.from('x')), { file: { drop: 'before' } }, 'unreachable', true],
    [
      'with a wrong token',
      (): string => fileOf(Buffer.from('x')),
      { getFile: { refuse: { status: 401, description: 'Unauthorized' } } },
      'token_refused',
      true,
    ],
    [
      'at a path of the server',
      (): string => fileOf(Buffer.from('x')),
      { getFile: { page: { status: 200, body: '{"ok":true,"result":{"file_path":"/var/lib/x"}}' } } },
      'path_unreadable',
      false,
    ],
  ] as const)('a file %s', async (_what, make, faults, code, again) => {
    for (const [method, fault] of Object.entries(faults)) test.telegram.fail(method, fault);
    const fetched = fetchFile(make(), signal).then(bytesOf);
    await expect(fetched).rejects.toMatchObject({ code, again });
  });

  it('ends with its signal, in the middle too', async () => {
    const ending = new AbortController();
    const file = await fetchFile(fileOf(Buffer.alloc(15_000_000)), ending.signal);
    const read = (async () => {
      for await (const _part of file?.bytes ?? []) ending.abort();
    })();
    await expect(read).rejects.toMatchObject({ code: 'broken_off', again: true });
  });
});
