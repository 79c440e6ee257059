import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { binh, hoa, PASSPHRASE, quan, tam } from './testing/people.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const MINUTE = 60_000;

let running: RunningConsole;
beforeEach(async () => {
  running = await startConsole();
});
afterEach(() => running.stop());

async function signedIn(userAgent: string, member = hoa): Promise<TestBrowser> {
  const browser = new TestBrowser(running.url);
  const fields = { sign_in_name: member.signInName, passphrase: PASSPHRASE };
  await browser.post('/console/sign-in', fields, { 'User-Agent': userAgent });
  await browser.get('/console/account');
  return browser;
}
const isIn = async (browser: TestBrowser) => (await browser.get('/console/account')).response.status === 200;

test('a member sees each device of theirs in words, this one marked, and nothing that tells where it is', async () => {
  const office = await signedIn(CHROME);
  running.clock.now += 5 * MINUTE;
  await signedIn(IPHONE);
  await signedIn(CHROME, tam);
  const { html } = await office.get('/console/account');
  expect(html).toContain('Chrome trên Windows');
  expect(html).toContain('Safari trên iPhone hoặc iPad');
  expect(html.match(/class="tag tag-active"/g)).toHaveLength(1);
  expect(html.match(/account\/sessions\//g)).toHaveLength(1);
  expect(html).toContain('14:30 hôm nay');
  expect(JSON.stringify(running.staff.sessions)).not.toMatch(/127\.0\.0\.1|537\.36|18_1/);
});

test('one device, all others, or every one can be signed out', async () => {
  const office = await signedIn(CHROME);
  const phone = await signedIn(IPHONE);
  const { html } = await office.get('/console/account');
  await office.post(/\/console\/account\/sessions\/[\w-]+\/end/.exec(html)?.[0] ?? '');
  expect([await isIn(office), await isIn(phone)]).toEqual([true, false]);

  const [third, colleague] = [await signedIn(IPHONE), await signedIn(CHROME, tam)];
  await office.post('/console/account/end-others');
  expect([await isIn(office), await isIn(third), await isIn(colleague)]).toEqual([true, false, true]);

  const fourth = await signedIn(IPHONE);
  const all = await office.post('/console/account/end-all');
  expect(all.response.headers.get('location')).toBe('/console/sign-in?notice=all_ended');
  expect([await isIn(office), await isIn(fourth), await isIn(colleague)]).toEqual([false, false, true]);
});

test('nobody ends the session of somebody else by its number', async () => {
  const [mine, theirs] = [await signedIn(CHROME), await signedIn(CHROME, tam)];
  const id = running.staff.sessions.find(({ staffId }) => staffId === tam.id)?.id;
  await mine.post(`/console/account/sessions/${id}/end`);
  expect(await isIn(theirs)).toBe(true);
});

test('a lead signs out a colleague of the same agency and sees nobody else; an administrator anybody', async () => {
  const [handler, stranger] = [await signedIn(CHROME), await signedIn(CHROME, binh)];
  const lead = await signedIn(CHROME, tam);
  const { html } = await lead.get('/console/people');
  expect(html).toContain(hoa.name);
  expect(html).not.toContain(binh.name);
  expect(html).not.toMatch(/people\/(invite|[\w-]+\/(link|disable|reset-link))/);
  expect((await lead.post(`/console/people/${binh.id}/sign-out`)).response.status).toBe(404);
  expect((await lead.post(`/console/people/${hoa.id}/sign-out`)).response.status).toBe(303);
  expect([await isIn(handler), await isIn(stranger)]).toEqual([false, true]);

  const administrator = await signedIn(CHROME, quan);
  await administrator.post(`/console/people/${binh.id}/sign-out`);
  expect(await isIn(stranger)).toBe(false);
});

test('an open page learns whose session it is and when it locks, without keeping it awake', async () => {
  const browser = await signedIn(CHROME);
  running.clock.now += 10 * MINUTE;
  const asked = await browser.get('/console/session');
  expect(JSON.parse(asked.html)).toEqual({
    member: hoa.id,
    formToken: browser.formToken,
    lockIn: 20 * 60,
    final: false,
  });
  const told = await browser.post('/console/still-here');
  expect(JSON.parse(told.html)).toMatchObject({ lockIn: 30 * 60 });
  running.clock.now += 30 * MINUTE + 1000;
  expect((await browser.get('/console/session')).response.status).toBe(401);
});

test('near the twelve hours a page learns that using it moves the end no further', async () => {
  const browser = await signedIn(CHROME);
  for (let hours = 0; hours < 11.5; hours += 0.25) {
    running.clock.now += 15 * MINUTE;
    await browser.post('/console/still-here');
  }
  running.clock.now += 10 * MINUTE;
  expect(JSON.parse((await browser.post('/console/still-here')).html)).toMatchObject({
    lockIn: 20 * 60,
    final: true,
  });
});

test('a locked page opens again with the passphrase, and its forms get the token of the new session', async () => {
  const browser = await signedIn(CHROME);
  running.clock.now += 31 * MINUTE;
  const wrong = await browser.post('/console/unlock', { sign_in_name: 'hoa', passphrase: 'sai rồi sai rồi' });
  expect(wrong.response.status).toBe(422);
  expect(JSON.parse(wrong.html)).toHaveProperty('fault');
  const open = await browser.post('/console/unlock', { sign_in_name: 'hoa', passphrase: PASSPHRASE });
  expect(open.response.status).toBe(204);
  const { formToken } = JSON.parse((await browser.get('/console/session')).html) as { formToken: string };
  browser.formToken = formToken;
  expect((await browser.post('/console/queue/next')).response.headers.get('location')).toContain('taken');
});

test('unlocking asks for the code too, and nobody unlocks from another site', async () => {
  await running.stop();
  running = await startConsole({ secondStep: 'required' });
  const browser = new TestBrowser(running.url);
  const fields = { sign_in_name: 'hoa', passphrase: PASSPHRASE };
  for (const code of ['', '123456']) {
    const refused = await browser.post('/console/unlock', { ...fields, code });
    expect(refused.response.status).toBe(422);
  }
  expect(browser.cookie).toBe('');
  const elsewhere = await browser.post('/console/unlock', fields, { Origin: 'https://elsewhere.example' });
  expect(elsewhere.response.status).toBe(403);
});
