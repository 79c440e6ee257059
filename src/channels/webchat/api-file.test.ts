import { randomBytes } from 'node:crypto';
import { startWebchat, type TestApp } from './test-app.js';

/** The smallest true JPEG frame: enough to be known as one. */
const PHOTO = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  randomBytes(700_000),
  Buffer.from('ffd9', 'hex'),
]);

let app: TestApp;
beforeEach(async () => {
  app = await startWebchat();
});
afterEach(() => app.close());

const send = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${app.origin}/api/chat/file`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', ...headers },
    body,
  });

describe('POST /api/chat/file', () => {
  it('takes a photo into the talk: what it is by its content, its bytes put aside', async () => {
    const { session } = await (await app.post({ start: true })).json();
    const answer = await send(PHOTO, { Authorization: `Bearer ${session}` });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ session, messages: [{ text: 'Chào bạn.' }] });
    const incoming = app.received.at(-1);
    expect(incoming).toMatchObject({
      contact: app.contactOf(session),
      content: { kind: 'media', media: 'photo' },
    });
    const source = incoming?.content.kind === 'media' ? incoming.content.source : '';
    expect(Buffer.compare(app.uploads.get(source) ?? Buffer.alloc(0), PHOTO)).toBe(0);
  });

  it('is one message, however often it is sent', async () => {
    const { session } = await (await app.post({ start: true })).json();
    const headers = { Authorization: `Bearer ${session}`, 'Idempotency-Key': 'one' };
    await send(PHOTO, headers);
    await send(PHOTO, headers);
    const [first, second] = app.received.slice(-2);
    expect(second?.messageId).toBe(first?.messageId);
  });

  it.each([
    ['a page', Buffer.from('<html><script>1</script></html>'), 415],
    ['a program', Buffer.concat([Buffer.from('4d5a9000', 'hex'), randomBytes(500)]), 415],
    ['nothing', Buffer.alloc(0), 422],
    ['too much', Buffer.concat([PHOTO, Buffer.alloc(21 * 1024 * 1024)]), 413],
  ])('refuses %s with a sentence and 111, and keeps nothing', async (_name, body, status) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await answer.json()).detail).toContain('111');
    expect(app.uploads.size).toBe(0);
    expect(app.received).toEqual([]);
  });

  it('refuses a form, so that no other site can send one for a person', async () => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(PHOTO)]));
    const answer = await fetch(`${app.origin}/api/chat/file`, { method: 'POST', body: form });
    expect(answer.status).toBe(415);
    expect(app.received).toEqual([]);
  });

  it('says that it may be sent again when it cannot be kept', async () => {
    await app.close();
    app = await startWebchat({
      keepUpload: async () => {
        throw new Error('away');
      },
    });
    const answer = await send(PHOTO);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('3');
    expect(app.received).toEqual([]);
  });
});
