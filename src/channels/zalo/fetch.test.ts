import { FetchFault } from '../channel.js';
import { mayFetch } from './fetch.js';
import { startZalo, type ZaloInTest } from './testing/zalo-in-test.js';

const ROOT = 'https://openapi.zalo.me';

describe('fetching what a person sent', () => {
  it.each([
    ['https://photo.talk.zdn.vn/a.jpg', true],
    ['https://f20-zpc.zdn.vn/x/y?z=1', true],
    ['https://b-f1.dlfl.vn/a.pdf', true],
    ['http://photo.talk.zdn.vn/a.jpg', false],
    ['https://photo.talk.zdn.vn:8443/a.jpg', false],
    ['https://u:p@photo.talk.zdn.vn/a.jpg', false],
    ['https://evilzdn.vn/a.jpg', false],
    ['https://zdn.vn.example.com/a.jpg', false],
    ['https://example.com/?x=.zdn.vn', false],
    ['https://openapi.zalo.me/a', false],
    ['http://127.0.0.1/a.jpg', false],
    ['file:///etc/passwd', false],
    ['no address', false],
  ])('%s: %s', (source, allowed) => {
    expect(mayFetch(source, ROOT)).toBe(allowed);
  });

  it('allows the very place of a stand-in, where the settings name one on this machine', () => {
    expect(mayFetch('http://127.0.0.1:9000/a', 'http://127.0.0.1:9000')).toBe(true);
    expect(mayFetch('http://127.0.0.1:9001/a', 'http://127.0.0.1:9000')).toBe(false);
  });

  describe('over HTTP', () => {
    let zalo: ZaloInTest;
    beforeEach(async () => {
      zalo = await startZalo();
    });
    afterEach(() => zalo.close());
    const get = (source: string, signal = AbortSignal.timeout(5_000)) => {
      const { fetch } = zalo.sender;
      if (fetch === undefined) throw new Error('It fetches nothing.');
      return fetch(source, signal);
    };

    it('streams the bytes, without a token', async () => {
      const sent = Buffer.alloc(300_000, 'a');
      await zalo.platform.person().sendFile({ kind: 'photo', bytes: sent });
      const content = zalo.received.at(-1)?.content;
      if (content?.kind !== 'media') throw new Error('It is no file.');
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await get(content.source)).bytes) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(sent)).toBe(true);
      expect(zalo.platform.calls.at(-1)?.headers).not.toHaveProperty('access_token');
    });

    it.each([
      [{ status: 404, body: '' }, 'status_404', false],
      [{ status: 302, body: '', location: '/media/0/a.jpg' }, 'status_302', false],
      [{ status: 503, body: '' }, 'status_503', true],
      [{ status: 429, body: '' }, 'status_429', true],
      [{ drop: true }, 'unreachable', true],
    ])('%j: %s, again: %s', async (fault, code, again) => {
      const source = zalo.platform.host(Buffer.from('a'), 'a.jpg');
      zalo.platform.failNext(/media/, fault);
      const error: unknown = await get(source).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(FetchFault);
      expect(error).toMatchObject({ code, again });
    });

    it('goes nowhere else', async () => {
      await expect(get('https://example.com/a.jpg')).rejects.toMatchObject({
        code: 'foreign_host',
        again: false,
      });
    });
  });
});
