import type { Browser } from 'playwright-core';
import type { ZaloPerson } from '../stand-ins/zalo/person.js';
import { ZaloStandIn } from '../stand-ins/zalo.js';
import { sendReport } from '../support/channel-journey.js';
import { Phone } from '../support/phone.js';
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
import { choosePassphrase, firstLink, inviteHandler } from './staff-pages.js';

describeInBrowser('a case that came from Zalo, as staff see it', () => {
  let browser: Browser;
  let zalo: ZaloStandIn;
  let service: RunningService;
  let lan: Person;
  let child: ZaloPerson;

  beforeAll(async () => {
    [browser, zalo] = await Promise.all([openBrowser(), ZaloStandIn.start()]);
    service = await startProgram({ env: zalo.environment() });
    zalo.webhook.url = `${service.url}/webhooks/zalo`;
    const admin = await newPerson(browser, OFFICE);
    lan = await newPerson(browser, OFFICE);
    await bringAxe(lan.context);
    await choosePassphrase(admin.page, await firstLink(service));
    await choosePassphrase(lan.page, await inviteHandler(admin.page, async () => undefined));
    child = zalo.person();
    const phone = new Phone(child);
    await phone.after(child.start(), /111/);
    await sendReport(phone, child);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
    await zalo.close();
  });

  it('shows the files that came, until when a reply reaches the person, and how each reply fares', async () => {
    const { page } = lan;
    await page
      .getByRole('button', { name: /Nhận việc/ })
      .first()
      .click();
    await page.getByText('Tệp người báo gửi').waitFor();
    await page.getByText(/Qua Zalo, câu trả lời tới được người báo đến/).waitFor();
    await page
      .getByLabel(/Viết cho người báo|Trả lời/)
      .first()
      .fill('Cô chú đã nhận tin của em.');
    await page.getByRole('button', { name: /^Gửi/ }).click();
    await page.getByText('Đã gửi đến máy của người báo').waitFor();
    await picture(page, 'console-20-zalo-case');
    // Zalo counts eight days of silence: the next reply must wait, and the page says so by itself.
    child.lastAct -= 8 * 24 * 3_600_000;
    await page
      .getByLabel(/Viết cho người báo|Trả lời/)
      .first()
      .fill('Em cần gì thêm không?');
    await page.getByRole('button', { name: /^Gửi/ }).click();
    await page.getByText('Chưa gửi được; sẽ gửi khi người báo nhắn lại').waitFor();
    await picture(page, 'console-21-zalo-waits');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, 'console-22-zalo-narrow');
  }, 60_000);
});
