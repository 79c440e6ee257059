import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { hoa, quan } from './testing/people.js';

let running: RunningConsole;
let administrator: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  administrator = await new TestBrowser(running.url).signIn(quan);
});
afterEach(() => running.stop());

const NEW_HANDLER = { name: 'Lý Thị Sen', sign_in_name: 'sen.ly', role: 'handler', agency: 'ubnd-30760' };
const GOOD = 'mưa chiều bến cũ';

async function inviteLink(fields: Record<string, string> = NEW_HANDLER): Promise<string> {
  const { html } = await administrator.post('/console/people/invite', fields);
  return new URL(/value="(http[^"]+\/console\/start\/[\w-]+)"/.exec(html)?.[1] ?? 'http://no-link/').pathname;
}

test('an invited handler opens the link, chooses a passphrase and stands before the queue of their agency', async () => {
  const link = await inviteLink();
  const sen = new TestBrowser(running.url);
  const page = await sen.get(link);
  expect(page.html).toContain('Lý Thị Sen');
  expect(page.html).toContain('Ủy ban nhân dân xã Hòn Đất');
  expect(page.response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page.response.headers.get('cache-control')).toBe('no-store');
  const done = await sen.post(link, { passphrase: GOOD, repeated: GOOD }, { Origin: 'null' });
  expect(done.response.headers.get('location')).toBe('/console');
  expect((await sen.get('/console')).response.headers.get('location')).toBe('/console/queue');
  expect((await sen.get('/console/queue')).html).toContain('Ủy ban nhân dân xã Hòn Đất');
});

test('a link works once and for three days, and the store never holds it', async () => {
  const link = await inviteLink();
  const sen = new TestBrowser(running.url);
  await sen.post(link, { passphrase: GOOD, repeated: GOOD });
  const again = await new TestBrowser(running.url).post(link, { passphrase: GOOD, repeated: GOOD });
  expect(again.response.status).toBe(410);
  expect(again.html).toContain('Liên kết này không còn dùng được');

  const late = await inviteLink({ ...NEW_HANDLER, sign_in_name: 'sen.hai' });
  running.clock.now += 73 * 3_600_000;
  expect((await new TestBrowser(running.url).get(late)).response.status).toBe(410);
});

test.each([
  ['ngắn quá', 'ngắn quá', 'ít nhất 12 ký tự'],
  ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa', 'lặp lại quá nhiều'],
  ['sen.ly.sen.ly', 'sen.ly.sen.ly', 'quá giống tên đăng nhập'],
  [GOOD, 'mưa chiều bến mới', 'chưa giống nhau'],
])(
  'the passphrase "%s" then "%s" is refused with what to do, and the link still works',
  async (one, two, says) => {
    const link = await inviteLink();
    const sen = new TestBrowser(running.url);
    const refused = await sen.post(link, { passphrase: one, repeated: two });
    expect(refused.response.status).toBe(422);
    expect(refused.html).toContain(says);
    expect(refused.html).not.toContain(`value="${one}"`);
    expect((await sen.post(link, { passphrase: GOOD, repeated: GOOD })).response.status).toBe(303);
  },
);

test.each([
  [{ ...NEW_HANDLER, name: ' ' }, 'họ và tên'],
  [{ ...NEW_HANDLER, sign_in_name: 'Sen Lý' }, 'chữ thường không dấu'],
  [{ ...NEW_HANDLER, role: 'emperor' }, 'chọn một vai trò'],
  [{ ...NEW_HANDLER, agency: 'ubnd-0' }, 'tìm và chọn cơ quan'],
  [{ ...NEW_HANDLER, sign_in_name: 'hoa' }, 'đã có người dùng'],
])('an invitation that cannot work says why and keeps what was filled in (%#)', async (fields, says) => {
  const { response, html } = await administrator.post('/console/people/invite', fields);
  expect(response.status).toBe(422);
  expect(html).toContain(says);
  expect(html).toContain(`value="${fields.sign_in_name.toLowerCase()}"`);
  expect(await running.staff.bySignInName('sen.ly')).toBeUndefined();
});

test('agencies are found by a part of their name without diacritics', async () => {
  const search = { step: 'search', agency_search: 'hon dat', name: 'Lý Thị Sen' };
  const { response, html } = await administrator.post('/console/people/invite', search);
  expect(response.status).toBe(200);
  expect(html).toContain('Ủy ban nhân dân xã Hòn Đất');
  expect(html).not.toContain('phường Rạch Giá');
  expect(html).toContain('value="Lý Thị Sen"');
});

test('a disabled handler is out at once and back in when enabled', async () => {
  const hoaBrowser = await new TestBrowser(running.url).signIn(hoa);
  await administrator.post(`/console/people/${hoa.id}/disable`);
  expect((await hoaBrowser.get('/console/queue')).response.status).toBe(303);
  expect((await administrator.get('/console/people?notice=disabled')).html).toContain('Đã khoá tài khoản');
  await administrator.post(`/console/people/${hoa.id}/enable`);
  await hoaBrowser.signIn(hoa);
  expect((await hoaBrowser.get('/console/queue')).response.status).toBe(200);
});

test('a handler who forgot the passphrase gets a fresh link; the open sessions end when it is used', async () => {
  const oldBrowser = await new TestBrowser(running.url).signIn(hoa);
  const { html } = await administrator.post(`/console/people/${hoa.id}/link`);
  const link = /\/console\/start\/[\w-]+/.exec(html)?.[0] ?? '';
  expect((await oldBrowser.get('/console/queue')).response.status).toBe(200);
  await new TestBrowser(running.url).post(link, { passphrase: GOOD, repeated: GOOD });
  expect((await oldBrowser.get('/console/queue')).response.status).toBe(303);
});

test('an administrator cannot disable themselves', async () => {
  expect((await administrator.post(`/console/people/${quan.id}/disable`)).response.status).toBe(403);
  expect((await administrator.get('/console/people')).response.status).toBe(200);
});
