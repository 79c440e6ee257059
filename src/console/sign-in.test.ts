import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { CALM_ID, hoa, PASSPHRASE, quan } from './testing/people.js';

let running: RunningConsole;
let browser: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  browser = new TestBrowser(running.url);
});
afterEach(() => running.stop());

const tryPassphrase = (signInName: string, passphrase: string) =>
  browser.post('/console/sign-in', { sign_in_name: signInName, passphrase });

test('a member signs in and comes to the page they wanted', async () => {
  const wanted = await browser.get(`/console/cases/${CALM_ID}`);
  const signIn = wanted.response.headers.get('location') ?? '';
  expect(signIn).toBe(`/console/sign-in?next=${encodeURIComponent(`/console/cases/${CALM_ID}`)}`);
  const page = await browser.get(signIn);
  expect(page.html).toContain(`name="next" value="/console/cases/${CALM_ID}"`);
  const next = `/console/cases/${CALM_ID}`;
  const done = await browser.post('/console/sign-in', {
    sign_in_name: ' HOA ',
    passphrase: PASSPHRASE,
    next,
  });
  expect(done.response.status).toBe(303);
  expect(done.response.headers.get('location')).toBe(next);
});

test('a passphrase typed with another Vietnamese keyboard form is the same passphrase', async () => {
  const done = await tryPassphrase('hoa', PASSPHRASE.normalize('NFD'));
  expect(done.response.status).toBe(303);
});

test.each(['https://elsewhere.example', '//elsewhere.example', '/console/../evil'])(
  'signing in never leads to %s',
  async (next) => {
    const done = await browser.post('/console/sign-in', {
      sign_in_name: 'hoa',
      passphrase: PASSPHRASE,
      next,
    });
    expect(done.response.headers.get('location')).toBe('/console');
  },
);

test('an unknown name, a wrong passphrase and a disabled member get the same answer after the same work', async () => {
  await running.staff.setDisabled(quan.id, true);
  const answers = [
    await tryPassphrase('nobody', PASSPHRASE),
    await tryPassphrase('hoa', 'sai rồi sai rồi'),
    await tryPassphrase('quan', PASSPHRASE),
  ];
  for (const { response, html } of answers) {
    expect(response.status).toBe(422);
    expect(html).toContain('chưa khớp');
    expect(html).not.toContain(PASSPHRASE);
  }
  expect(running.verified).toHaveLength(3);
  expect(browser.cookie).toBe('');
});

test('too many tries are told how long to wait, and even the right passphrase then waits', async () => {
  for (let tries = 0; tries < 6; tries += 1) await tryPassphrase('hoa', 'sai rồi sai rồi');
  const { response, html } = await tryPassphrase('hoa', PASSPHRASE);
  expect(response.status).toBe(429);
  expect(html).toMatch(/Sau \d+ phút anh\/chị thử lại được/);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(running.logged.join()).not.toContain('hoa');
});

test('a session locks after thirty idle minutes, and pages that renew themselves do not keep it awake', async () => {
  await browser.signIn(hoa);
  for (let minute = 0; minute < 30; minute += 10) {
    running.clock.now += 10 * 60_000;
    expect((await browser.get('/console/queue/live')).response.status).toBe(200);
  }
  running.clock.now += 60_000;
  // Not a redirect: the page covers itself and keeps what is half written.
  const live = await browser.get('/console/queue/live', { 'HX-Request': 'true' });
  expect(live.response.status).toBe(401);
  expect(live.html).toBe('');
});

test('somebody who types keeps the session awake, but not beyond twelve hours', async () => {
  await browser.signIn(hoa);
  for (let minutes = 0; minutes < 700; minutes += 20) {
    running.clock.now += 20 * 60_000;
    expect((await browser.post('/console/still-here')).response.status).toBe(200);
  }
  running.clock.now += 21 * 60_000;
  expect((await browser.post('/console/still-here')).response.status).toBe(401);
});

test('signing out ends the session on the server', async () => {
  await browser.signIn(hoa);
  const { cookie } = browser;
  const out = await browser.post('/console/sign-out');
  expect(out.response.headers.get('location')).toBe('/console/sign-in?notice=signed_out');
  browser.cookie = cookie;
  expect((await browser.get('/console/queue')).response.status).toBe(303);
  expect(running.staff.sessions).toHaveLength(0);
});

test('the cookie is out of reach for scripts and other sites; behind https it is bound to this host', async () => {
  const plain = await tryPassphrase('hoa', PASSPHRASE);
  expect(plain.response.headers.get('set-cookie')).toMatch(
    /^console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const secure = await startConsole({ secureCookies: true });
  const there = new TestBrowser(secure.url);
  const done = await there.post('/console/sign-in', { sign_in_name: 'hoa', passphrase: PASSPHRASE });
  expect(done.response.headers.get('set-cookie')).toMatch(
    /^__Host-console=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  await secure.stop();
});

test('the store sees only the hash of the session token', async () => {
  await browser.signIn(hoa);
  const token = browser.cookie.split('=')[1] ?? '';
  expect(JSON.stringify(running.staff.sessions)).not.toContain(token);
  expect(running.staff.sessions[0]?.tokenHash).toHaveLength(32);
});
