import type { Browser, Page } from 'playwright-core';
import type { Authenticator } from '../../src/console/testing/authenticator.js';
import { ChatClient } from '../support/chat-client.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import {
  accessibilityFaults,
  bringAxe,
  describeInBrowser,
  newPerson,
  OFFICE,
  openBrowser,
  type Person,
  picture,
  sidewaysScroll,
} from './browser.js';
import { choosePassphrase, firstLink, inviteHandler, PASSPHRASE } from './staff-pages.js';

const HALF_WRITTEN = 'Cô đã đọc tin của con. Chiều nay';

describeInBrowser('signing in, and a page that locks', () => {
  let browser: Browser;
  let service: RunningService;
  let lan: Person;
  let app: Authenticator;

  beforeAll(async () => {
    [browser, service] = await Promise.all([openBrowser(), startProgram()]);
    lan = await newPerson(browser, OFFICE);
    await bringAxe(lan.context);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  /** Pictures at both widths; nothing goes sideways, and axe finds nothing. */
  const look =
    (page: Page) =>
    async (name: string): Promise<void> => {
      await picture(page, `console-30-${name}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await sidewaysScroll(page)).toBe(0);
      await picture(page, `console-30-${name}-narrow`);
      await page.setViewportSize({ width: 1280, height: 800 });
    };
  /** What a browser does when somebody comes back to a tab. */
  const comeBack = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const unlock = async (page: Page): Promise<void> => {
    await page.getByLabel('Cụm mật khẩu').fill(PASSPHRASE);
    await page.getByLabel('Mã 6 số hoặc mã dự phòng').fill(await app.code());
    await page.getByRole('button', { name: 'Mở khoá' }).click();
    await page.getByRole('heading', { name: 'Trang đã khoá' }).waitFor({ state: 'hidden' });
  };

  it('a new handler sets up the app by picture or by typing, and keeps ten codes', async () => {
    const { context, page } = await newPerson(browser, OFFICE);
    await bringAxe(context);
    await choosePassphrase(page, await firstLink(service));
    const link = await inviteHandler(page, async () => undefined);
    app = await choosePassphrase(lan.page, link, look(lan.page));
    await page.goto(`${service.url}/console/people`);
    await look(page)('people');
    await context.close();
  }, 60_000);

  it('on another device the code is asked, and the first one shows both', async () => {
    const { context, page } = await newPerson(browser, OFFICE);
    await bringAxe(context);
    await page.goto(`${service.url}/console/account`);
    await page.getByLabel('Tên đăng nhập').fill('lan');
    await page.getByLabel('Cụm mật khẩu').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('Không có điện thoại bên mình?').click();
    await look(page)('second-step');
    await page.getByLabel('Mã 6 số').fill('000000');
    await page.getByRole('button', { name: 'Tiếp tục' }).first().click();
    await page.getByText('Mã này chưa khớp').waitFor();
    await look(page)('second-step-wrong');
    await page.getByLabel('Mã 6 số').fill(await app.code());
    await page.getByRole('button', { name: 'Tiếp tục' }).first().click();
    await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
    expect(await page.locator('.device').count()).toBe(2);
    await page.getByText('Đổi điện thoại hoặc ứng dụng').click();
    await look(page)('account');
    await context.close();
  }, 60_000);

  it('signed out from elsewhere, both tabs of a browser cover themselves and open again with what was half written', async () => {
    const reporter = new ChatClient(service.url);
    await reporter.start();
    for (const [say, press] of REPORT) await (press ? reporter.press(press) : reporter.write(say ?? ''));
    const { page } = lan;
    await page.getByRole('link', { name: 'Trẻ bị đánh, bị làm đau' }).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: /Nhận việc/ }).click();
    await page.getByLabel('Trả lời người báo').fill(HALF_WRITTEN);
    const address = page.url();
    const second = await lan.context.newPage();
    await second.goto(`${service.url}/console/account`);

    await second.getByRole('button', { name: 'Đăng xuất mọi nơi' }).click();
    await page.getByRole('heading', { name: 'Trang đã khoá' }).waitFor();
    expect(await page.title()).toBe('Trang đã khoá · Lắng Nghe');
    expect(await page.getByLabel('Trả lời người báo').isVisible()).toBe(false);
    expect(await page.getByText(HALF_WRITTEN).isVisible()).toBe(false);
    await look(page)('locked');

    await page.getByLabel('Cụm mật khẩu').fill('không phải cụm này');
    await page.getByLabel('Mã 6 số hoặc mã dự phòng').fill('000000');
    await page.getByRole('button', { name: 'Mở khoá' }).click();
    await page.getByText('chưa khớp').waitFor();
    await unlock(page);
    expect(page.url()).toBe(address);
    expect(await page.getByLabel('Trả lời người báo').inputValue()).toBe(HALF_WRITTEN);
    await page.getByRole('button', { name: 'Gửi trả lời' }).click();
    await page.getByText('Đã lưu câu trả lời').waitFor();
    await second.close();
  }, 90_000);

  it('two minutes before it locks a page warns, and whoever is there says so', async () => {
    const { page, context } = lan;
    const second = await context.newPage();
    await second.goto(`${service.url}/console/account`);
    // The server's thirty minutes are not waited for: it is only made to say that few are left.
    await context.route('**/console/session', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), lockIn: 100 } });
    });
    for (const tab of [page, second]) {
      await comeBack(tab);
      await tab.getByText('Hai phút nữa trang sẽ khoá').waitFor();
    }
    await look(page)('warning');
    await context.unroute('**/console/session');
    await page.getByRole('button', { name: 'Tôi vẫn ở đây' }).click();
    // Being there in one tab keeps the others too.
    for (const tab of [page, second])
      await tab.getByText('Hai phút nữa trang sẽ khoá').waitFor({ state: 'hidden' });
    await second.close();
  });

  it('a page whose time is up covers itself before anybody asks, also while the service cannot be reached', async () => {
    const { page } = lan;
    await page.clock.install();
    await page.goto(`${service.url}/console/account`);
    await page.route('**/console/session', (route) => route.abort());
    await page.clock.fastForward('31:00');
    await page.getByRole('heading', { name: 'Trang đã khoá' }).waitFor();
    await page.unroute('**/console/session');
    // The server still counts the session as good: once it can be asked, the page opens.
    await comeBack(page);
    await page.getByRole('heading', { name: 'Trang đã khoá' }).waitFor({ state: 'hidden' });
  });
});

/** What somebody writes and presses to send a report to Phường Rạch Giá. */
const REPORT: readonly (readonly [string] | readonly [undefined, RegExp])[] = [
  ['em muốn gửi tin báo'],
  [undefined, /an toàn|Có/i],
  [undefined, /đánh|đau/i],
  ['em'],
  ['14'],
  ['ba'],
  [undefined, /không làm ở đó/i],
  ['phường rạch giá'],
  ['tối qua'],
  [undefined, /Vẫn còn/],
  ['chuyện của em'],
  [undefined, /đừng|không/i],
  [undefined, /^Gửi$|gửi đi|^Gửi tin/i],
];
