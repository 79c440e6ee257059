import { randomBytes } from 'node:crypto';
import { type Backend, describeOnEachBackend } from '../support/backends.js';
import { ChatClient, textOf } from '../support/chat-client.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember } from '../support/staff.js';
import { until } from '../support/until.js';

/** Words that must be found nowhere but on the screens of the two people who talk. */
const CANARY = 'vọng-canh-tím-7731';
const REPLY_CANARY = 'hồi-âm-lam-9920';

describeOnEachBackend('one person’s journey through the whole service', (make) => {
  let backend: Backend;
  let service: RunningService;
  const env = (): Record<string, string> => ({
    ...(backend.databaseUrl === undefined
      ? {}
      : { DATABASE_URL: backend.databaseUrl, SERVICE_KEY: randomBytes(32).toString('base64') }),
    ...(backend.redisUrl === undefined ? {} : { REDIS_URL: backend.redisUrl }),
  });

  beforeAll(async () => {
    backend = await make();
    service = await startProgram({ env: env() });
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await backend.drop();
  });

  it('answers, warns, takes a report, brings it to staff, and brings their answer back', async () => {
    // The first sign-in: the link from the page of lines makes the administrator, who invites a handler.
    const lan = await inviteMember(await firstAdministrator(service), {
      name: 'Nguyễn Thị Lan',
      sign_in_name: 'lan',
      role: 'handler',
      agency_search: 'Rạch Giá',
      agency: 'ubnd-30742',
    });

    // A stranger asks, and gets a cited answer.
    const stranger = new ChatClient(service.url);
    expect(textOf(await stranger.start())).toContain('111');
    const answers = await stranger.write('thầy cô đánh học sinh có được không');
    const answer = answers.find((message) => message.kind === 'answer');
    expect(answer?.sources.length).toBeGreaterThan(0);
    expect(answer?.sources[0]).toMatchObject({ effectiveFrom: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });

    // Something alarming: the card is the first thing said.
    const [card] = await stranger.write('em không muốn sống nữa');
    expect(card).toMatchObject({ kind: 'danger' });
    expect(card?.text).toContain('111');

    // A short report in a commune they pick.
    await stranger.write('em muốn gửi tin báo');
    await stranger.press(/an toàn|Có/i);
    await stranger.press(/đánh|đau/i);
    await stranger.write('em');
    await stranger.write('14');
    await stranger.write('ba');
    await stranger.press(/không làm ở đó/i);
    await stranger.write('rach gia');
    if (stranger.last.some((message) => message.choices.some((each) => /Phường Rạch Giá/.test(each.label)))) {
      await stranger.press(/Phường Rạch Giá/);
    }
    await stranger.write('tối qua');
    await stranger.press(/Vẫn còn/);
    await stranger.write(`chuyện của em: ${CANARY}`);
    await stranger.press(/trả lời vào đây/i);
    await stranger.press(/Lúc nào cũng được/i);
    const sent = await stranger.press(/^Gửi$|gửi đi|^Gửi tin/i);
    const code = sent
      .find((message) => message.kind === 'code')
      ?.text.match(/0\d{3} \d{3} \d{3}/g)
      ?.join('\n');
    expect(code).toMatch(/^0[35789][\d ]+\n0[35789][\d ]+$/);

    // It reaches the queue of the competent agency through the jobs.
    await until(async () => (await lan.open('/console/queue')).includes('/console/cases/'));
    await lan.submit(/next/);
    expect(lan.path).toMatch(/\/console\/cases\//);
    expect(lan.text()).toContain(CANARY);
    const reply = stranger.nextEvent();
    await lan.submit(/reply/, { text: `Cô chú đã nhận tin của em. ${REPLY_CANARY}` });
    expect(await reply).toMatchObject({ kind: 'reply', text: expect.stringContaining(REPLY_CANARY) });

    // And again from another browser with the code; a stranger without it sees nothing.
    const elsewhere = new ChatClient(service.url);
    await elsewhere.start();
    expect(textOf(await elsewhere.write('xem trả lời'))).not.toContain(REPLY_CANARY);
    expect(textOf(await elsewhere.write(code ?? ''))).toContain(REPLY_CANARY);
    expect(textOf(elsewhere.last)).not.toContain(CANARY);

    // The case is closed, and the reporter is told in plain words.
    await lan.submit(/close/, { outcome: 'support_given' });
    await lan.submit(/close/);
    await lan.open('/console/queue?tab=closed');
    expect(lan.text()).toContain('26-0001');
    expect(textOf(await elsewhere.write(code ?? ''))).toContain(REPLY_CANARY);
  }, 60_000);

  it('counts the emergency cards as they were given: one for danger in pieces, none for words about the card', async () => {
    const cards = async (): Promise<number> => {
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      return Number(/lang_nghe_danger_cards_total\{channel="webchat"\} (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const before = await cards();
    const child = new ChatClient(service.url);
    await child.start();
    await child.write('con bị');
    await child.write('chú bên nhà');
    expect(await cards()).toBe(before);
    const [card] = await child.write('sờ vào chỗ kín');
    expect(card).toMatchObject({ kind: 'danger' });
    await child.write('đừng nói mẹ con nha');
    expect(await cards()).toBe(before + 1);
  });

  it('left none of it in the log or the metrics', async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    for (const word of [CANARY, REPLY_CANARY, 'Rạch Giá', 'Lan']) {
      expect(service.output()).not.toContain(word);
      expect(metrics).not.toContain(word);
    }
    expect(metrics).toContain('lang_nghe_turns_total');
  });
});
