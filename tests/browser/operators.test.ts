import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { createJobQueue } from '../../src/jobs/queue.js';
import { BACKENDS, type Backend } from '../support/backends.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { until } from '../support/until.js';
import {
  bringAxe,
  describeInBrowser,
  look,
  newPerson,
  OFFICE,
  openBrowser,
  type Person,
  tabTo,
} from './browser.js';
import { PASSPHRASE, signInToDemo } from './staff-pages.js';

const servers = BACKENDS.find(({ name }) => name === 'PostgreSQL and Redis');
/** With a server beside the service, the test can bring about what otherwise takes hours, or a fault. */
const describeHere = servers?.here ? describeInBrowser : describe.skip;

describeHere('the pages of operators, and of keys, by keyboard', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-demo-'));
  const hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push(body);
      response.writeHead(204).end();
    });
  });
  const heard: string[] = [];
  let backend: Backend;
  let browser: Browser;
  let service: RunningService;
  let tam: Person;
  let lan: Person;
  let database: pg.Client;
  const complaints: string[] = [];

  beforeAll(async () => {
    backend = (await servers?.make()) ?? { drop: async () => undefined };
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    [browser, service] = await Promise.all([
      openBrowser(),
      startProgram({
        dataDir,
        script: 'dist/commands/demo.js',
        env: {
          DATABASE_URL: backend.databaseUrl ?? '',
          REDIS_URL: backend.redisUrl ?? '',
          SERVICE_KEY: randomBytes(32).toString('base64'),
        },
      }),
    ]);
    database = new pg.Client({ connectionString: backend.databaseUrl ?? '' });
    await database.connect();
    tam = await signInToDemo(browser, service, 'tam.quantri');
    lan = await signInToDemo(browser, service, 'lan.rachgia');
  }, 120_000);
  afterAll(async () => {
    await database.end();
    await browser.close();
    await service.stop();
    hook.closeAllConnections();
    hook.close();
    await backend.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Presses a control that was reached by keyboard alone. */
  const press = async (page: Page, target: Parameters<typeof tabTo>[1]): Promise<void> => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  };
  const caseAt = async (agencyId: string, urgency: string): Promise<string> => {
    const { rows } = await database.query<{ id: string }>(
      `select id from lang_nghe.cases where agency_id = $1 and urgency = $2 and state = 'new' order by opened_at`,
      [agencyId, urgency],
    );
    return rows[0]?.id ?? '';
  };
  /** The service is asked to look at this case now. */
  const knock = async (caseId: string): Promise<void> => {
    const queue = createJobQueue({
      backend: { kind: 'redis', url: backend.redisUrl ?? '' },
      onFault: () => undefined,
      onDead: () => undefined,
    });
    await queue.add('clock', caseId, 1);
    await queue.close();
  };

  it('an urgent case that nobody hears of stands before the operator, who puts people and an address on call', async () => {
    const { page } = tam;
    await knock(await caseAt('ubnd-30742', 'urgent'));
    await until(async () => {
      await page.goto(`${service.url}/console/dead-jobs`);
      return (await page.getByText('không báo được cho ai trực').count()) > 0;
    });
    await look(page, 'console-40-unreached');

    await press(page, page.getByRole('link', { name: 'Trực' }));
    await page.getByRole('heading', { name: 'Người trực' }).waitFor();
    await look(page, 'console-40-on-call-empty');
    const card = page.locator('section', {
      has: page.getByRole('heading', { name: 'Ủy ban nhân dân phường Rạch Giá' }),
    });
    await card.getByText('Chưa báo được cho ai ở cơ quan này').waitFor();
    await tabTo(page, card.getByLabel('Thêm người của cơ quan'));
    await page.keyboard.press('N');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Đã thêm vào danh sách trực.').waitFor();
    await card.getByText('chưa nối điện thoại, chưa báo được').waitFor();

    await tabTo(page, card.getByLabel('Thêm địa chỉ nhận báo (webhook)'));
    await page.keyboard.type('http://mail.example.vn/ring');
    await page.setViewportSize({ width: 320, height: 700 });
    await page.keyboard.press('Enter');
    const refusal = card.getByText('Địa chỉ cần bắt đầu bằng https://');
    await refusal.waitFor();
    // In sight also on a phone, where the list of agencies is long.
    const { y = -1 } = (await refusal.boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(700);
    await page.setViewportSize({ width: 1280, height: 800 });
    const field = card.getByLabel('Thêm địa chỉ nhận báo (webhook)');
    expect(await field.inputValue()).toBe('http://mail.example.vn/ring');
    await look(page, 'console-40-on-call-refused');
    await tabTo(page, field);
    await page.keyboard.press('Control+a');
    const { port } = hook.address() as AddressInfo;
    await page.keyboard.type(`http://127.0.0.1:${port}/a-secret-of-its-own`);
    await page.keyboard.press('Enter');
    await card.getByText(`127.0.0.1:${port}`).waitFor();
    expect(await page.content()).not.toContain('a-secret-of-its-own');
    await look(page, 'console-40-on-call');

    await press(page, card.getByRole('button', { name: 'Bỏ Nguyễn Thị Lan khỏi danh sách trực' }));
    await page.getByText('Đã bỏ khỏi danh sách trực.').waitFor();
    expect(await card.getByRole('button', { name: /^Bỏ Nguyễn Thị Lan/ }).count()).toBe(0);
  }, 60_000);

  it('a job that failed for good is seen, and runs again when its cause is mended', async () => {
    const { page } = tam;
    // The call arrives, but that it did cannot be written down.
    await database.query(`
      create function lang_nghe.fail_on_purpose() returns trigger language plpgsql as $$ begin raise exception 'lời của ai đó'; end $$;
      create trigger fail_on_purpose before update on lang_nghe.rings for each row execute function lang_nghe.fail_on_purpose();
    `);
    const caseId = await caseAt('ubnd-30742', 'urgent');
    await database.query(`update lang_nghe.ring_rounds set next_at = now() where case_id = $1`, [caseId]);
    await knock(caseId);
    await until(() => heard.length > 0);
    const told: unknown = JSON.parse(heard[0] ?? '');
    expect(told).toEqual({
      case: expect.stringMatching(/^\d\d-\d{4}$/),
      link: expect.stringContaining(`/console/cases/${caseId}`),
      text: expect.stringMatching(/^Có một việc đang chờ anh\/chị\. Số \d\d-\d{4}\.$/),
    });
    await until(() => service.output().includes('a job does not run'), 15_000);

    await page.goto(`${service.url}/console/dead-jobs`);
    await page.getByRole('heading', { name: 'Báo cho người trực' }).waitFor();
    await page.getByText('Mã lỗi P0001').or(page.getByText('Mã lỗi sql_P0001')).waitFor();
    expect(await page.content()).not.toContain('lời của ai đó');
    await look(page, 'console-41-dead-job');

    await database.query(`drop function lang_nghe.fail_on_purpose() cascade`);
    const tries = heard.length;
    await press(page, page.getByRole('button', { name: /^Chạy lại việc / }));
    await page.getByText('Đã cho chạy lại.').waitFor();
    await until(() => heard.length > tries);
    await until(async () => {
      await page.reload();
      return (await page.getByText('Không có việc nào hỏng.').count()) > 0;
    });
    // This one was heard of; what else stands there are the cases of communes with nobody on call.
    expect(await page.content()).not.toContain(caseId);
  }, 60_000);

  it('a missed deadline stands before whoever leads the agency, and before the level above as a number', async () => {
    const { page } = lan;
    const caseId = await caseAt('ubnd-30742', 'normal');
    await database.query(
      `update lang_nghe.reports set received_at = received_at - interval '5 hours' where id = (select report_id from lang_nghe.cases where id = $1)`,
      [caseId],
    );
    await knock(caseId);
    // The open page learns of it by itself.
    const own = page.getByText(/^\d+ hạn của cơ quan đã quá mà chưa làm xong$/);
    await own.waitFor();
    await tabTo(page, own);
    await page.keyboard.press('Enter');
    const line = page.getByRole('link', { name: /^Việc \d\d-\d{4}: Nhận việc$/ });
    await line.waitFor();
    await look(page, 'console-42-missed');
    await press(page, line);
    await page.waitForURL(`**/console/cases/${caseId}`);

    const han = await signInToDemo(browser, service, 'han.soyte');
    const below = han.page.getByText(/^\d+ hạn của cấp dưới đã quá mà chưa làm xong$/);
    await tabTo(han.page, below);
    await han.page.keyboard.press('Enter');
    await han.page
      .getByText(/^Ủy ban nhân dân phường Rạch Giá, việc \d\d-\d{4}: Nhận việc/)
      .first()
      .waitFor();
    expect(await han.page.locator(`a[href*="${caseId}"]`).count()).toBe(0);
    await look(han.page, 'console-42-missed-below');
    complaints.push(...han.complaints);
    await han.context.close();
  }, 60_000);

  it('an administrator adds somebody, signs them out, locks and unlocks their account', async () => {
    const { page } = tam;
    await page.goto(`${service.url}/console/people`);
    await look(page, 'console-43-people');
    await press(page, page.getByRole('link', { name: 'Thêm người' }));
    await tabTo(page, page.getByLabel('Họ và tên'));
    await page.keyboard.type('Huỳnh Thị Mai');
    await page.keyboard.press('Tab');
    await page.keyboard.type('mai.rachgia');
    await tabTo(page, page.getByRole('radio').first());
    await page.keyboard.press('Space');
    await tabTo(page, page.getByLabel('Cơ quan', { exact: true }));
    await page.keyboard.type('rach gia');
    const agency = page.getByLabel(/^Ủy ban nhân dân phường Rạch Giá/);
    await agency.waitFor();
    await tabTo(page, page.getByRole('radio', { name: /./ }).and(page.locator('[name=agency]')).first());
    for (let presses = 0; presses < 10 && !(await agency.isChecked()); presses += 1)
      await page.keyboard.press(presses === 0 ? 'Space' : 'ArrowDown');
    expect(await agency.isChecked()).toBe(true);
    await look(page, 'console-43-invite');
    await press(page, page.getByRole('button', { name: 'Tạo liên kết' }));
    const link = await page.getByLabel('Liên kết', { exact: true }).inputValue();
    await look(page, 'console-43-link');

    const mai = await newPerson(browser, OFFICE);
    await bringAxe(mai.context);
    await mai.page.goto(link);
    await tabTo(mai.page, mai.page.getByLabel('Chọn cụm mật khẩu'));
    await mai.page.keyboard.type(PASSPHRASE);
    await mai.page.keyboard.press('Tab');
    await mai.page.keyboard.type(PASSPHRASE);
    await mai.page.keyboard.press('Enter');
    await mai.page.getByRole('button', { name: 'Đăng xuất', exact: true }).waitFor();
    await waitToBeLetIn(mai.page);

    await press(page, page.getByRole('link', { name: 'Người dùng' }));
    await press(page, page.getByRole('button', { name: 'Đăng xuất mọi nơi cho Huỳnh Thị Mai' }));
    await page.getByText('Đã đăng xuất mọi thiết bị của người này.').waitFor();
    await press(page, page.getByRole('button', { name: 'Khoá tài khoản của Huỳnh Thị Mai' }));
    await page.getByText('Đã khoá tài khoản.').waitFor();
    await look(page, 'console-43-people-locked');
    await press(page, page.getByRole('button', { name: 'Mở lại tài khoản của Huỳnh Thị Mai' }));
    await page.getByText('Đã mở lại tài khoản.').waitFor();
    await mai.context.close();
  }, 90_000);

  /** Who has no key yet reads whom to ask; a recovery key that is none is refused kindly. */
  const waitToBeLetIn = async (page: Page): Promise<void> => {
    await page.goto(`${service.url}/console/keys`);
    await page.getByRole('heading', { name: 'Anh/chị chưa được trao khoá' }).waitFor();
    await look(page, 'console-44-keys-not-held');
    await tabTo(page, page.getByLabel('Khoá khôi phục, chép từ bản in'));
    await page.keyboard.type('AGE-SECRET-KEY-PQ-1 KHONG PHAI');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Đây chưa phải là khoá khôi phục của nơi này').waitFor();
    await look(page, 'console-44-keys-wrong');
  };

  it('whoever holds the key lets them in, and changes the key', async () => {
    const { page } = lan;
    await press(page, page.getByRole('link', { name: 'Khoá', exact: true }));
    await page.getByRole('heading', { name: 'Đang chờ được trao khoá' }).waitFor();
    await look(page, 'console-45-keys-waiting');
    await press(page, page.getByRole('button', { name: 'Trao khoá cho Huỳnh Thị Mai' }));
    await page.getByText('Đã trao khoá.').waitFor();
    await page.getByText('Không có ai đang chờ.').waitFor();
    await press(page, page.getByRole('button', { name: 'Đổi khoá của cơ quan' }));
    await page.getByText('Cơ quan đã có khoá mới.').waitFor();
    await look(page, 'console-45-keys-changed');
    // It goes on in the background, and the page follows by itself.
    await until(async () => (await page.getByText('Đang chuyển sang khoá mới').count()) === 0, 15_000);
    await page.getByText('Anh/chị đang giữ khoá').waitFor();
    expect(await page.getByText('bị ngắt').count()).toBe(0);
  }, 60_000);

  it('a member gets the word that binds their telephone', async () => {
    const { page } = lan;
    await press(page, page.getByRole('link', { name: 'Điện thoại' }));
    await page.getByText('Chưa nối.').waitFor();
    await press(page, page.getByRole('button', { name: 'Nối điện thoại' }));
    expect(await page.getByLabel(/^Từ để nối/).inputValue()).toMatch(/^TRUC-/);
    await look(page, 'console-46-my-chat');
  });

  it('no page complained on the way', () => {
    // The browser itself notes an answer that is not a 200: the address and the key that were refused.
    const all = [...complaints, ...tam.complaints, ...lan.complaints];
    expect(all.filter((complaint) => !/status of 422/.test(complaint))).toEqual([]);
  });
});
