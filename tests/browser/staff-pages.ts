import type { Browser, Page } from 'playwright-core';
import { Authenticator } from '../../src/console/testing/authenticator.js';
import type { RunningService } from '../support/running-service.js';
import { until } from '../support/until.js';
import { bringAxe, newPerson, OFFICE, type Person } from './browser.js';

export const PASSPHRASE = 'mười hai con đò ngang';

/** The one-time link among the lines that the service prints when it starts. */
export async function firstLink(service: RunningService): Promise<string> {
  const link = (): string | undefined => /http\S+\/console\/start\/[\w-]+/.exec(service.output())?.[0];
  await until(() => link() !== undefined);
  return link() ?? '';
}

/** Opens a one-time link, chooses a passphrase and sets up the second step. Resolves with the app on their telephone. */
export async function choosePassphrase(
  page: Page,
  link: string,
  look: (name: string) => Promise<void> = async () => undefined,
): Promise<Authenticator> {
  await page.goto(link);
  await page.getByLabel('Chọn cụm mật khẩu').fill(PASSPHRASE);
  await page.getByLabel('Gõ lại lần nữa').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Lưu và vào làm việc' }).click();
  await page.getByText('Không quét được?').click();
  const app = new Authenticator(((await page.locator('#secret').textContent()) ?? '').replace(/\s/g, ''));
  await look('set-up');
  await page.getByLabel('Mã 6 số').fill(await app.code());
  await page.getByRole('button', { name: 'Bật mã xác nhận' }).click();
  await page.getByRole('heading', { name: 'Mười mã dự phòng' }).waitFor();
  await look('recovery-codes');
  await page.getByRole('link', { name: 'Tôi đã cất giữ' }).click();
  await page.getByRole('link', { name: 'Tài khoản' }).waitFor();
  return app;
}

/** Fills in the form for a new handler of Phường Rạch Giá; the agency is found by typing. Resolves with their link. */
export async function inviteHandler(page: Page, look: (name: string) => Promise<void>): Promise<string> {
  await page.getByRole('link', { name: 'Thêm người' }).click();
  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Lan');
  await page.getByLabel('Tên đăng nhập').fill('lan');
  await page.getByLabel(/^Người xử lý/).check();
  await page.getByLabel('Cơ quan', { exact: true }).pressSequentially('rach gia');
  await page.getByLabel(/Uỷ ban nhân dân phường Rạch Giá|Ủy ban nhân dân phường Rạch Giá/i).check();
  await look('invite');
  await page.getByRole('button', { name: 'Tạo liên kết' }).click();
  return page.getByLabel('Liên kết', { exact: true }).inputValue();
}

/** Somebody of the demo's invented staff with a browser of their own, signed in with what the start printed. */
export async function signInToDemo(browser: Browser, service: RunningService, name: string): Promise<Person> {
  const line = new RegExp(`${name.replace('.', '\\.')} · mật khẩu: ([\\d ]+)`);
  await until(() => line.test(service.output()), 20_000);
  const person = await newPerson(browser, OFFICE);
  await bringAxe(person.context);
  await person.page.goto(`${service.url}/console/sign-in`);
  await person.page.getByLabel('Tên đăng nhập').fill(name);
  await person.page.getByLabel('Cụm mật khẩu').fill(line.exec(service.output())?.[1]?.trim() ?? '');
  await person.page.keyboard.press('Enter');
  await person.page.getByRole('button', { name: 'Đăng xuất', exact: true }).waitFor();
  return person;
}
