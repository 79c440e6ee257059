import { until } from '../../../tests/support/until.js';
import { startTelegram, type TelegramInTest } from './testing/telegram-in-test.js';

let test: TelegramInTest;
beforeEach(async () => {
  test = await startTelegram({ mode: 'polling' });
});
afterEach(() => test.stop());
const done = () => ({ kind: 'done', messages: [] }) as const;
const offsets = () => test.telegram.callsOf('getUpdates').map(({ fields }) => fields.offset);

describe('polling', () => {
  it('deletes a webhook left over, keeping what waits, and takes an old alarm back', async () => {
    test.telegram.world.webhook.set({ url: 'http://127.0.0.1:9/old' });
    await test.start();
    await test.telegram.person().write('Chào');
    await until(() => test.received.length === 1);
    expect(test.telegram.callsOf('deleteWebhook')[0]?.fields).toEqual({ drop_pending_updates: false });
    expect(test.alarms).toEqual([undefined]);
  });

  it('confirms an update only when it is stored', async () => {
    // A try that takes too long is given up and made again; the database is away for all of them until it is back.
    let back: () => void = () => undefined;
    const away = new Promise<void>((resolve) => {
      back = resolve;
    });
    let tries = 0;
    test.fate.of = () => {
      tries += 1;
      return away.then(done);
    };
    await test.start();
    const first = test.telegram.world.updates.nextId;
    await test.telegram.person().write('Chào');
    await until(() => tries > 0);
    await until(() => offsets().length >= 3);
    expect(offsets().every((offset) => offset === undefined || offset === first)).toBe(true);
    expect(test.telegram.world.updates.pending).toHaveLength(1);
    back();
    await until(() => test.telegram.world.updates.pending.length === 0);
  });

  it('gives what was not stored to the process after it', async () => {
    test.fate.of = () => ({ kind: 'unavailable', messages: [] });
    await test.start();
    await test.telegram.person().write('một');
    await until(() => test.observed.includes('text not_stored') && offsets().length >= 3);
    await test.stopReceiving();
    test.fate.of = done;
    await test.start();
    await until(() => test.received.length === 1);
  });

  it("screens a person's later words while an earlier message waits, and stores them in order after", async () => {
    const tried: string[] = [];
    let open = false;
    test.fate.of = ({ content }) => {
      if (content.kind === 'text') tried.push(content.text);
      return open ? done() : { kind: 'unavailable', messages: [] };
    };
    await test.start();
    const person = test.telegram.person();
    await person.write('một');
    await person.write('hai');
    await until(() => tried.filter((text) => text === 'một').length >= 3);
    expect(tried.filter((text) => text === 'hai')).toHaveLength(1);
    open = true;
    await until(() => test.received.length === 2);
    expect(test.contents()).toEqual([
      { kind: 'text', text: 'một' },
      { kind: 'text', text: 'hai' },
    ]);
  });

  it('hears the hundred-and-first while a hundred wait, with an alarm', async () => {
    const silent = Array.from({ length: 100 }, () => test.telegram.person());
    let open = false;
    const isNew = (address: string | undefined) => !silent.some(({ id }) => id === address);
    test.fate.of = ({ address }) => (open || isNew(address) ? done() : { kind: 'unavailable', messages: [] });
    for (const person of silent) void person.write('một');
    await test.start();
    const child = test.telegram.person();
    void child.write('cứu con');
    await until(() => test.received.some(({ address }) => address === child.id), 15_000);
    expect(test.alarms).toContain('backlog');
    open = true;
    await until(() => test.received.length === 101);
    await until(() => test.alarms.at(-1) === undefined);
  });

  it('goes on when Telegram begins its numbers anew', async () => {
    await test.start();
    await test.telegram.person().write('một');
    await until(() => test.received.length === 1);
    // It does so after a quiet week only: what was written before has been confirmed by then.
    await until(() => test.telegram.world.updates.pending.length === 0);
    test.telegram.world.updates.nextId = 1_000;
    await test.telegram.person().write('hai');
    await test.telegram.person().write('ba');
    await until(() => test.received.length === 3);
    await until(() => test.telegram.world.updates.pending.length === 0);
  });

  it.each([
    [
      'another poller',
      { status: 409, description: 'Conflict: terminated by other getUpdates request' },
      'other_poller',
    ],
    [
      'a webhook set by somebody',
      { status: 409, description: "Conflict: can't use getUpdates method while webhook is active" },
      'webhook_active',
    ],
    ['trouble', { status: 502, description: 'Bad Gateway' }, 'trouble'],
  ])('gets over %s; from the third time on it is an alarm', async (_what, refuse, code) => {
    test.telegram.fail('getUpdates', { refuse, times: 4 });
    const running = test.channel.start();
    const person = test.telegram.person();
    await person.write('Chào');
    await until(() => test.received.length === 1);
    expect(test.alarms).toEqual([code, undefined]);
    const { length } = test.telegram.callsOf('getUpdates').filter(({ status }) => status !== 200);
    expect(length).toBeGreaterThanOrEqual(4);
    await running.stop();
  });

  it('raises the alarm for a wrong token at once', async () => {
    test.telegram.fail('deleteWebhook', { refuse: { status: 401, description: 'Unauthorized' }, times: 9 });
    const running = test.channel.start();
    await until(() => test.alarms.length > 0);
    expect(test.alarms).toEqual(['token_refused']);
    await running.stop();
  });

  it('stops at once, in the middle of a long poll', async () => {
    await test.start();
    const started = Date.now();
    await test.stopReceiving();
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  it('puts its commands into the menu, and works without', async () => {
    test.telegram.fail('setMyCommands', { refuse: { status: 500, description: 'x' } });
    const first = test.channel.start();
    await until(() => test.telegram.callsOf('setMyCommands').length === 1);
    await first.stop();
    await test.start();
    await until(() => test.telegram.world.commands !== undefined);
    expect(test.telegram.world.commands).toEqual([
      { command: 'start', description: 'Bắt đầu lại' },
      { command: 'help', description: 'Trợ giúp' },
      { command: 'xoa', description: 'Xoá cuộc trò chuyện này' },
    ]);
  });
});
