import type { TelegramPerson } from '../stand-ins/telegram/person.js';
import { TelegramStandIn } from '../stand-ins/telegram.js';
import { leftNoTrace, walkTheJourney } from '../support/channel-journey.js';
import { Phone } from '../support/phone.js';
import { freePort, type RunningService, startProgram } from '../support/running-service.js';
import { until } from '../support/until.js';

/** Where Telegram finds the service, or nothing: then the service asks Telegram. */
const receivedBy = {
  polling: async () => ({}),
  webhook: async (): Promise<Record<string, string>> => {
    const port = String(await freePort());
    return {
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TELEGRAM_WEBHOOK_SECRET: 'secret-of-this-test',
    };
  },
};

describe.each(Object.entries(receivedBy))(
  'a person’s journey on Telegram, received by %s',
  (way, settings) => {
    let telegram: TelegramStandIn;
    let service: RunningService;
    let person: TelegramPerson;

    beforeAll(async () => {
      telegram = await TelegramStandIn.start();
      service = await startProgram({
        env: {
          TELEGRAM_BOT_TOKEN: telegram.token,
          TELEGRAM_API_ROOT: telegram.root,
          ...(await settings()),
        },
      });
      if (way === 'webhook') await until(() => telegram.world.webhook.url !== '');
      person = telegram.person();
    }, 60_000);
    afterAll(async () => {
      await service.stop();
      await telegram.stop();
    });

    it('answers, warns, takes a report with a picture, and brings the reply of staff back', async () => {
      await walkTheJourney(service, person);
      expect(telegram.callsOf('sendChatAction').length).toBeGreaterThan(3);
    }, 90_000);

    it('takes back what both wrote when the person asks to forget', async () => {
      const before = person.screen.length;
      expect(before).toBeGreaterThan(5);
      await person.write('/xoa');
      await until(() => person.screen.length === 1, 15_000);
      expect(person.screen[0]?.text).toMatch(/Xong rồi/);
      // And the next word, a breath later, begins afresh.
      await new Promise((resolve) => setTimeout(resolve, 1200));
      await new Phone(person).write('chào', /./);
    }, 40_000);

    it('begins the flow a poster names, and tells a group that it only talks in private', async () => {
      const reader = telegram.person();
      await new Phone(reader).after(reader.start('report'), /an toàn/i);
      const group = telegram.group();
      await group.addBot(reader);
      await until(() =>
        telegram.callsOf('sendMessage').some((call) => String(call.fields.chat_id).startsWith('-100')),
      );
    }, 30_000);

    it('never sent faster than Telegram allows, and left no trace', async () => {
      expect(telegram.world.pace.violations).toEqual([]);
      await leftNoTrace(service, person);
      expect(service.output()).not.toContain(telegram.token);
    });
  },
);
