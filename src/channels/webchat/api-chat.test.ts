import { outgoing, startWebchat, type TestApp } from './test-app.js';

let app: TestApp;
beforeEach(async () => {
  app = await startWebchat();
});
afterEach(() => app.close());

const bearer = (session: string) => ({ Authorization: `Bearer ${session}` });

async function openTalk(): Promise<string> {
  const { session } = await (await app.post({ start: true })).json();
  return session;
}

describe('POST /api/chat', () => {
  it('opens a talk, and goes on with it under the session it gave', async () => {
    const first = await app.post({ start: true });
    expect(first.status).toBe(200);
    const { session, messages } = await first.json();
    expect(messages).toEqual([
      { id: expect.any(String), text: 'Chào bạn.', choices: [], kind: 'text', sources: [] },
    ]);
    const second = await (await app.post({ text: 'xin chào' }, bearer(session))).json();
    expect(second.session).toBe(session);
    expect(app.received.map(({ contact }) => contact)).toEqual([
      app.contactOf(session),
      app.contactOf(session),
    ]);
    expect(app.received[1]?.content).toEqual({ kind: 'text', text: 'xin chào' });
  });

  it.each([
    ['absent', {}],
    ['made up by the client', { Authorization: `Bearer ${'A'.repeat(48)}` }],
    ['of no known scheme', { Authorization: 'Basic abc' }],
  ])(
    'takes the message in a new talk when the session is %s',
    async (_name, headers: Record<string, string>) => {
      const answer = await app.post({ text: 'em cần giúp' }, headers);
      const { session } = await answer.json();
      expect(answer.status).toBe(200);
      expect(session).toMatch(/^[\w-]{48}$/);
      expect(headers.Authorization ?? '').not.toContain(session);
      expect(app.received[0]).toMatchObject({ channel: 'webchat', contact: app.contactOf(session) });
    },
  );

  it('takes the message in a new talk when the session is older than twelve hours', async () => {
    let now = 1_800_000_000_000;
    const aged = await startWebchat({ now: () => now });
    const { session } = await (await aged.post({ start: true })).json();
    now += 12 * 60 * 60 * 1000;
    const later = await (await aged.post({ text: 'còn đó không' }, bearer(session))).json();
    await aged.close();
    expect(later.session).not.toBe(session);
    expect(aged.received).toHaveLength(2);
  });

  it('gives one message one id by its Idempotency-Key, and no two sessions the same', async () => {
    const [mine, other] = [await openTalk(), await openTalk()];
    const key = { 'Idempotency-Key': 'k1' };
    await app.post({ text: 'một' }, { ...bearer(mine), ...key });
    await app.post({ text: 'một' }, { ...bearer(mine), ...key });
    await app.post({ text: 'một' }, { ...bearer(other), ...key });
    const [first, again, others] = app.received.slice(2).map(({ messageId }) => messageId);
    expect(again).toBe(first);
    expect(others).not.toBe(first);
  });

  it('passes unknown choices on, the talk knows what to say', async () => {
    expect((await app.post({ choice: 'no-such-choice' })).status).toBe(200);
    expect(app.received[0]?.content).toEqual({ kind: 'choice', id: 'no-such-choice' });
  });

  it('composes decomposed letters and drops what is no text', async () => {
    await app.post({ text: `${'Rạch Giá'.normalize('NFD')} 🙂\u0000\ud800` });
    expect(app.received[0]?.content).toEqual({ kind: 'text', text: 'Rạch Giá 🙂\ufffd' });
  });

  it('counts the length in characters, not in bytes', async () => {
    expect((await app.post({ text: '🙂'.repeat(4000) })).status).toBe(200);
    expect((await app.post({ text: 'ạ'.normalize('NFD').repeat(4000) })).status).toBe(200);
  });

  it.each([
    ['broken JSON', '{"text": ', 400],
    ['another shape', { words: 'a' }, 422],
    ['two wishes at once', { text: 'a', choice: 'b' }, 422],
    ['a number', { text: 1 }, 422],
    ['nothing but spaces', { text: ' \n ' }, 422],
    ['a text over 4,000 characters', { text: 'a'.repeat(4001) }, 422],
    ['a text of 1 MB', { text: 'a'.repeat(1_000_000) }, 413],
  ])('answers %s with a problem that a person can read', async (_name, body, status) => {
    const answer = await app.post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    const problem = await answer.json();
    expect(problem).toMatchObject({
      status,
      type: expect.stringMatching(/^urn:/),
      title: expect.any(String),
    });
    expect(problem.detail).toContain('111');
    expect(app.received).toHaveLength(0);
  });

  it('refuses what is not JSON', async () => {
    const answer = await app.post('text=a', { 'Content-Type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(415);
    expect((await answer.json()).detail).toContain('111');
  });

  it('says the emergency card though nothing could be stored, and lets the next try meet the same talk', async () => {
    const card = outgoing({ kind: 'danger', text: 'Gọi 113 ngay.' });
    const down = await startWebchat({ receive: async () => ({ kind: 'unavailable', messages: [card] }) });
    const answer = await down.post({ text: 'cứu em' });
    await down.close();
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(await answer.json()).toMatchObject({
      status: 503,
      session: expect.stringMatching(/^[\w-]{48}$/),
      messages: [{ kind: 'danger', text: 'Gọi 113 ngay.' }],
    });
  });

  it('tells whom to call when something breaks, and logs no word of the person', async () => {
    const broken = await startWebchat({
      receive: async (incoming) => {
        throw new Error(JSON.stringify(incoming));
      },
    });
    const answer = await broken.post({ text: 'chuyện rất riêng' });
    await broken.close();
    expect(answer.status).toBe(500);
    expect((await answer.json()).detail).toContain('111');
    expect(broken.logged).toHaveLength(1);
    expect(JSON.stringify(broken.logged)).not.toContain('riêng');
  });

  it('slows down a flood of one session, still naming 111 and 113', async () => {
    const rates = { messagesPerSession: 3, messagesPerAddress: 100, lookupsPerAddress: 100 };
    const slow = await startWebchat({ rates });
    const { session } = await (await slow.post({ start: true })).json();
    const answers = [];
    for (let count = 0; count < 5; count++) answers.push(await slow.post({ text: 'a' }, bearer(session)));
    const other = await slow.post({ text: 'a' });
    await slow.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answers[4]?.text()).toMatch(/113.*111/);
    expect(other.status).toBe(200);
  });

  it('does not count what could not be stored against the session', async () => {
    const rates = { messagesPerSession: 3, messagesPerAddress: 100, lookupsPerAddress: 100 };
    const away = await startWebchat({
      rates,
      receive: async () => ({ kind: 'unavailable', messages: [] }),
    });
    const { session } = await (await away.post({ start: true })).json();
    const statuses = [];
    for (let count = 0; count < 5; count++)
      statuses.push((await away.post({ text: 'a' }, bearer(session))).status);
    await away.close();
    expect(statuses).toEqual([503, 503, 503, 503, 503]);
  });

  it('slows down a flood of one address that opens ever new sessions', async () => {
    const rates = { messagesPerSession: 100, messagesPerAddress: 2, lookupsPerAddress: 100 };
    const slow = await startWebchat({ rates });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await slow.post({ start: true })).status);
    await slow.close();
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe('GET /api/places', () => {
  it('finds today’s commune by an old name', async () => {
    const found = await fetch(`${app.origin}/api/places?q=${encodeURIComponent('minh lương')}`);
    expect(await found.json()).toEqual([
      { code: '30001', name: 'Xã Châu Thành', knownAs: 'Thị trấn Minh Lương (huyện Châu Thành cũ)' },
    ]);
  });

  it.each(['', '?q=', '?q=zzz', '?q[]=a', `?q=${'z'.repeat(5000)}`])(
    'answers %.12s with nothing',
    async (query) => {
      expect(await (await fetch(`${app.origin}/api/places${query}`)).json()).toEqual([]);
    },
  );
});

describe('POST /api/chat/forget', () => {
  it('forgets the talk of a token sent as a beacon, in JSON or in the header', async () => {
    const session = await openTalk();
    const url = `${app.origin}/api/chat/forget`;
    const beacon = await fetch(url, { method: 'POST', body: session });
    await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ session }),
    });
    await fetch(url, { method: 'POST', headers: bearer(session) });
    expect(beacon.status).toBe(204);
    expect(app.forgotten).toEqual(Array(3).fill(app.contactOf(session)));
  });

  it('tells nothing about a token that is not ours', async () => {
    const answer = await fetch(`${app.origin}/api/chat/forget`, { method: 'POST', body: 'A'.repeat(48) });
    expect(answer.status).toBe(204);
    expect(app.forgotten).toEqual([]);
  });
});
