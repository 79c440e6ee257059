import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { outgoing, startWebchat, type TestApp } from './test-app.js';

let app: TestApp;
beforeEach(async () => {
  app = await startWebchat();
});
afterEach(() => app.close());

const field = (html: string, name: string) =>
  html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? '';
const openPage = async () => (await fetch(app.origin)).text();

describe('the page', () => {
  it('has a title that tells nothing, speaks Vietnamese and is never kept', async () => {
    const page = await fetch(app.origin);
    const html = await page.text();
    expect(html).toContain('<title>Ghi chú</title>');
    expect(html).toContain('<html lang="vi">');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('set-cookie')).toBeNull();
  });

  it('stores nothing by being opened', async () => {
    await openPage();
    expect(app.received).toEqual([]);
  });

  it('holds no script, style or handler of its own, as the policy forbids them', async () => {
    const html = await openPage();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it.each(['/', '/api/chat', '/page/chat.js'])('locks the browser down on %s', async (url) => {
    const { headers } = url === '/api/chat' ? await app.post({ start: true }) : await fetch(app.origin + url);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';" +
        "connect-src 'self';form-action 'self' https://vi.wikipedia.org;base-uri 'none';" +
        "frame-ancestors 'none';require-trusted-types-for 'script'",
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('weighs at most 60 kB with script and styles, fonts apart', async () => {
    const assetsFolder = mkdtempSync(path.join(tmpdir(), 'webchat-'));
    await build({
      entryPoints: ['src/channels/webchat/browser/chat.ts', 'src/channels/webchat/browser/chat.css'],
      outdir: assetsFolder,
      bundle: true,
      minify: true,
      target: 'es2020',
      external: ['/page/*'],
    });
    const built = await startWebchat({ assetsFolder });
    const html = await (await fetch(built.origin)).text();
    let bytes = Buffer.byteLength(html);
    for (const [, url] of html.matchAll(/(?:src|href)="(\/page\/(?:chat|icon)[^"]*)"/g)) {
      const asset = await fetch(built.origin + url, { headers: { 'Accept-Encoding': 'gzip' } });
      expect(asset.headers.get('content-encoding')).toBe('gzip');
      bytes += gzipSync(Buffer.from(await asset.arrayBuffer()), { level: 9 }).length;
    }
    await built.close();
    expect(bytes).toBeLessThan(25_000);
  });

  it('serves its fonts itself and nothing else from their folder', async () => {
    const font = await fetch(`${app.origin}/page/be-vietnam-pro-vietnamese-400-normal.woff2`);
    expect(font.headers.get('content-type')).toBe('font/woff2');
    expect((await fetch(`${app.origin}/page/be-vietnam-pro-latin-700-normal.woff2`)).status).toBe(404);
    expect((await fetch(`${app.origin}/page/..%2Fpackage.json`)).status).toBe(404);
  });
});

describe('the talk with scripts off', () => {
  it('goes on from page to page with the session in a hidden field, never in the address', async () => {
    const session = field(await openPage(), 'session');
    const begun = await app.form('/chat', { session, start: '1' });
    const html = await begun.text();
    expect(begun.status).toBe(200);
    expect(field(html, 'session')).toBe(session);
    expect(html).toContain('Chào bạn.');
    expect(html).not.toMatch(new RegExp(`(href|action)="[^"]*${session}`));
    await app.form('/chat', { session, choice: 'ask', text: '' });
    expect(app.received.map(({ content }) => content)).toEqual([
      { kind: 'start' },
      { kind: 'choice', id: 'ask' },
    ]);
  });

  it('acts once on a page that is sent twice', async () => {
    const html = await openPage();
    const fields = { session: field(html, 'session'), key: field(html, 'key'), text: 'một' };
    await app.form('/chat', fields);
    await app.form('/chat', fields);
    expect(app.received[0]?.messageId).toBe(app.received[1]?.messageId);
  });

  it('shows choices as buttons, the danger card with numbers to tap, sources with their date', async () => {
    const shown = await startWebchat({
      receive: async () => ({
        kind: 'done',
        messages: [
          outgoing({ kind: 'danger', text: 'Gọi **113** ngay.' }),
          outgoing({
            kind: 'answer',
            text: 'Có, theo Điều 113.',
            sources: [{ label: 'Luật Trẻ em 2016, Điều 6', effectiveFrom: '2017-06-01' }],
            choices: [{ id: 'go', label: 'Gửi tin báo' }],
          }),
          outgoing({ kind: 'code', text: 'Hai số:\n0912 345 678\n0987 654 321' }),
        ],
      }),
    });
    const html = await (await shown.form('/chat', { text: 'a' })).text();
    await shown.close();
    expect(html).toContain('<a href="tel:113">Gọi 113</a>');
    expect(html).toContain('Luật Trẻ em 2016, Điều 6, có hiệu lực từ 01/06/2017');
    expect(html).toContain('theo Điều 113.');
    expect(html).toMatch(/<button[^>]*name="choice" value="go"[^>]*>Gửi tin báo<\/button>/);
    expect(html).toContain('<span>0912 345 678</span><span>0987 654 321</span>');
  });

  it('escapes whatever a message or a person wrote', async () => {
    const evil = '"><script>alert(1)</script>';
    const shown = await startWebchat({
      receive: async () => ({
        kind: 'unavailable',
        messages: [outgoing({ text: evil, choices: [{ id: evil, label: evil }] })],
      }),
    });
    const html = await (await shown.form('/chat', { text: evil })).text();
    await shown.close();
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script>alert(1)');
  });

  it('gives back words it could not take, with a kind sentence', async () => {
    const long = 'a'.repeat(4001);
    const answer = await app.form('/chat', { text: long });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain(`>${long}</textarea>`);
    expect(html).toContain('href="tel:111"');
    expect((await app.form('/chat', { text: ' ' })).status).toBe(422);
    expect((await app.form('/chat', { text: 'a'.repeat(100_000) })).status).toBe(413);
  });

  it('keeps the card in sight and the same key when nothing could be stored', async () => {
    const down = await startWebchat({
      receive: async () => ({
        kind: 'unavailable',
        messages: [outgoing({ kind: 'danger', text: 'Gọi 113.' })],
      }),
    });
    const answer = await down.form('/chat', { text: 'cứu', key: 'k1' });
    const html = await answer.text();
    await down.close();
    expect(answer.status).toBe(503);
    expect(html).toContain('Gọi 113');
    expect(field(html, 'key')).toBe('k1');
    expect(html).toContain('>cứu</textarea>');
  });

  it('shows what came later, and acknowledges it with the next sending', async () => {
    const asked: (string | undefined)[] = [];
    const later = await startWebchat({
      async messagesAfter(_contact, afterId) {
        asked.push(afterId);
        return afterId === undefined ? [outgoing({ id: 'r1', kind: 'reply', text: 'Cô đã đọc tin.' })] : [];
      },
    });
    const session = field(await (await fetch(later.origin)).text(), 'session');
    const html = await (await later.form('/chat', { session, news: '1' })).text();
    expect(html).toContain('Cô đã đọc tin.');
    const next = await (
      await later.form('/chat', { session, news: '1', after: field(html, 'after') })
    ).text();
    await later.close();
    expect(next).not.toContain('Cô đã đọc tin.');
    expect(next).toContain('Chưa có tin mới');
    expect(asked).toEqual([undefined, 'r1']);
    expect(later.received).toEqual([]);
  });

  it('leaves at once and forgets, whatever is in the form', async () => {
    const session = field(await openPage(), 'session');
    const left = await app.form('/exit', { session, text: 'chuyện của em' });
    expect([left.status, left.headers.get('location')]).toEqual([
      303,
      'https://vi.wikipedia.org/wiki/Trang_Ch%C3%ADnh',
    ]);
    expect(app.forgotten).toEqual([app.contactOf(session)]);
    expect((await app.form('/exit', { text: 'a'.repeat(100_000) })).status).toBe(303);
    expect((await app.form('/exit', {})).status).toBe(303);
  });

  it('goes to the start when the address of a talk is opened by hand', async () => {
    const answer = await fetch(`${app.origin}/chat`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });
});
