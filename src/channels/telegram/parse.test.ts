import { commandContent, isForBot } from './command.js';
import { ALLOWED_UPDATES, MESSAGES, UPDATES } from './events.js';
import { type Parsed, parseUpdate } from './parse.js';
import { laneOf } from './wire.js';

const deps = {
  botId: '7',
  username: 'LangNgheBot',
  contactOf: (id: string) => `contact ${id}`,
  messageIdOf: (id: string) => `message ${id}`,
};
const chat = { id: 5, type: 'private', username: 'ten', first_name: 'Tên' };
const from = { id: 5, is_bot: false, first_name: 'Tên', username: 'ten' };
const message = (more: object) => ({ message_id: 9, date: 0, chat, from, ...more });
const parse = (update: object): Parsed | undefined => parseUpdate({ update_id: 3, ...update }, deps)?.result;
const contentOf = (update: object) => {
  const parsed = parse(update);
  return parsed?.kind === 'incoming' ? parsed.incoming.content : parsed;
};

describe('the tables of events', () => {
  it('ask Telegram for exactly the updates that are handled', () => {
    const handled = Object.entries(UPDATES).filter(([, treatment]) => treatment === 'handled');
    expect(handled.map(([name]) => name)).toEqual([...ALLOWED_UPDATES]);
  });

  it.each(Object.entries(UPDATES).filter(([, treatment]) => treatment !== 'handled'))(
    '%s is let go under its name',
    (name) => {
      expect(parse({ [name]: message({ text: 'Chào' }) })).toEqual({ kind: 'ignored', event: name });
    },
  );

  it.each(Object.entries(MESSAGES))('a message with %s is treated as the table says', (name, treatment) => {
    const parsed = parse({ message: message({ [name]: name === 'text' ? 'Chào' : { file_id: 'f' } }) });
    expect(parsed).toMatchObject({ kind: treatment === 'handled' ? 'incoming' : 'ignored', event: name });
  });
});

describe('an update', () => {
  it('keeps nothing of the person but hash, way back and receipt', () => {
    expect(parse({ message: message({ text: 'Chào' }) })).toEqual({
      kind: 'incoming',
      event: 'text',
      incoming: {
        channel: 'telegram',
        messageId: 'message 7:3:9',
        contact: 'contact 5',
        address: '5',
        receipt: '9',
        content: { kind: 'text', text: 'Chào' },
      },
    });
  });

  it.each([
    ['the largest of a picture', { photo: [pic('s', 90), pic('l', 900), pic('m', 320)] }, photo('l')],
    ['a picture with words', { photo: [pic('l', 9)], caption: ' a\u0000b ' }, { ...photo('l'), text: 'ab' }],
    [
      'an animation, which also is a document',
      { animation: file('a'), document: file('d') },
      media('video', 'a'),
    ],
    ['a round video', { video_note: file('v') }, media('video', 'v')],
    ['music', { audio: file('m') }, media('voice', 'm')],
    ['a living place', { location: { latitude: 1, longitude: 2, live_period: 60 } }, place(1, 2)],
    ['a place that is none', { location: { latitude: 900, longitude: 2 } }, other('unknown')],
    ['a file without id but with words', { document: {}, caption: 'cứu' }, { kind: 'text', text: 'cứu' }],
    ['something new with words', { hologram: {}, caption: 'cứu' }, { kind: 'text', text: 'cứu' }],
    ['a text of nothing', { text: '\u0000 ' }, other('unknown')],
    [
      'words beside a broken field',
      { text: 'cứu', reply_to_message: 7, photo: 'x' },
      { kind: 'text', text: 'cứu' },
    ],
  ])('%s', (_what, more, content) => {
    expect(contentOf({ message: message(more) })).toEqual(content);
  });

  it('cuts a text that is too long, so that its danger is still seen', () => {
    const content = contentOf({ message: message({ text: '😀'.repeat(4_050) }) });
    expect(content).toEqual({ kind: 'text', text: '😀'.repeat(4_000) });
  });

  it.each([
    ['edited words', { text: 'mới' }, { kind: 'edited', text: 'mới' }],
    ['edited words under a picture', { photo: [], caption: 'mới' }, { kind: 'edited', text: 'mới' }],
    ['a place that moves', { location: {} }, { kind: 'ignored', event: 'edit_without_words' }],
  ])('%s', (_what, more, content) => {
    expect(contentOf({ edited_message: message({ edit_date: 1, ...more }) })).toEqual(content);
  });

  it.each([
    ['a button in a group', { chat: { id: -5, type: 'group' } }, 'ý'],
    ['a button that carries nothing', { chat }, undefined],
    ['a button of a message sent elsewhere', undefined, 'ý'],
  ])('%s is answered and let go', (_what, where, data) => {
    const pressed = where === undefined ? undefined : { message_id: 1, date: 0, ...where };
    const query = { id: 'q', from, chat_instance: '1', data, message: pressed };
    expect(parseUpdate({ update_id: 3, callback_query: query }, deps)).toEqual({
      id: 3,
      callback: 'q',
      result: { kind: 'ignored', event: 'button_elsewhere' },
    });
  });

  it('that is none is none', () => {
    for (const odd of [null, 7, 'x', [], {}, { update_id: 'a' }])
      expect(parseUpdate(odd, deps)).toBeUndefined();
  });

  it('of one chat is one lane', () => {
    const lanes = [
      { update_id: 1, message: message({}) },
      { update_id: 2, edited_message: message({}) },
      { update_id: 3, callback_query: { id: 'q', from } },
      { update_id: 4, my_chat_member: { chat, from } },
    ].map(laneOf);
    expect(lanes).toEqual(['5', '5', '5', '5']);
    expect(laneOf({ update_id: 5, poll: {} })).toBe('other');
  });
});

describe('a word with a stroke', () => {
  it.each([
    ['/start', { kind: 'start' }],
    ['/START@LangNgheBot', { kind: 'start' }],
    ['/start report', { kind: 'start', parameter: 'report' }],
    [`/start ${'a'.repeat(64)}`, { kind: 'start', parameter: 'a'.repeat(64) }],
    [`/start ${'a'.repeat(65)}`, { kind: 'text', text: 'a'.repeat(65) }],
    ['/start ba đánh con', { kind: 'text', text: 'ba đánh con' }],
    ['/help', { kind: 'choice', id: 'help' }],
    ['/help con với', { kind: 'text', text: 'con với' }],
    ['/xoa', { kind: 'choice', id: 'forget' }],
    ['/xoa hết đi', { kind: 'text', text: 'xoa hết đi' }],
    ['/xoá', { kind: 'text', text: 'xoá' }],
    ['/111', { kind: 'text', text: '111' }],
    ['/bao tin', { kind: 'text', text: 'bao tin' }],
    ['/', { kind: 'text', text: '/' }],
  ])('%s', (text, content) => {
    expect(commandContent(text)).toEqual(content);
  });

  it.each([
    ['/start', true],
    ['/start@langnghebot báo', true],
    ['/start@bot_khac', false],
    ['hỏi @LangNgheBot xem', true],
    ['hỏi @LangNgheBot2 xem', false],
    ['con tôi bị đánh', false],
    ['đường dẫn a/start', false],
  ])('in a group, %s is for the bot: %p', (words, meant) => {
    expect(isForBot(words, 'LangNgheBot')).toBe(meant);
  });
});

function file(file_id: string) {
  return { file_id, file_unique_id: 'u' };
}
function pic(file_id: string, width: number) {
  return { ...file(file_id), width, height: width };
}
function media(kind: string, source: string) {
  return { kind: 'media', media: kind, source };
}
function photo(source: string) {
  return media('photo', source);
}
function place(latitude: number, longitude: number) {
  return { kind: 'location', latitude, longitude };
}
function other(what: string) {
  return { kind: 'other', what };
}
