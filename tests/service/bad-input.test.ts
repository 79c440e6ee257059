import { randomUUID } from 'node:crypto';
import { ChatClient, textOf } from '../support/chat-client.js';
import { type RunningService, startProgram, startRefused } from '../support/running-service.js';

describe('bad input over true HTTP', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startProgram();
  }, 40_000);
  afterAll(() => service.stop());
  const stranger = (): ChatClient =>
    new ChatClient(service.url, `203.0.113.${Math.ceil(Math.random() * 250)}`);

  it.each([
    ['broken JSON', '{"text": "a', 400],
    ['no object', '"a"', 400],
    ['an unknown shape', '{"words": "a"}', 422],
    ['both text and choice', '{"text": "a", "choice": "b"}', 422],
    ['nothing but blanks', '{"text": "  "}', 422],
    ['a text that is no text', '{"text": 5}', 422],
    ['a text of 4,001 characters', JSON.stringify({ text: 'a'.repeat(4001) }), 422],
    ['one megabyte', JSON.stringify({ text: 'a'.repeat(1_000_000) }), 413],
  ])('answers %s with a problem in Vietnamese that holds 111', async (_what, body, status) => {
    const answer = await stranger().post(body);
    expect(answer.status).toBe(status);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.json.detail).toContain('111');
  });

  it('takes a choice nobody offered for no fault of the person', async () => {
    const person = stranger();
    await person.start();
    const messages = await person.choose('no-such-choice');
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.at(-1)?.choices.length).toBeGreaterThan(0);
  });

  it.each([
    ['decomposed letters', 'em muốn gửi tin báo'.normalize('NFD')],
    ['emoji only', '😭😭😭'],
    ['control and direction marks', '\u202eabc\u0000\u0007'],
    ['HTML and SQL', "<script>alert(1)</script>'; drop table talks; --"],
    ['another language', 'hello can you help me'],
  ])('gives a useful reply to %s', async (_what, text) => {
    const messages = await stranger().write(text);
    expect(messages.length).toBeGreaterThan(0);
    expect(textOf(messages)).not.toBe('');
  });

  it('understands decomposed letters like composed ones', async () => {
    const [card] = await stranger().write('em không muốn sống nữa'.normalize('NFD'));
    expect(card?.kind).toBe('danger');
  });

  it('never loses a message over a session: an expired, forged or foreign one becomes a new talk', async () => {
    const person = stranger();
    person.session = 'A'.repeat(48);
    const [card] = await person.write('con bị đánh, con sợ lắm');
    expect(card?.kind).toBe('danger');
    expect(person.session).not.toBe('A'.repeat(48));
    const kept = person.session;
    await person.write('dạ');
    expect(person.session).toBe(kept);
  });

  it('takes two tabs of one talk writing at once, each message once', async () => {
    const person = stranger();
    await person.start();
    const { session } = person;
    const keys = Array.from({ length: 8 }, () => randomUUID());
    const tabs = keys.map((key, index) => {
      const tab = new ChatClient(service.url, person.address);
      tab.session = session;
      return tab.send({ text: `tin thứ ${index}` }, key);
    });
    for (const messages of await Promise.all(tabs)) expect(messages.length).toBeGreaterThan(0);
    const again = new ChatClient(service.url, person.address);
    again.session = session;
    expect(await again.send({ text: 'tin thứ 0' }, keys[0])).toEqual(await tabs[0]);
  });

  it('answers 404 on the webhooks of channels that are not configured', async () => {
    for (const channel of ['telegram', 'zalo']) {
      const response = await fetch(`${service.url}/webhooks/${channel}`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
    }
  });

  it('refuses a second process on the same data folder, in one clear line', async () => {
    const { code, output } = await startRefused({ DATA_DIR: service.dataDir });
    expect(code).toBe(1);
    expect(output).toContain('is in use by process');
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    [{ SERVICE_KEY: 'short' }, 'SERVICE_KEY must be 32 random bytes'],
    [{ ZALO_APP_ID: '1' }, 'ZALO_APP_SECRET'],
    [{ DATABASE_URL: 'postgres://127.0.0.1/x' }, 'SERVICE_KEY is missing'],
  ])('does not start with %o', async (env, line) => {
    const { code, output } = await startRefused(env);
    expect(code).toBe(1);
    expect(output).toContain(line);
    expect(output.trim().split('\n')).toHaveLength(1);
  });
});
