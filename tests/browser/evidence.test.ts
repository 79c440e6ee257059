import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { ChatClient } from '../support/chat-client.js';
import { pdfWithEverything, phonePhoto } from '../support/picture-files.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { GOOD_FILES } from '../support/small-files.js';
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

const NARROW = { width: 320, height: 700 };

describeInBrowser('files, as staff see them', () => {
  let browser: Browser;
  let service: RunningService;
  let lan: Person;

  beforeAll(async () => {
    browser = await openBrowser();
    service = await startProgram();
    const admin = await newPerson(browser, OFFICE);
    lan = await newPerson(browser, OFFICE);
    await bringAxe(lan.context);
    await choosePassphrase(admin.page, await firstLink(service));
    await choosePassphrase(lan.page, await inviteHandler(admin.page, async () => undefined));
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  /** A report of this kind with these files, on the desk of Phường Rạch Giá. */
  const report = async (what: RegExp, files: readonly Buffer[]): Promise<void> => {
    const child = new ChatClient(service.url);
    await child.start();
    for (const file of files)
      await fetch(`${service.url}/api/chat/file`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/octet-stream',
          'Idempotency-Key': randomUUID(),
          Authorization: `Bearer ${child.session}`,
        },
        body: new Uint8Array(file),
      });
    await child.write('gửi tin báo');
    await child.press(/an toàn|Có/i);
    await child.press(what);
    for (let question = 0; question < 4; question += 1) await child.write('bỏ qua');
    await child.write('rach gia');
    await child.press(/Phường Rạch Giá/).catch(() => child.last);
    for (let question = 0; question < 2; question += 1) await child.write('bỏ qua');
    await child.write('Em gửi ảnh và giấy khám.');
    await child.press(/Đừng nhắn|không nhắn/i);
    await child.press(/^Gửi$/);
  };
  const openCase = async (): Promise<void> => {
    await lan.page.goto(`${service.url}/console/queue`);
    await lan.page
      .getByRole('button', { name: /Nhận việc/ })
      .first()
      .click();
    await lan.page.getByRole('heading', { name: 'Tệp người báo gửi' }).waitFor();
    // Fetched and cleaned a moment later.
    for (let time = 0; time < 40 && (await lan.page.getByText('đang nhận về').count()) > 0; time += 1) {
      await lan.page.waitForTimeout(500);
      await lan.page.reload();
    }
  };
  /** As it stands on an office screen and on the smallest phone. */
  const look = async (name: string): Promise<void> => {
    const { page } = lan;
    await page.setViewportSize({ width: 1280, height: 900 });
    await picture(page, `console-${name}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, `console-${name}-narrow`);
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  it('shows their facts and blurred pictures; a picture opens with a reason', async () => {
    const { page } = lan;
    await report(/đánh|đau/i, [await phonePhoto(), GOOD_FILES['audio/ogg'], pdfWithEverything()]);
    await openCase();
    await page.getByRole('heading', { name: 'Tệp người báo gửi' }).scrollIntoViewIfNeeded();
    await page.getByAltText('Ảnh đã làm mờ').waitFor();
    await look('30-files');
    await page.getByRole('link', { name: /^Ảnh/ }).click();
    await page.getByLabel('Đánh giá tình trạng của trẻ').waitFor();
    await look('31-file-closed');
    await page.getByLabel('Đánh giá tình trạng của trẻ').check();
    await page.getByRole('button', { name: 'Mở để xem' }).click();
    const shown = page.getByAltText('Ảnh người báo gửi');
    await shown.waitFor();
    const size = await shown.evaluate((image) => {
      const { naturalWidth, naturalHeight } = image as unknown as {
        naturalWidth: number;
        naturalHeight: number;
      };
      return `${naturalWidth} × ${naturalHeight}`;
    });
    expect(size).toBe('200 × 300');
    await look('32-file-open');
    await page.getByRole('link', { name: 'Phiếu bàn giao để in' }).click();
    await page.getByRole('heading', { name: 'Phiếu bàn giao tệp' }).waitFor();
    await look('33-file-note');
    expect(lan.complaints).toEqual([]);
  }, 120_000);

  it('keeps a picture of sexual harm shut until a second person agrees', async () => {
    const { page } = lan;
    await report(/xâm hại|đụng chạm|vùng kín/i, [await phonePhoto()]);
    await openCase();
    await page.getByText('Cách ly').first().waitFor();
    await page.getByRole('link', { name: /^Ảnh/ }).click();
    await page.getByText('Tệp này đang được cách ly.').waitFor();
    await look('34-quarantined');
    await page.getByLabel(/công an, y tế/).check();
    await page.getByLabel(/Nói rõ lý do/).fill('Công an phường đề nghị xác nhận tệp.');
    await page.getByRole('button', { name: 'Mở để xem' }).click();
    await page.getByText('Nhờ một người cùng cơ quan').waitFor();
    await look('35-quarantine-asked');
    expect(await page.getByAltText('Ảnh người báo gửi').count()).toBe(0);
    // The page asks by itself whether somebody agreed, and goes on showing that it waits.
    expect((await page.waitForResponse(/\/live$/)).status()).toBe(200);
    expect((await page.waitForResponse(/\/live$/)).status()).toBe(200);
    await page.getByText('Nhờ một người cùng cơ quan').waitFor();
    expect(lan.complaints).toEqual([]);
  }, 120_000);
});
