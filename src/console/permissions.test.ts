import { randomBytes } from 'node:crypto';
import type { Role, StaffMember } from '../staff/staff.js';
import { ROUTES } from './routes.js';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { CALM_ID, hoa, khoa, lien, mai, quan, tam } from './testing/people.js';
import { LETTER_ID } from './testing/test-files.js';
import { newToken } from './tokens.js';

const PERSON: Record<Role, StaffMember> = {
  handler: hoa,
  lead: tam,
  coordinator: lien,
  content: mai,
  oversight: khoa,
  administrator: quan,
};
const ALL = Object.keys(PERSON) as Role[];
const CASE_WORK: readonly Role[] = ['handler', 'lead', 'coordinator'];

/** Written out by hand: who gets in where. A new route fails here until somebody has thought about it. */
const MAY_ENTER: Readonly<Record<string, readonly Role[]>> = {
  'get /': ALL,
  'post /sign-out': ALL,
  'get /second-step': ALL,
  'post /second-step': ALL,
  'get /second-step/set-up': ALL,
  'post /second-step/set-up': ALL,
  'get /session': ALL,
  'post /still-here': ALL,
  'get /account': ALL,
  'post /account/sessions/:id/end': ALL,
  'post /account/end-others': ALL,
  'post /account/end-all': ALL,
  'post /account/codes': ALL,
  'post /account/app': ALL,
  'post /account/app/confirm': ALL,
  'get /queue': CASE_WORK,
  'get /queue/live': CASE_WORK,
  'post /queue/next': CASE_WORK,
  'get /events': CASE_WORK,
  'get /cases/:id': CASE_WORK,
  'get /cases/:id/live': CASE_WORK,
  'post /cases/:id/take': CASE_WORK,
  'post /cases/:id/reply': CASE_WORK,
  'get /cases/:id/close': CASE_WORK,
  'post /cases/:id/close': CASE_WORK,
  'get /cases/:id/sheet': CASE_WORK,
  'post /cases/:id/sheet': CASE_WORK,
  'get /cases/:id/hold': ['lead'],
  'post /cases/:id/hold': ['lead'],
  'get /same': CASE_WORK,
  'post /cases/:id/same': CASE_WORK,
  'get /undecided': ['administrator'],
  'post /undecided/:id': ['administrator'],
  'post /cases/:id/move': CASE_WORK,
  'post /cases/:id/hand-over': CASE_WORK,
  'post /cases/:id/give-back': CASE_WORK,
  'post /cases/:id/reopen': CASE_WORK,
  'post /cases/:id/note': CASE_WORK,
  'post /cases/:id/hand-back': CASE_WORK,
  'get /cases/:id/refer': CASE_WORK,
  'post /cases/:id/refer': CASE_WORK,
  'post /cases/:id/referrals/:referral/withdraw': CASE_WORK,
  'post /cases/:id/referrals/:referral/end': CASE_WORK,
  'get /offers/:id': CASE_WORK,
  'post /offers/:id/accept': CASE_WORK,
  'post /offers/:id/reject': CASE_WORK,
  'get /looks': ['lead'],
  'get /content': ['content'],
  'post /cases/:id/steps': CASE_WORK,
  'post /cases/:id/steps/back': CASE_WORK,
  'get /my-chat': CASE_WORK,
  'post /my-chat': CASE_WORK,
  'post /my-chat/unbind': CASE_WORK,
  'get /on-call': ['administrator'],
  'post /on-call/members': ['administrator'],
  'post /on-call/webhooks': ['administrator'],
  'post /on-call/remove': ['administrator'],
  'get /dead-jobs': ['administrator'],
  'post /dead-jobs': ['administrator'],
  'post /dead-jobs/all': ['administrator'],
  'get /people': ['lead', 'administrator'],
  'get /cases/:id/evidence/:file': CASE_WORK,
  'get /cases/:id/evidence/:file/live': CASE_WORK,
  'get /cases/:id/evidence/:file/preview': CASE_WORK,
  'get /cases/:id/evidence/:file/copy': CASE_WORK,
  'get /cases/:id/evidence/:file/note': CASE_WORK,
  'post /cases/:id/evidence/:file/open': CASE_WORK,
  'post /cases/:id/evidence/:file/agree': CASE_WORK,
  'post /cases/:id/evidence/:file/quarantine': CASE_WORK,
  'post /cases/:id/evidence/:file/original': ['lead'],
  'post /cases/:id/evidence/:file/release': ['lead'],
  'get /asks': ['lead'],
  'post /asks/:id/agree': ['lead'],
  'get /keys': CASE_WORK,
  'get /keys/live': CASE_WORK,
  'post /keys/let-in/:id': CASE_WORK,
  'post /keys/change': CASE_WORK,
  'post /keys/recovery': CASE_WORK,
  'get /passphrase': ALL,
  'post /passphrase': ALL,
  'get /people/invite': ['administrator'],
  'post /people/invite': ['administrator'],
  'post /people/:id/link': ['administrator'],
  'post /people/:id/reset-link': ['administrator'],
  'post /people/:id/sign-out': ['lead', 'administrator'],
  'post /people/:id/disable': ['administrator'],
  'post /people/:id/enable': ['administrator'],
};

const guardedRoutes = ROUTES.filter(({ needs }) => needs !== 'nobody').map(
  ({ method, path }) => `${method} ${path}`,
);
let running: RunningConsole;
beforeEach(async () => {
  running = await startConsole();
});
afterEach(() => running.stop());

async function visit(browser: TestBrowser, route: string): Promise<number> {
  const [method, path = ''] = route.split(' ');
  const address = `/console${path === '/' ? '' : path.replace(':id', CALM_ID).replace(':referral', CALM_ID).replace(':file', LETTER_ID)}`;
  if (path === '/events') {
    const stop = new AbortController();
    const headers = { Cookie: browser.cookie };
    const response = await fetch(running.url + address, { headers, signal: stop.signal, redirect: 'manual' });
    stop.abort();
    return response.status;
  }
  const { response } = method === 'post' ? await browser.post(address) : await browser.get(address);
  return response.status;
}

test('every address that needs somebody signed in has its line in the table of this test', () => {
  expect([...guardedRoutes].sort()).toEqual(Object.keys(MAY_ENTER).sort());
});

test.each(ALL)('a member with the role %s enters exactly the pages of that role', async (role) => {
  for (const route of guardedRoutes) {
    const browser = await new TestBrowser(running.url).signIn(PERSON[role]);
    if (browser.formToken === '') throw new Error('no form token');
    const status = await visit(browser, route);
    const allowed = MAY_ENTER[route]?.includes(role) === true;
    expect(`${route}: ${status === 403 ? 'refused' : 'entered'}`).toBe(
      `${route}: ${allowed ? 'entered' : 'refused'}`,
    );
  }
});

test('before the second step nothing opens but its own pages and the way out', async () => {
  await running.stop();
  running = await startConsole({ secondStep: 'required' });
  for (const route of ROUTES.filter(({ needs }) => needs !== 'nobody')) {
    const stage = 'secondStep' in route ? (route.secondStep ?? 'passed') : 'passed';
    const browser = await new TestBrowser(running.url).signIn(quan);
    const setUp = await browser.get('/console/second-step/set-up');
    expect(setUp.response.status).toBe(200);
    const [method, path = ''] = [route.method, route.path.replace(':id', CALM_ID)];
    const { response, html } =
      method === 'post' ? await browser.post(`/console${path}`) : await browser.get(`/console${path}`);
    const turnedAway =
      response.status === 401 || response.headers.get('location')?.startsWith('/console/second-step');
    const shown = html.includes('<main') ? 'a page' : 'nothing';
    if (stage === 'passed') expect(`${path} ${turnedAway} ${shown}`).toBe(`${path} true nothing`);
  }
  expect(running.desk.files.get(CALM_ID)?.state).toBe('new');
});

test('a stranger enters nothing: pages lead to the sign-in, forms change nothing', async () => {
  for (const route of guardedRoutes) {
    const status = await visit(new TestBrowser(running.url), route);
    expect(`${route} ${[303, 401].includes(status)}`).toBe(`${route} true`);
  }
  expect(running.desk.files.get(CALM_ID)?.state).toBe('new');
});

test('a handler whose account has no agency sees no case and learns what to do', async () => {
  const { agencyId: _none, ...lost } = {
    ...hoa,
    id: '00000000-0000-4000-8000-000000000009',
    signInName: 'lost',
  };
  const { token, tokenHash } = newToken(randomBytes);
  const expiresAt = new Date(running.clock.now + 1000);
  await running.staff.add(lost, { tokenHash, expiresAt }, new Date(running.clock.now));
  const browser = new TestBrowser(running.url);
  const passphrase = 'một hai ba bốn năm';
  await browser.post(`/console/start/${token}`, { passphrase, repeated: passphrase });
  expect((await browser.get('/console')).html).toContain('Tài khoản chưa gắn với cơ quan');
  expect((await browser.get('/console/queue')).response.status).toBe(403);
});
