import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort, type RunningService, startProgram } from '../support/running-service.js';
import {
  accessibilityFaults,
  bringAxe,
  describeInBrowser,
  newPerson,
  OFFICE,
  openBrowser,
  type Person,
  PHONE,
  picture,
  sidewaysScroll,
} from './browser.js';
import { ChatPage } from './chat-page.js';
import { choosePassphrase, firstLink, inviteHandler } from './staff-pages.js';

const STORY = 'Chiều nào về nhà con cũng bị đánh. Em con mới năm tuổi cũng bị.';
const REPLY = 'Cô đã đọc tin của con. Con kể ra là rất can đảm. Chiều nay con ở nhà bà được không?';

describeInBrowser('one person’s journey, as it looks', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-'));
  let browser: Browser;
  let start: () => Promise<RunningService>;
  let service: RunningService;
  let child: Person;
  let lan: Person;
  let chat: ChatPage;
  let code = '';

  beforeAll(async () => {
    const port = String(await freePort());
    start = () => startProgram({ dataDir, env: { PORT: port } });
    [browser, service] = await Promise.all([openBrowser(), start()]);
    [child, lan] = await Promise.all([newPerson(browser, PHONE), newPerson(browser, OFFICE)]);
    await bringAxe(lan.context);
    await bringAxe(child.context);
    chat = new ChatPage(child.page);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('the administrator opens the link, chooses a passphrase and invites a handler, who does the same', async () => {
    const { context, page } = await newPerson(browser, OFFICE);
    await page.goto(await firstLink(service));
    await picture(page, 'console-01-start');
    await choosePassphrase(page, page.url());
    await picture(page, 'console-02-people');
    const link = await inviteHandler(page, (name) => picture(page, `console-03-${name}`));
    await picture(page, 'console-04-link');

    await choosePassphrase(lan.page, link);
    await lan.page.getByText('Không có việc nào đang chờ nhận').waitFor();
    await picture(lan.page, 'console-05-queue-empty');
    await context.close();
  });

  it('a child asks, and gets a cited answer', async () => {
    await chat.open(service.url);
    await picture(child.page, 'chat-01-welcome');
    expect(await accessibilityFaults(child.page)).toEqual([]);

    await chat.write('con bị bạn bè nói xấu trên mạng thì phải làm sao ạ');
    await chat.message('answer').getByRole('heading', { name: 'Căn cứ' }).waitFor();
    expect(await chat.message('answer').locator('.sources').textContent()).toMatch(/Luật.*Điều \d+/);
    expect(await chat.message('danger').count()).toBe(0);
    await picture(child.page, 'chat-02-answer');
    expect(await accessibilityFaults(child.page)).toEqual([]);
  });

  it('something alarming brings the emergency card, with numbers to tap', async () => {
    await chat.write('con không muốn sống nữa');
    await chat.message('danger').waitFor();
    expect(await chat.message('danger').locator('.calls a[href="tel:111"]').textContent()).toBe('Gọi 111');
    await picture(child.page, 'chat-03-danger');
    expect(await accessibilityFaults(child.page)).toEqual([]);
  });

  it('they send a short report without a name, and get two numbers', async () => {
    await chat.write('con muốn gửi tin báo');
    await picture(child.page, 'chat-04-safe');
    await chat.press(/^Đang an toàn/);
    await picture(child.page, 'chat-05-what');
    await chat.press(/làm đau/);
    await picture(child.page, 'chat-05-to-whom');
    await chat.write('con');
    await chat.write('con 9 tuổi');
    await chat.write('ba');
    await picture(child.page, 'chat-05-office');
    await chat.press(/^Không, không làm/);

    const place = child.page.getByRole('combobox');
    await place.pressSequentially('rach gia', { delay: 20 });
    await child.page.getByRole('option').first().waitFor();
    await place.press('ArrowDown');
    await picture(child.page, 'chat-06-place');
    expect(await accessibilityFaults(child.page)).toEqual([]);
    await chat.after(() => place.press('Enter'));
    await picture(child.page, 'chat-07-when');
    await chat.write('chiều nay');
    await chat.press(/còn/i);

    await picture(child.page, 'chat-07-words');
    await chat.write(STORY);
    await picture(child.page, 'chat-08-wish');
    await chat.press(/trả lời vào đây/);
    await picture(child.page, 'chat-08-hours');
    await chat.press(/Lúc nào cũng được/);
    await picture(child.page, 'chat-09-summary');
    await chat.press(/^Gửi$/);
    code = await chat.code();
    expect(code).toMatch(/^0[35789][\d ]+\n0[35789][\d ]+$/);
    await picture(child.page, 'chat-10-code');
    expect(await accessibilityFaults(child.page)).toEqual([]);
    await chat.write(`dạ ${code.slice(-3)}`);
    await chat.write(code.slice(-5));
    await picture(child.page, 'chat-10-written-down');
  });

  it('the handler sees it come, without loading anything again, takes it and reads it', async () => {
    const { page } = lan;
    const line = page.getByRole('link', { name: 'Trẻ bị đánh, bị làm đau' });
    await line.waitFor();
    // The mark in the tab follows the list within a moment.
    await page.waitForFunction("document.title.startsWith('(1) ')");
    await picture(page, 'console-06-queue');
    expect(await accessibilityFaults(page)).toEqual([]);

    await line.click();
    await picture(page, 'console-07-case-new');
    await page.getByRole('button', { name: 'Tôi nhận việc này' }).click();
    await page.getByText(STORY).waitFor();
    await picture(page, 'console-08-case-taken');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('on a phone the case page goes sideways no more than the chat', async () => {
    const { page } = lan;
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, 'console-09-case-narrow');
    await page.goto(`${service.url}/console/queue?tab=mine`);
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, 'console-09-queue-narrow');
    await page.goBack();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('when the service is away for a moment the chat says so, and goes on by itself', async () => {
    await service.stop();
    await child.page.locator('#state', { hasText: 'Mất kết nối' }).waitFor();
    await picture(child.page, 'chat-11-lost');
    await chat.field.fill('con cảm ơn');
    await chat.field.press('Enter');
    await child.page.locator('#state', { hasText: 'đang gửi lại' }).waitFor();
    await picture(child.page, 'chat-11-retrying');
    const before = await chat.turns().count();
    service = await start();
    await chat.turns().nth(before).waitFor({ timeout: 15_000 });
    // While the database is still opening one kind sentence may come first; the answer follows by itself.
    await child.page.waitForFunction(() => document.querySelector('#state')?.textContent === '', undefined, {
      timeout: 30_000,
    });
    await picture(child.page, 'chat-11-back-again');
    // The browser itself notes each request that found nobody, or a service that was still opening its database (503).
    expect(child.complaints.filter((complaint) => !/ERR_|status of 503/.test(complaint))).toEqual([]);
    child.complaints.length = 0;
    lan.complaints.length = 0;
  }, 90_000);

  it('the answer appears in the chat by itself', async () => {
    await chat.field.fill('con đang viết dở');
    await lan.page.getByLabel('Trả lời người báo').fill(REPLY);
    await lan.page.getByRole('button', { name: 'Gửi trả lời' }).click();
    // After an absence the page asks again with growing pauses.
    await child.page.getByText(REPLY).waitFor({ timeout: 30_000 });
    await picture(child.page, 'chat-12-reply');
    // What they were about to say or press is still there.
    expect(await chat.field.inputValue()).toBe('con đang viết dở');
    expect(await child.page.getByRole('button', { name: 'Gặp người thật' }).isVisible()).toBe(true);
    expect(await accessibilityFaults(child.page)).toEqual([]);
  }, 60_000);

  it('another browser opens it with the two numbers, and shows nothing that was told', async () => {
    const { page, context, complaints } = await newPerson(browser, PHONE);
    const elsewhere = new ChatPage(page);
    await elsewhere.open(service.url);
    await elsewhere.press(/trả lời|hai số/i);
    await picture(page, 'chat-13-asks-code');
    await elsewhere.write(code);
    await elsewhere.newest().getByText(REPLY).waitFor();
    expect(await page.locator('body').textContent()).not.toContain(STORY);
    await picture(page, 'chat-14-mailbox');

    await elsewhere.press(/viết|nhắn/i);
    await elsewhere.write('Dạ được cô ơi');
    await lan.page.locator('.bubble-reporter', { hasText: 'Dạ được cô ơi' }).waitFor();
    await lan.page.getByText(/Người báo xem lúc/).waitFor();
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await picture(lan.page, 'console-10-case-wrote');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('the handler closes the case', async () => {
    const { page } = lan;
    await page.getByText('Đóng việc này').click();
    await page.getByLabel('Trẻ hoặc gia đình đã được hỗ trợ').check();
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await picture(page, 'console-11-close-confirm');
    await page.getByRole('button', { name: 'Đóng việc' }).click();
    await page.getByText('Đã đóng việc.').waitFor();
    await picture(page, 'console-12-closed');
    await page.getByRole('link', { name: 'Về hàng chờ' }).click();
    await page.getByRole('link', { name: 'Đã đóng' }).click();
    await page.getByRole('link', { name: 'Trẻ bị đánh, bị làm đau' }).waitFor();
    await picture(page, 'console-13-queue-closed');

    await chat.write(code);
    await picture(child.page, 'chat-15-closed');
    expect(await chat.newest().textContent()).toContain(REPLY);

    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByLabel('Cụm mật khẩu').waitFor();
    await picture(page, 'console-14-sign-in');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('no page complained on the way', () => {
    expect([...child.complaints, ...lan.complaints]).toEqual([]);
  });
});
