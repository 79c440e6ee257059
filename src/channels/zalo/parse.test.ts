import fc from 'fast-check';
import { readEvent, type ZaloEvent } from './event.js';
import { EVENTS, handlingOf } from './events.js';
import { contentsOf, keyOf, oaOf, personOf } from './parse.js';

function event(more: object): ZaloEvent {
  const read = readEvent({
    app_id: '1',
    event_name: 'user_send_text',
    sender: { id: '246845883529190000' },
    recipient: { id: '388613280878800000' },
    timestamp: '1760000000000',
    ...more,
  });
  if (read === undefined) throw new Error('It is no event.');
  return read;
}
const sent = (kind: string, message: object) =>
  contentsOf(event({ event_name: `user_send_${kind}`, message: { msg_id: 'm1', ...message } }));
const withFile = (kind: string, payload: object, text?: string) =>
  sent(kind, { text, attachments: [{ type: kind, payload }] });
const URL = 'https://photo.talk.zdn.vn/a.jpg';

describe('what a person sends on Zalo', () => {
  it.each([
    ['text', { text: ' Xin chào\u0000 ' }, [{ kind: 'text', text: 'Xin chào' }]],
    ['text', { text: '#ln~report' }, [{ kind: 'choice', id: 'report' }]],
    ['text', { text: '#ln~report\u0000 ' }, [{ kind: 'choice', id: 'report' }]],
    ['text', { text: `#ln~${'a'.repeat(997)}` }, [{ kind: 'text', text: `#ln~${'a'.repeat(997)}` }]],
    ['text', { text: '#ln~' }, [{ kind: 'text', text: '#ln~' }]],
    ['text', { text: '#tracuu' }, [{ kind: 'text', text: '#tracuu' }]],
    ['text', { text: '   ' }, [{ kind: 'other', what: 'unknown' }]],
    ['text', {}, [{ kind: 'other', what: 'unknown' }]],
    [
      'sticker',
      { attachments: [{ type: 'sticker', payload: { url: URL, id: '9' } }] },
      [{ kind: 'other', what: 'sticker' }],
    ],
    [
      'business_card',
      {
        text: 'Một người',
        attachments: [
          {
            type: 'link',
            payload: { url: URL, description: '{"phone":"84900000000","qrCodeUrl":"https://qr"}' },
          },
        ],
      },
      [{ kind: 'other', what: 'contact_card' }],
    ],
    [
      'location',
      {
        text: 'Chợ',
        attachments: [
          { type: 'location', payload: { coordinates: { latitude: '10.79', longitude: '106.78' } } },
        ],
      },
      [{ kind: 'location', latitude: 10.79, longitude: 106.78 }],
    ],
    [
      'location',
      {
        attachments: [{ type: 'location', payload: { coordinates: { latitude: 'đâu đó', longitude: '1' } } }],
      },
      [{ kind: 'other', what: 'unknown' }],
    ],
    [
      'location',
      {
        text: 'Chợ',
        attachments: [{ type: 'location', payload: { coordinates: { latitude: '91', longitude: '1' } } }],
      },
      [{ kind: 'text', text: 'Chợ' }],
    ],
  ])('%s %j', (kind, message, contents) => {
    expect(sent(kind, message)).toEqual(contents);
  });

  it.each([
    ['image', 'photo'],
    ['gif', 'photo'],
    ['audio', 'voice'],
    ['video', 'video'],
    ['file', 'document'],
  ])('user_send_%s is a %s, with the words that came with it', (kind, media) => {
    expect(withFile(kind, { url: URL, size: '24165', name: 'a.log', type: 'log' }, ' xem ')).toEqual([
      { kind: 'media', media, source: URL, text: 'xem' },
    ]);
    expect(withFile(kind, { url: URL })).toEqual([{ kind: 'media', media, source: URL }]);
  });

  it('knows a video that comes as a file', () => {
    expect(withFile('file', { url: URL, type: 'mp4' })).toEqual([
      { kind: 'media', media: 'video', source: URL },
    ]);
  });

  it('takes several files of one message one by one, the words with the first', () => {
    const attachments = [1, 2].map((n) => ({ type: 'image', payload: { url: `${URL}?${n}` } }));
    expect(sent('image', { text: 'đây', attachments })).toEqual([
      { kind: 'media', media: 'photo', source: `${URL}?1`, text: 'đây' },
      { kind: 'media', media: 'photo', source: `${URL}?2` },
    ]);
  });

  it('keeps the words when the file is not there', () => {
    expect(sent('image', { text: 'cứu em với' })).toEqual([{ kind: 'text', text: 'cứu em với' }]);
    expect(sent('image', { attachments: [{ type: 'image', payload: null }] })).toEqual([
      { kind: 'other', what: 'unknown' },
    ]);
  });

  it('takes a link as the words and the address, without what the page says of itself', () => {
    const payload = { url: 'https://example.vn/a', title: 'Giật gân', description: 'tự tử', thumbnail: URL };
    expect(withFile('link', payload, 'xem cái này')).toEqual([
      { kind: 'text', text: 'xem cái này\nhttps://example.vn/a' },
    ]);
    expect(withFile('link', payload, 'xem https://example.vn/a')).toEqual([
      { kind: 'text', text: 'xem https://example.vn/a' },
    ]);
    expect(withFile('link', {})).toEqual([{ kind: 'other', what: 'unknown' }]);
  });

  it('reads something from every shape, and never throws', () => {
    const odd = fc.jsonValue();
    const shape = fc.record(
      {
        msg_id: odd,
        text: fc.oneof(fc.string(), odd),
        attachments: fc.oneof(
          odd,
          fc.array(
            fc.record({
              type: fc.oneof(fc.constantFrom('image', 'file', 'link'), odd),
              payload: fc.oneof(
                odd,
                fc.record({ url: odd, coordinates: fc.record({ latitude: odd, longitude: odd }) }),
              ),
            }),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    const kinds = Object.keys(EVENTS).filter((name) => /^(user|anonymous)_send_/.test(name));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), shape, (event_name, message) => {
        for (const content of contentsOf(event({ event_name, message }))) {
          if (content.kind === 'text') expect(content.text).not.toBe('');
          if (content.kind === 'location') expect(Math.abs(content.latitude)).toBeLessThanOrEqual(90);
        }
      }),
    );
  });

  it('cuts what is too long and keeps its beginning', () => {
    expect(sent('text', { text: `cứu em ${'a'.repeat(5_000)}` })).toEqual([
      { kind: 'text', text: `cứu em ${'a'.repeat(3_993)}` },
    ]);
  });
});

describe('who sends it', () => {
  it.each([
    [{ event_name: 'user_send_text' }, { user: '246845883529190000' }],
    [{ event_name: 'follow', sender: undefined, follower: { id: '7' } }, { user: '7' }],
    [{ event_name: 'user_click_chatnow', sender: undefined, user_id: '7' }, { user: '7' }],
    [{ event_name: 'follow', sender: undefined }, undefined],
    [
      { event_name: 'anonymous_send_text', sender: { id: 'a' }, message: { conversation_id: 'c' } },
      { anonymous: 'a', conversation: 'c' },
    ],
    [
      { event_name: 'anonymous_send_text', sender: undefined, anonymous_id: 'a', conversation_id: 'c' },
      { anonymous: 'a', conversation: 'c' },
    ],
    [{ event_name: 'anonymous_send_text', sender: { id: 'a' } }, undefined],
  ])('%j', (more, person) => {
    expect(personOf(event(more))).toEqual(person);
  });

  it('names the OA it was sent to', () => {
    expect(oaOf(event({}))).toBe('388613280878800000');
    expect(oaOf(event({ recipient: undefined, oa_id: '5' }))).toBe('5');
  });

  it('takes the message id as key, else name, time and person', () => {
    expect(keyOf(event({ message: { msg_id: 'm1' } }), { user: '7' })).toBe('m1');
    expect(keyOf(event({ event_name: 'follow', timestamp: 1760000000000 }), { user: '7' })).toBe(
      'follow 1760000000000 7',
    );
  });
});

describe('the table of events', () => {
  it('gives each ignored event its reason', () => {
    for (const [name, handling] of Object.entries(EVENTS)) {
      if (handling.does === 'ignored')
        expect([name, handling.reason]).toEqual([name, expect.stringMatching(/^[a-z_]+$/)]);
    }
  });

  it.each([
    ['oa_send_text', 'oa_send_text', 'own_echo'],
    ['user_submit_info', 'user_submit_info', 'never_asked'],
    ['user_send_group_text', 'group_message', 'no_groups'],
    ['oa_send_group_image', 'group_message', 'no_groups'],
    ['something_new', 'other', 'not_known'],
    ['toString', 'other', 'not_known'],
  ])('%s is counted as %s and ignored: %s', (name, counted, reason) => {
    expect(handlingOf(name)).toEqual({ event: counted, handling: { does: 'ignored', reason } });
  });

  it.each([null, 7, 'text', [], {}, { event_name: 5, timestamp: '1' }])('reads no event from %j', (body) => {
    expect(readEvent(body)).toBeUndefined();
  });
});
