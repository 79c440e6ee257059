import { Authenticator, secretOn } from './testing/authenticator.js';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { CALM_ID, hoa, PASSPHRASE, quan } from './testing/people.js';

const MINUTE = 60_000;
let running: RunningConsole;
let browser: TestBrowser;
beforeEach(async () => {
  running = await startConsole({ secondStep: 'required' });
  browser = new TestBrowser(running.url);
});
afterEach(() => running.stop());

const passphrase = (who: TestBrowser, member = hoa, next = '') =>
  who.post('/console/sign-in', { sign_in_name: member.signInName, passphrase: PASSPHRASE, next });
const give = (who: TestBrowser, code: string, next = '') => who.post('/console/second-step', { code, next });

/** Signs in for the first time and sets the second step up. */
async function setUp(who: TestBrowser, member = hoa): Promise<{ app: Authenticator; codes: string[] }> {
  await passphrase(who, member);
  const page = await who.get('/console/second-step/set-up');
  const app = new Authenticator(secretOn(page.html), () => running.clock.now);
  const done = await who.post('/console/second-step/set-up', { code: await app.code() });
  return { app, codes: codesOn(done.html) };
}

/** Passphrase and a browser of its own, half a minute later, so that the app shows a new code. */
async function halfSignedIn(): Promise<TestBrowser> {
  running.clock.now += MINUTE;
  const other = new TestBrowser(running.url);
  await passphrase(other);
  await other.get('/console/second-step');
  return other;
}

const codesOn = (html: string) => [...html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code ?? '');
const opensQueue = async (who: TestBrowser) => (await who.get('/console/queue')).response.status === 200;

test.each([hoa, quan])(
  '$role without a second step is led to setting it up, and only then further',
  async (who) => {
    const first = await passphrase(browser, who);
    expect(first.response.headers.get('location')).toBe('/console/second-step');
    expect((await browser.get('/console/second-step')).response.headers.get('location')).toBe(
      '/console/second-step/set-up',
    );
    const page = await browser.get('/console/second-step/set-up');
    expect(page.html).toContain('<svg class="qr"');
    expect(page.html).not.toContain('href="/console/account"');
    const secret = secretOn(page.html);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(secretOn((await browser.get('/console/second-step/set-up')).html)).toBe(secret);

    const wrong = await browser.post('/console/second-step/set-up', { code: '000000' });
    expect(wrong.response.status).toBe(422);
    expect((await browser.get('/console')).response.headers.get('location')).toBe('/console/second-step');

    const app = new Authenticator(secret, () => running.clock.now);
    const done = await browser.post('/console/second-step/set-up', { code: await app.code() });
    expect(new Set(codesOn(done.html)).size).toBe(10);
    expect((await browser.get('/console')).response.headers.get('location')).toBe(
      who === hoa ? '/console/queue' : '/console/people',
    );
    expect(running.logged.join()).not.toContain(secret);
  },
);

test('later the code opens, and leads to the page that was wanted', async () => {
  const { app } = await setUp(browser);
  const other = await halfSignedIn();
  const wanted = await other.get(`/console/cases/${CALM_ID}`);
  const location = wanted.response.headers.get('location') ?? '';
  expect(location).toBe(`/console/second-step?next=${encodeURIComponent(`/console/cases/${CALM_ID}`)}`);
  await other.get(location);
  const code = await app.code();
  const done = await give(other, `${code.slice(0, 3)} ${code.slice(3)}`, `/console/cases/${CALM_ID}`);
  expect(done.response.headers.get('location')).toBe(`/console/cases/${CALM_ID}`);
  expect(await opensQueue(other)).toBe(true);
});

test('a code works once, whoever tries it a second time', async () => {
  const { app } = await setUp(browser);
  const [one, two] = [await halfSignedIn(), await halfSignedIn()];
  const code = await app.code();
  expect((await give(one, code)).response.status).toBe(303);
  const again = await give(two, code);
  expect(again.response.status).toBe(422);
  expect(again.html).toContain('đã dùng rồi');
  expect(await opensQueue(two)).toBe(false);
});

test.each([
  [-30_000, 303, ''],
  [30_000, 303, ''],
  [-5 * MINUTE, 422, 'đã cũ khoảng 5 phút'],
  [90_000, 422, 'chưa khớp'],
])('a telephone whose clock is %i ms off gets %i', async (off, status, says) => {
  const { app } = await setUp(browser);
  running.clock.now += 20 * MINUTE;
  const other = await halfSignedIn();
  const { response, html } = await give(other, app.codeAt(running.clock.now + off));
  expect(response.status).toBe(status);
  expect(html).toContain(says);
  if (status === 422) expect(html).toMatch(/dịch vụ đang là \d\d:\d\d:\d\d/);
});

test('after five wrong codes even the right one waits, for this member from everywhere', async () => {
  const { app } = await setUp(browser);
  const guesser = await halfSignedIn();
  const right = app.codeAt(running.clock.now);
  for (let tries = 0; tries < 5; tries += 1)
    expect((await give(guesser, right === '123456' ? '654321' : '123456')).response.status).toBe(422);
  const { response, html } = await give(guesser, right);
  expect(response.status).toBe(429);
  expect(html).toContain('Sau 15 phút');
  expect(await opensQueue(browser)).toBe(true);
  // Their owner sees that somebody else knows the passphrase; so does whoever reads the log.
  expect((await browser.get('/console/account')).html).toContain('chưa có mã xác nhận');
  expect(running.logged.join()).toContain(`"second_step_refused","staffId":"${hoa.id}"`);
});

test('a recovery code works once, as it is read from paper, and the page says how many are left', async () => {
  const { codes } = await setUp(browser);
  const typed = (codes[0] ?? '').toUpperCase().replaceAll(' ', '-').replaceAll('0', 'O');
  const other = await halfSignedIn();
  const done = await give(other, typed);
  expect(done.response.headers.get('location')).toBe('/console/account?notice=code_used');
  expect((await other.get('/console/account')).html).toContain('Còn 9 mã dự phòng');
  const again = await give(await halfSignedIn(), typed);
  expect(again.response.status).toBe(422);
  expect(again.html).toContain('<details open');
  expect(again.html).toContain('hoặc đã dùng rồi');
});

test('new recovery codes need the passphrase and end the old ones', async () => {
  const { codes } = await setUp(browser);
  await browser.get('/console/account');
  const refused = await browser.post('/console/account/codes', { passphrase: 'sai rồi sai rồi' });
  expect(refused.response.status).toBe(422);
  expect(codesOn(refused.html)).toEqual([]);
  const fresh = codesOn((await browser.post('/console/account/codes', { passphrase: PASSPHRASE })).html);
  expect(fresh).toHaveLength(10);
  expect((await give(await halfSignedIn(), codes[0] ?? '')).response.status).toBe(422);
  expect((await give(await halfSignedIn(), fresh[0] ?? '')).response.status).toBe(303);
});

test('another telephone needs the passphrase; the old one works until the new one does', async () => {
  const { app } = await setUp(browser);
  const elsewhere = await halfSignedIn();
  await give(elsewhere, await app.code());
  await browser.get('/console/account');
  expect((await browser.post('/console/account/app', { passphrase: '' })).html).not.toContain(
    'class="secret"',
  );
  const page = await browser.post('/console/account/app', { passphrase: PASSPHRASE });
  const fresh = new Authenticator(secretOn(page.html), () => running.clock.now);
  const wrong = await browser.post('/console/account/app/confirm', { code: '000000' });
  expect(wrong.response.status).toBe(422);
  expect(wrong.html).not.toContain('class="secret"');
  expect((await give(await halfSignedIn(), await app.code())).response.status).toBe(303);

  const done = await browser.post('/console/account/app/confirm', { code: await fresh.code() });
  expect(done.response.headers.get('location')).toBe('/console/account?notice=app_changed');
  expect(await opensQueue(elsewhere)).toBe(false);
  expect((await give(await halfSignedIn(), await app.code())).response.status).toBe(422);
  expect((await give(await halfSignedIn(), await fresh.code())).response.status).toBe(303);
});

test('an ordinary fresh link keeps the second step; one that resets it leads to setting it up again', async () => {
  const { app } = await setUp(browser);
  const administrator = new TestBrowser(running.url);
  await setUp(administrator, quan);
  const useLink = async (kind: string): Promise<TestBrowser> => {
    await administrator.get('/console/people');
    const { html } = await administrator.post(`/console/people/${hoa.id}/${kind}`);
    const other = new TestBrowser(running.url);
    await other.post(/\/console\/start\/[\w-]+/.exec(html)?.[0] ?? '', {
      passphrase: 'mưa chiều bến cũ',
      repeated: 'mưa chiều bến cũ',
    });
    return other;
  };
  running.clock.now += MINUTE;
  const kept = await useLink('link');
  expect((await kept.get('/console/second-step')).response.status).toBe(200);
  expect((await give(kept, await app.code())).response.status).toBe(303);

  const reset = await useLink('reset-link');
  expect(await opensQueue(kept)).toBe(false);
  expect((await reset.get('/console/second-step')).response.headers.get('location')).toBe(
    '/console/second-step/set-up',
  );
  expect((await administrator.get('/console/people')).html).toContain('đặt lại lúc');
  expect(running.logged.join()).toContain(`"second_step_reset_link","staffId":"${hoa.id}","by":"${quan.id}"`);
});

test('the demo asks for no code and says so', async () => {
  await running.stop();
  running = await startConsole({ secondStep: 'off' });
  browser = new TestBrowser(running.url);
  expect((await browser.get('/console/sign-in')).html).toContain('không hỏi mã xác nhận');
  await passphrase(browser);
  expect(await opensQueue(browser)).toBe(true);
  expect((await browser.get('/console/account')).html).toContain('không hỏi mã xác nhận');
});

test('what is done with the second step is on record, with ids only', async () => {
  const { codes } = await setUp(browser);
  const other = await halfSignedIn();
  await give(other, 'aaaa bbbb cccc');
  await give(other, codes[0] ?? '');
  await other.get('/console/account');
  await other.post('/console/account/end-others');
  const acts = running.audit.acts.map(({ kind, staffId, subject }) => [kind, staffId, subject]);
  expect(acts).toEqual([
    ['second_step_set', hoa.id, undefined],
    ['signed_in', hoa.id, undefined],
    ['recovery_codes_made', hoa.id, undefined],
    ['second_step_refused', undefined, hoa.id],
    ['recovery_code_used', hoa.id, undefined],
    ['signed_in', hoa.id, undefined],
    ['sessions_ended', hoa.id, hoa.id],
  ]);
});
