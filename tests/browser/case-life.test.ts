import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { type RunningService, startProgram } from '../support/running-service.js';
import { describeInBrowser, look, openBrowser, type Person } from './browser.js';
import { signInToDemo } from './staff-pages.js';

describeInBrowser('the life of a case, as staff see it', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-demo-'));
  let browser: Browser;
  let service: RunningService;
  let lan: Person;
  let bao: Person;

  const signIn = (name: string): Promise<Person> => signInToDemo(browser, service, name);

  beforeAll(async () => {
    [browser, service] = await Promise.all([
      openBrowser(),
      startProgram({ dataDir, script: 'dist/commands/demo.js' }),
    ]);
    [lan, bao] = [await signIn('lan.rachgia'), await signIn('bao.catinh')];
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('offers what can be done next, keeps notes, and goes on by keyboard alone', async () => {
    const { page } = lan;
    await page
      .getByRole('button', { name: /Nhận việc/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Việc tiếp theo' }).waitFor();
    await page.getByRole('button', { name: 'Bắt đầu đánh giá' }).press('Enter');
    await page.getByText('Đã ghi bước mới của việc.').waitFor();
    await page.getByLabel('Ghi chú cho đồng nghiệp').fill('Đã hẹn đến nhà lúc 17 giờ.');
    await page.getByRole('button', { name: 'Lưu ghi chú' }).press('Enter');
    await page.getByText('Đã hẹn đến nhà lúc 17 giờ.').waitFor();
    await page.getByText('Giao cho đồng nghiệp').press('Enter');
    await page.getByLabel('Giao cho ai?').waitFor();
    await page.getByText('Chuyển lên cấp trên').first().press('Enter');
    await page.getByText('Vì sao chuyển lên?').waitFor();
    await look(page, 'console-30-case-life');
  }, 60_000);

  it('is offered to another agency, found by typing', async () => {
    const { page } = lan;
    await page.getByRole('link', { name: 'Chuyển hoặc mở cho cơ quan khác' }).click();
    await page.getByLabel('Cơ quan nào?').first().pressSequentially('cong an tinh');
    await page.getByLabel('Công an tỉnh An Giang').check();
    await page.getByLabel(/^Mở cho cơ quan phối hợp/).check();
    await page.getByLabel('Có dấu hiệu tội phạm').check();
    await page.getByLabel(/tố tụng hình sự/).check();
    await page.getByLabel('Người báo đồng ý').check();
    await page.getByLabel('Lời gửi cơ quan kia').fill('Nhờ cùng xác minh trong hôm nay.');
    await look(page, 'console-31-refer');
    await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await page.getByText('Đã gửi đề nghị.').waitFor();
    await look(page, 'console-32-offered');
  }, 60_000);

  it('the other agency sees the offer come by itself, the least of it, and the case once it accepted', async () => {
    const { page } = bao;
    await page.getByRole('heading', { name: /Cơ quan khác đề nghị/ }).waitFor();
    await look(page, 'console-33-queue-offer');
    await page.getByRole('link', { name: 'Trẻ bị đánh, bị làm đau' }).first().click();
    await page.getByText('Nhờ cùng xác minh trong hôm nay.').waitFor();
    await page.getByText('Không nhận').first().click();
    await look(page, 'console-34-offer');
    await page.getByRole('button', { name: 'Nhận phối hợp' }).click();
    await page.getByText('Cơ quan mình phối hợp việc này.').waitFor();
    await look(page, 'console-35-cooperating');
    // The lead's open page learns of it by itself.
    await lan.page.getByText('Đã nhận').waitFor({ timeout: 10_000 });
    await page.getByRole('link', { name: 'Về hàng chờ' }).click();
    await page.getByRole('heading', { name: 'Việc cơ quan mình phối hợp' }).waitFor();
    await look(page, 'console-36-queue-shared');
  }, 60_000);

  it('the lead reads who looked', async () => {
    const { page } = lan;
    await page.getByRole('link', { name: 'Ai đã xem' }).click();
    await page.getByRole('cell', { name: /Phạm Quốc Bảo/ }).waitFor();
    await look(page, 'console-37-looks');
    expect([...lan.complaints, ...bao.complaints]).toEqual([]);
  }, 60_000);
});
