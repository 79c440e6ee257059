import { createHash } from 'node:crypto';
import { looksSigned, verify, whatWouldFit } from './signature.js';

// Vectors computed apart from this code.
const keys = { appId: '1234567890123456789', oaSecret: 'test-oa-secret-key' };
const plain = Buffer.from(
  '{"app_id":"1234567890123456789","sender":{"id":"2468458835296197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Xin chào, tôi muốn phản ánh","msg_id":"96d3cdf3af150460909"},"timestamp":"1760000000000"}',
);
const plainMac = 'mac=e82c8a2adefeac5c5bcc52e73bc23a34b2d6ae087d1da0acea79a12d8486a229';
const escaped = Buffer.from(
  plain
    .toString()
    .replace(/[^\u0020-\u007e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
);
const escapedMac = 'mac=a94aed972756c5f9ca308a470df90d7d61c403605423041494026b162c754cdc';
const NOW = 1_760_000_000_000;

const macOf = (...parts: string[]) => `mac=${createHash('sha256').update(parts.join('')).digest('hex')}`;

describe('the signature of an event', () => {
  it('fits the bytes that came, not what they mean', () => {
    expect(plain).toHaveLength(293);
    expect(escaped).toHaveLength(311);
    expect(verify(keys, plainMac, plain, NOW)).toEqual({
      kind: 'genuine',
      body: JSON.parse(plain.toString()),
    });
    expect(verify(keys, escapedMac, escaped, NOW).kind).toBe('genuine');
    expect(verify(keys, plainMac, escaped, NOW).kind).toBe('wrong_mac');
  });

  it('fits a body with escaped slashes and one with a numeric timestamp', () => {
    const slashes = '{"link":"https:\\/\\/example.vn","timestamp":"1760000000000"}';
    const numeric = '{"timestamp":1760000000000}';
    for (const body of [slashes, numeric]) {
      const mac = macOf(keys.appId, body, '1760000000000', keys.oaSecret);
      expect(verify(keys, mac, Buffer.from(body), NOW).kind).toBe('genuine');
    }
  });

  it.each([
    ['tampered body', plainMac, Buffer.from(plain.toString().replace('Xin', 'xin')), 'wrong_mac'],
    ['wrong secret', macOf(keys.appId, plain.toString(), '1760000000000', 'other'), plain, 'wrong_mac'],
    ['no JSON', plainMac, Buffer.from('{'), 'broken'],
    ['no timestamp', plainMac, Buffer.from('{}'), 'broken'],
    ['a timestamp that is no number', plainMac, Buffer.from('{"timestamp":"soon"}'), 'broken'],
    ['null', plainMac, Buffer.from('null'), 'broken'],
  ])('refuses: %s', (_, mac, body, kind) => {
    expect(verify(keys, mac, body, NOW).kind).toBe(kind);
  });

  it('takes what comes up to three hours late and five minutes early, no more', () => {
    const at = (now: number) => verify(keys, plainMac, plain, now).kind;
    expect(at(NOW + 3 * 3_600_000)).toBe('genuine');
    expect(at(NOW + 3 * 3_600_000 + 1)).toBe('wrong_time');
    expect(at(NOW - 5 * 60_000)).toBe('genuine');
    expect(at(NOW - 5 * 60_000 - 1)).toBe('wrong_time');
  });

  it.each([
    [undefined, false],
    ['', false],
    [plainMac, true],
    [plainMac.toUpperCase(), false],
    [plainMac.replace(/[a-f]/g, (sign) => sign.toUpperCase()), false],
    [plainMac.slice(4), false],
    [`${plainMac}0`, false],
    [`${plainMac}\n`, false],
  ])('knows the shape of the header: %s', (header, signed) => {
    expect(looksSigned(header)).toBe(signed);
  });

  it('names the reading that would have fitted, for the operator', () => {
    const more = { ...keys, appSecret: 'app-secret', oaId: '388613280878808645' };
    const body = plain.toString();
    const named = (mac: string, time?: string) => whatWouldFit(more, mac, plain, time);
    expect(named(macOf(keys.appId, body, '1760000000000', 'app-secret'))).toBe('app_id+body_time+app_secret');
    expect(named(macOf(more.oaId, body, '1760000000000', keys.oaSecret))).toBe('oa_id+body_time+oa_secret');
    expect(named(macOf(keys.appId, body, '17', keys.oaSecret), '17')).toBe('app_id+header_time+oa_secret');
    expect(named(macOf('other', body))).toBe('none');
  });
});
