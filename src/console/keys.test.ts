import { createHash } from 'node:crypto';
import { unlockIdentity } from './session-keys.js';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { IDENTITY } from './testing/fake-keys.js';
import { binh, CALM_ID, hoa, PASSPHRASE, quan, tam } from './testing/people.js';

let running: RunningConsole;
let browser: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  browser = await new TestBrowser(running.url).signIn(hoa);
});
afterEach(() => running.stop());

const NEXT = 'gió lùa qua vườn cam';
const sealed = () => running.staff.sessions.map(({ sealedKeys }) => sealedKeys);

test('the identity lies in the session’s row, and only the cookie opens it', () => {
  const [session] = running.staff.sessions;
  const token = browser.cookie.split('=')[1] ?? '';
  expect(session?.tokenHash).toEqual(createHash('sha256').update(token).digest());
  expect(Buffer.from(session?.sealedKeys ?? []).includes('AGE-SECRET')).toBe(false);
  expect(unlockIdentity(token, hoa.id, session?.sealedKeys)).toBe(IDENTITY);
  expect(unlockIdentity(session?.tokenHash.toString('base64url') ?? '', hoa.id, session?.sealedKeys)).toBe(
    undefined,
  );
  expect(unlockIdentity(token, tam.id, session?.sealedKeys)).toBe(undefined);
});

test('keys are tended when somebody who works with cases comes in, and not for an administrator', async () => {
  await new TestBrowser(running.url).signIn(quan);
  expect(running.keyring.asked).toEqual([`arrive ${hoa.id} with identity`]);
  expect(sealed()).toHaveLength(2);
});

test('a fault in tending the keys keeps nobody from their work', async () => {
  running.keyring.arrive = () => Promise.reject(new Error('secret words'));
  const other = await new TestBrowser(running.url).signIn(tam);
  expect((await other.get('/console/queue')).response.status).toBe(200);
  expect(running.logged.join()).toContain('keys_not_tended');
  expect(running.logged.join()).not.toContain('secret words');
});

test('a sealed case is a page that says for whom it is sealed, with the words that were being sent', async () => {
  running.desk.sealAway(CALM_ID);
  const { response, html } = await browser.get(`/console/cases/${CALM_ID}`);
  expect(response.status).toBe(403);
  expect(html).toContain('đang được niêm phong');
  expect(html).toContain('Ủy ban nhân dân phường Rạch Giá');
  expect(html).toContain('href="/console/keys"');
  const kept = await browser.post(`/console/cases/${CALM_ID}/reply`, { text: 'x'.repeat(4001) });
  expect(kept.html).toContain('x'.repeat(4001));
});

test('who holds the key sees by name who waits, and lets them in', async () => {
  const since = new Date(running.clock.now - 3_600_000);
  const waiting = { id: tam.id, name: tam.name, role: 'lead', agencyId: 'ubnd-30730', since };
  running.keyring.now = { ...running.keyring.now, waiting: [waiting] };
  const { html } = await browser.get('/console/keys');
  expect(html).toContain(`Trao khoá cho ${tam.name}`);
  expect(html).toContain('chờ từ 13:30 hôm nay');
  const done = await browser.post(`/console/keys/let-in/${tam.id}`);
  expect(done.response.headers.get('location')).toBe('/console/keys?notice=let_in');
  expect((await browser.post(`/console/keys/let-in/${binh.id}`)).response.status).toBe(404);
});

test('who waits reads whom to ask, and never a button to let themselves in', async () => {
  const helper = { name: tam.name, agencyId: 'ubnd-30730' };
  running.keyring.now = { ...running.keyring.now, held: false, helpers: [helper] };
  const asked = (await browser.get('/console/keys')).html;
  expect(asked).toContain(`${tam.name} · Ủy ban nhân dân phường Rạch Giá`);
  expect(asked).not.toContain('Trao khoá<');
  running.keyring.now = { ...running.keyring.now, helpers: [] };
  expect((await browser.get('/console/keys')).html).toContain('không còn ai giữ khoá');
});

test('reports that wait for the recovery key are said with their number; a wrong key is not kept on the page', async () => {
  running.keyring.now = { ...running.keyring.now, reportsWaiting: 7 };
  for (const page of ['/console/keys', '/console/queue'])
    expect((await browser.get(page)).html).toContain('7 tin báo đang chờ');
  const administrator = await new TestBrowser(running.url).signIn(quan);
  expect((await administrator.get('/console/people')).html).toContain('7 tin báo đang chờ');
  const wrong = await browser.post('/console/keys/recovery', { recovery_key: 'AGE-SECRET-KEY-PQ-1WRONG' });
  expect(wrong.response.status).toBe(422);
  expect(wrong.html).toContain('chưa phải là khoá khôi phục');
  expect(wrong.html).not.toContain('1WRONG');
  const right = await browser.post('/console/keys/recovery', { recovery_key: 'right' });
  expect(right.response.headers.get('location')).toBe('/console/keys?notice=recovered');
  expect(running.logged.join()).toContain('recovery_key_used');
});

test('the recovery key cannot be guessed at without end', async () => {
  let status = 0;
  for (let tries = 0; tries < 8 && status !== 429; tries += 1)
    status = (await browser.post('/console/keys/recovery', { recovery_key: `x${tries}` })).response.status;
  expect(status).toBe(429);
  expect(running.keyring.asked.filter((what) => what === 'recover').length).toBeLessThan(8);
});

test('the page shows how far a change of keys is, and renews itself until it is done', async () => {
  expect((await browser.post('/console/keys/change')).response.headers.get('location')).toContain(
    'key_changed',
  );
  running.keyring.now = { ...running.keyring.now, moving: { left: 41, working: true } };
  const { html } = await browser.get('/console/keys');
  expect(html).toContain('còn 41 phần');
  expect(html).toContain('hx-trigger="every 2s"');
  expect(html).not.toContain('Đổi khoá của cơ quan<');
  running.keyring.now = { ...running.keyring.now, moving: { left: 41, working: false } };
  expect((await browser.get('/console/keys/live')).html).toContain('tự làm tiếp');
});

test('a changed passphrase opens the same key; other browsers are signed out, this one is not', async () => {
  const other = await new TestBrowser(running.url).signIn(hoa);
  await browser.get('/console/passphrase');
  const form = { current: PASSPHRASE, passphrase: NEXT, repeated: NEXT };
  const done = await browser.post('/console/passphrase', form);
  expect(done.response.headers.get('location')).toBe('/console/passphrase?notice=passphrase_changed');
  expect((await browser.get('/console/queue')).response.status).toBe(200);
  expect((await other.get('/console/queue')).response.status).toBe(303);
  const again = new TestBrowser(running.url);
  await again.post('/console/sign-in', { sign_in_name: hoa.signInName, passphrase: PASSPHRASE });
  expect(again.cookie).toBe('');
  await again.signIn(hoa, NEXT);
  expect((await again.get('/console/queue')).response.status).toBe(200);
});

test.each([
  ['câu sai hoàn toàn', NEXT, NEXT, 'chưa đúng'],
  [PASSPHRASE, 'ngắn', 'ngắn', 'ít nhất 12 ký tự'],
  [PASSPHRASE, NEXT, `${NEXT}!`, 'chưa giống nhau'],
])('a passphrase is not changed with "%s", "%s", "%s"', async (current, passphrase, repeated, says) => {
  const { response, html } = await browser.post('/console/passphrase', { current, passphrase, repeated });
  expect(response.status).toBe(422);
  expect(html).toContain(says);
  await new TestBrowser(running.url).signIn(hoa);
  expect(running.staff.sessions).toHaveLength(2);
});
