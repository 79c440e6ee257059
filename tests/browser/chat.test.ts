import type { Browser } from 'playwright-core';
import { EXIT_URL } from '../../src/channels/webchat/deps.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { GOOD_FILES } from '../support/small-files.js';
import {
  accessibilityFaults,
  bringAxe,
  describeInBrowser,
  newPerson,
  OFFICE,
  openBrowser,
  PHONE,
  picture,
  sidewaysScroll,
} from './browser.js';
import { ChatPage } from './chat-page.js';

describeInBrowser('the chat in a browser', () => {
  let browser: Browser;
  let service: RunningService;

  beforeAll(async () => {
    [browser, service] = await Promise.all([openBrowser(), startProgram()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  it('with scripts off, plain pages carry the journey to the two numbers', async () => {
    const { page, context, complaints } = await newPerson(browser, { ...PHONE, javaScriptEnabled: false });
    const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
    const write = async (text: string): Promise<void> => {
      await page.getByLabel('Viết tin của bạn').fill(text);
      await page.getByRole('button', { name: 'Gửi', exact: true }).last().click();
    };
    await page.goto(service.url);
    await picture(page, 'plain-1-first');
    await press('Bắt đầu');
    await write('thầy cô đánh học sinh có được không ạ');
    await page.getByRole('heading', { name: 'Căn cứ' }).waitFor();
    await picture(page, 'plain-2-answer');
    await write('em muốn gửi tin báo');
    await press(/^Đang an toàn/);
    await press(/làm đau/);
    // To whom, how old, who.
    for (let question = 0; question < 3; question += 1) await write('bỏ qua');
    await press(/^Không, không làm/);
    await write('rach gia');
    await write('hôm qua');
    await write('bỏ qua');
    await write('ở nhà em hay bị la');
    await press(/Đừng nhắn gì/);
    await picture(page, 'plain-3-summary');
    await page.locator('.choices').getByRole('button', { name: 'Gửi', exact: true }).click();
    expect(await page.locator('.code span').count()).toBe(2);
    await picture(page, 'plain-4-code');

    await press('Xem tin mới');
    await page.getByText('Chưa có tin mới').waitFor();
    const left = page.waitForRequest(EXIT_URL);
    await press('Thoát nhanh');
    await left;
    expect(complaints.filter((complaint) => !complaint.includes('wikipedia'))).toEqual([]);
    await context.close();
  });

  it('somebody who uses the keyboard only can send a report', async () => {
    const { page, context, complaints } = await newPerson(browser, OFFICE);
    const chat = new ChatPage(page);
    await chat.open(service.url);
    const reach = async (label: RegExp, key: 'Tab' | 'Shift+Tab'): Promise<void> => {
      for (let presses = 0; presses < 25; presses += 1) {
        await page.keyboard.press(key);
        const focused = page.locator(':focus');
        if ((await focused.count()) === 1 && label.test((await focused.textContent()) ?? '')) return;
      }
      throw new Error(`The keyboard does not reach ${label}.`);
    };
    const reachField = async (): Promise<void> => {
      for (let presses = 0; presses < 25; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator('#text:focus').count()) === 1) return;
      }
      throw new Error('The keyboard does not reach the field.');
    };
    const press = (label: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> =>
      chat.after(async () => {
        await reach(label, key);
        await page.keyboard.press('Enter');
      });

    await press(/^Gửi tin báo/);
    await reach(/^Đang an toàn/, 'Tab');
    await picture(page, 'keyboard-1-choice');
    await chat.after(() => page.keyboard.press('Enter'));
    await press(/làm đau/);
    for (let question = 0; question < 3; question += 1) await press(/^Bỏ qua|không muốn nói/);
    await press(/^Không, không làm/);
    await reachField();
    await picture(page, 'keyboard-2-place');
    await page.keyboard.type('thi tran minh luong', { delay: 5 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await chat.after(() => page.keyboard.press('Enter'));
    for (let question = 0; question < 2; question += 1) await press(/^Bỏ qua|không muốn nói/, 'Shift+Tab');
    await reachField();
    await page.keyboard.type('hôm qua ở gần chợ');
    await chat.after(() => page.keyboard.press('Enter'));
    await press(/Đừng nhắn gì/, 'Shift+Tab');
    await press(/^Gửi$/);
    expect(await chat.code()).toMatch(/^0[\d ]+\n0[\d ]+$/);
    await picture(page, 'keyboard-3-code');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('on a screen 320 pixels wide nothing goes sideways', async () => {
    const { page, context } = await newPerson(browser, { ...PHONE, viewport: { width: 320, height: 568 } });
    const chat = new ChatPage(page);
    await chat.open(service.url);
    const widths: number[] = [await sidewaysScroll(page)];
    await picture(page, 'narrow-1-welcome');
    for (const text of [
      'thầy cô đánh học sinh có được không ạ',
      'https://mot-dia-chi-rat-dai.test/khong-co-cho-ngat-nao-ca-nen-phai-tu-xuong-dong',
      'con không muốn sống nữa',
    ]) {
      await chat.write(text);
      widths.push(await sidewaysScroll(page));
    }
    await picture(page, 'narrow-2-danger');
    await chat.write('con muốn gửi tin báo');
    await chat.press(/Gửi ngay như vậy/);
    widths.push(await sidewaysScroll(page));
    await picture(page, 'narrow-3-code');
    expect(widths.every((width) => width === 0)).toBe(true);
    await context.close();
  });

  it('in the dark colours of a phone at night everything can still be read', async () => {
    const { page, context } = await newPerson(browser, { ...PHONE, colorScheme: 'dark' });
    await bringAxe(context);
    const chat = new ChatPage(page);
    await chat.open(service.url);
    await chat.write('trẻ em có những quyền gì');
    await chat.write('con không muốn sống nữa');
    await picture(page, 'dark-danger');
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });

  it('two people who write at the same time each get their own answer', async () => {
    const { context, page } = await newPerson(browser, PHONE);
    const chats = [new ChatPage(page), new ChatPage(await context.newPage())];
    await Promise.all(chats.map((chat) => chat.open(service.url)));
    const words = ['bao nhiêu tuổi thì được coi là trẻ em', 'làm giấy khai sinh cho con cần gì'];
    await Promise.all(chats.map((chat, index) => chat.write(words[index] ?? '')));
    const shown = await Promise.all(chats.map((chat) => chat.page.locator('#log').textContent()));
    expect(shown[0]).toContain(words[0]);
    expect(shown[0]).not.toContain(words[1]);
    expect(shown[1]).toContain(words[1]);
    expect(shown[1]).not.toContain(words[0]);
    await context.close();
  });

  it('takes a photo, and says kindly when it can not', async () => {
    const { page, context, complaints } = await newPerson(browser, PHONE);
    await bringAxe(context);
    const chat = new ChatPage(page);
    await chat.open(service.url);
    await chat.after(() =>
      page.setInputFiles('#file', {
        name: 'IMG_20261124.png',
        mimeType: 'image/png',
        buffer: GOOD_FILES['image/png'],
      }),
    );
    expect(await chat.newest().textContent()).toContain('Mình nhận được rồi');
    expect(await page.locator('#log').textContent()).not.toContain('IMG_');
    await picture(page, 'file-1-taken');
    await page.setInputFiles('#file', {
      name: 'x.html',
      mimeType: 'text/html',
      buffer: Buffer.from('<html></html>'),
    });
    await page.getByText('Mình chưa nhận được loại tệp này').waitFor();
    // The question is still open, with its buttons.
    expect(await chat.button(/Gửi tin báo/).isVisible()).toBe(true);
    await picture(page, 'file-2-refused');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints.filter((complaint) => !complaint.includes('415'))).toEqual([]);
    await context.close();
  });
});
