import type { Browser, Page } from 'playwright-core';
import { EXIT_URL } from '../../src/channels/webchat/deps.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { describeInBrowser, newPerson, openBrowser, type Person, PHONE } from './browser.js';
import { ChatPage } from './chat-page.js';

const BEFORE = 'https://truoc-do.test/';
const SECRET = 'chuyện riêng của em';

describeInBrowser('leaving the chat quickly', () => {
  let browser: Browser;
  let service: RunningService;

  beforeAll(async () => {
    [browser, service] = await Promise.all([openBrowser(), startProgram()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  /** Somebody who comes to the chat from another page; no page of the outside world is truly asked. */
  const comeFromElsewhere = async (): Promise<{ person: Person; chat: ChatPage }> => {
    const person = await newPerson(browser, PHONE);
    for (const [address, title] of [
      [EXIT_URL, 'Bách khoa'],
      [BEFORE, 'Trang trước đó'],
    ] as const) {
      await person.context.route(address, (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<title>${title}</title>` }),
      );
    }
    await person.page.goto(BEFORE);
    const chat = new ChatPage(person.page);
    await chat.open(service.url);
    return { person, chat };
  };

  const keptInBrowser = (page: Page): Promise<unknown> =>
    page.evaluate(async () => {
      const { localStorage, sessionStorage, caches, indexedDB } = globalThis as unknown as Record<
        'localStorage' | 'sessionStorage' | 'caches' | 'indexedDB',
        { length: number; keys(): Promise<string[]>; databases(): Promise<unknown[]> }
      >;
      return [localStorage.length, sessionStorage.length, await caches.keys(), await indexedDB.databases()];
    });

  const ways: [string, (chat: ChatPage) => Promise<void>][] = [
    ['the button', (chat) => chat.page.getByRole('button', { name: 'Thoát nhanh' }).click()],
    [
      'Shift three times',
      async ({ page }) => {
        for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
      },
    ],
  ];
  it.each(ways)(
    'by %s replaces the page; going back shows nothing, and nothing is kept',
    async (_way, leave) => {
      const { person, chat } = await comeFromElsewhere();
      const { page, context } = person;
      await chat.write(SECRET);
      expect(await keptInBrowser(page)).toEqual([0, 0, [], []]);

      await leave(chat);
      await page.waitForURL(EXIT_URL);
      await page.goBack();
      expect(page.url()).toBe(BEFORE);
      await page.goto(service.url);
      expect(await keptInBrowser(page)).toEqual([0, 0, [], []]);
      expect(await context.cookies()).toEqual([]);
      expect(await page.title()).toBe('Ghi chú');
      await context.close();
    },
  );

  it('and a talk left by an ordinary link is not there when somebody goes back', async () => {
    const { person, chat } = await comeFromElsewhere();
    await chat.write(SECRET);
    await person.page.goto(EXIT_URL);
    await person.page.goBack();
    await chat.newest().waitFor();
    expect(await person.page.locator('body').textContent()).not.toContain(SECRET);
    await person.context.close();
  });
});
