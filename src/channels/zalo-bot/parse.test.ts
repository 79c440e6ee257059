import { BOT_EVENTS, IGNORED, parseUpdate } from './parse.js';

const message = (more: object = {}) => ({
  from: { id: '6ede01', display_name: 'Trần Thị Thử', is_bot: false },
  chat: { id: '6ede01', chat_type: 'PRIVATE' },
  message_id: '2d7501',
  date: 1_750_316_131_602,
  ...more,
});
const update = (event: string, more: object = {}) => ({ event_name: event, message: message(more) });
const contentOf = (event: string, more: object) => {
  const parsed = parseUpdate(update(event, more));
  return parsed.kind === 'message' ? parsed.content : parsed.reason;
};
const text = (words: string) => contentOf('message.text.received', { text: words });

test('every event of the list is read, in its envelope or without, and carries no name', () => {
  expect(BOT_EVENTS).toHaveLength(5);
  for (const event of BOT_EVENTS) {
    const bare = parseUpdate(update(event, { text: 'xin chào' }));
    expect(bare).toMatchObject({
      kind: 'message',
      event,
      messageId: '2d7501',
      from: '6ede01',
      chat: '6ede01',
    });
    expect(parseUpdate({ ok: true, result: update(event, { text: 'xin chào' }) })).toEqual(bare);
    expect(JSON.stringify(bare)).not.toContain('Thử');
  }
});

test.each([
  ['words', 'xin chào', { kind: 'text', text: 'xin chào' }],
  [
    'words in parts, with what PostgreSQL refuses',
    'xin cha\u0300o\u0000\r\n',
    { kind: 'text', text: 'xin chào' },
  ],
  ['nothing but signs nobody sees', '\u0000 \u0007', { kind: 'other', what: 'unknown' }],
  ['/start', '/start', { kind: 'start' }],
  ['/start with the name of a poster', '/Start truong-hoc_1', { kind: 'start', parameter: 'truong-hoc_1' }],
  [
    '/start before a sentence is a sentence',
    '/start con bị đánh',
    { kind: 'text', text: '/start con bị đánh' },
  ],
  ['/help', '/help', { kind: 'choice', id: 'help' }],
  ['/xoa', ' /XOA ', { kind: 'choice', id: 'forget' }],
  ['a word of objects is a word', 'constructor', { kind: 'text', text: 'constructor' }],
])('text: %s', (_, words, content) => {
  expect(text(words)).toEqual(content);
});

test('a text of more than 4,000 characters is heard up to there', () => {
  expect(text(`${'😀'.repeat(4_000)}cứu`)).toEqual({ kind: 'text', text: '😀'.repeat(4_000) });
});

test.each([
  ['photo as the documents say', { photo: 'https://photo.zdn.vn/1', caption: ' đây ' }, 'đây'],
  ['photo as a client says', { photo_url: 'https://photo.zdn.vn/1' }, undefined],
])('image: %s', (_, more, caption) => {
  expect(contentOf('message.image.received', more)).toEqual({
    kind: 'media',
    media: 'photo',
    source: 'https://photo.zdn.vn/1',
    ...(caption === undefined ? {} : { text: caption }),
  });
});

test('voice, sticker, what the platform withholds, and a picture without an address', () => {
  expect(contentOf('message.voice.received', { voice_url: 'https://voice.zdn.vn/1.aac' })).toEqual({
    kind: 'media',
    media: 'voice',
    source: 'https://voice.zdn.vn/1.aac',
  });
  expect(contentOf('message.sticker.received', { sticker: 'x' })).toEqual({ kind: 'other', what: 'sticker' });
  expect(contentOf('message.unsupported.received', {})).toEqual({ kind: 'other', what: 'unknown' });
  expect(contentOf('message.image.received', { photo: ['odd'] })).toEqual({ kind: 'other', what: 'unknown' });
});

test.each([
  ['unreadable', undefined],
  ['unreadable', '{}'],
  ['unreadable', {}],
  ['unreadable', { ok: true, result: null }],
  ['unreadable', { event_name: 'message.text.received', message: { text: 'x' } }],
  ['unreadable', update('message.text.received', { from: { id: 1 } })],
  ['unknown_event', update('message.reaction.received')],
  ['unknown_event', update('constructor')],
  ['from_a_bot', update('message.text.received', { from: { id: '6ede01', is_bot: true } })],
  ['group', update('message.text.received', { chat: { id: '9f', chat_type: 'GROUP' } })],
  ['group', update('message.text.received', { chat: { id: '9f' } })],
  ['group', update('message.text.received', { chat: { id: '9f', chat_type: 'CHANNEL' } })],
])('ignored: %s (%#)', (reason, raw) => {
  expect(parseUpdate(raw)).toMatchObject({ kind: 'ignored', reason });
  expect(IGNORED).toHaveProperty(reason);
});

test('a chat of the person themselves is private also where its kind is not told', () => {
  expect(parseUpdate(update('message.text.received', { text: 'a', chat: { id: '6ede01' } }))).toMatchObject({
    kind: 'message',
  });
});
