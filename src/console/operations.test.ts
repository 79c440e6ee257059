import { randomUUID } from 'node:crypto';
import { JOB_NAMES } from '../jobs/job.js';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { fakeOperations } from './testing/fake-operations.js';
import { CALM_ID, hoa, NOW, quan, tam } from './testing/people.js';

let running: RunningConsole;
afterEach(() => running.stop());

test('an administrator sees what does not run by kind, id and code, and tries one or all of it again', async () => {
  const lines = ['dispatch', 'deliver', 'ring'].map((job) => ({
    job,
    id: randomUUID(),
    code: 'sql_23503',
    tries: 8,
    since: new Date(NOW - 3_600_000),
  }));
  const operations = fakeOperations([...lines]);
  running = await startConsole(operations);
  const admin = await new TestBrowser(running.url).signIn(quan);
  const { html } = await admin.get('/console/dead-jobs');
  for (const { id } of lines) expect(html).toContain(id);
  expect(html).toContain('Mã lỗi sql_23503, đã thử 8 lần');
  await admin.post('/console/dead-jobs', { job: 'deliver', id: lines[1]?.id ?? '' });
  expect(operations.dead.map(({ job }) => job)).toEqual(['dispatch', 'ring']);
  await admin.post('/console/dead-jobs/all');
  expect((await admin.get('/console/dead-jobs')).html).toContain('Không có việc nào hỏng.');
});

test('every kind of job has a name that people read', async () => {
  const since = new Date(NOW);
  running = await startConsole(
    fakeOperations(JOB_NAMES.map((job) => ({ job, id: randomUUID(), code: 'sql_23503', tries: 8, since }))),
  );
  const admin = await new TestBrowser(running.url).signIn(quan);
  const { html } = await admin.get('/console/dead-jobs');
  const headings = [...html.matchAll(/<h2>([^<]+)<\/h2>/g)].map(([, name]) => name);
  expect(headings).toHaveLength(JOB_NAMES.length);
  expect(headings.filter((name) => /^[a-z]+$/.test(name ?? ''))).toEqual([]);
});

test('an address for rings is taken only when it is https, and comes back to be corrected', async () => {
  const added: string[] = [];
  const { onCall } = fakeOperations();
  running = await startConsole({
    onCall: { ...onCall, addWebhook: async (agencyId, url) => void added.push(`${agencyId} ${url}`) },
  });
  const admin = await new TestBrowser(running.url).signIn(quan);
  await admin.get('/console/on-call');
  const refused = await admin.post('/console/on-call/webhooks', {
    agency: 'ubnd-30730',
    url: 'http://mail.example.vn/ring',
  });
  expect(refused.response.status).toBe(422);
  expect(refused.html).toContain('value="http://mail.example.vn/ring"');
  await admin.post('/console/on-call/webhooks', {
    agency: 'ubnd-30730',
    url: 'https://mail.example.vn/ring',
  });
  expect(added).toEqual(['ubnd-30730 https://mail.example.vn/ring']);
});

test('the word that binds a chat is shown once, and the store is given it with its end', async () => {
  const expected: { staffId: string; word: string; minutes: number }[] = [];
  const { onCall } = fakeOperations();
  running = await startConsole({
    onCall: {
      ...onCall,
      expectWord: async (staffId, word, expiresAt) =>
        void expected.push({ staffId, word, minutes: (expiresAt.getTime() - NOW) / 60_000 }),
    },
  });
  const browser = await new TestBrowser(running.url).signIn(hoa);
  await browser.get('/console/my-chat');
  const { html } = await browser.post('/console/my-chat');
  expect(expected).toEqual([{ staffId: hoa.id, word: expect.any(String), minutes: 15 }]);
  expect(html).toContain(expected[0]?.word ?? 'no word');
  expect((await browser.get('/console/my-chat')).html).not.toContain(expected[0]?.word);
});

test('deadlines stand on the case in plain words with their law; only who has the case may note steps', async () => {
  const { clocks } = fakeOperations();
  const dueAt = new Date(NOW + 2 * 3_600_000);
  const basis = {
    document: 'Nghị định 56/2017/NĐ-CP',
    article: 'Điều 28 khoản 1',
    confidence: 'VB' as const,
  };
  running = await startConsole({
    clocks: {
      ...clocks,
      ofCase: async () => ({
        clocks: [{ clock: 'plan', dueAt, atOnce: false, basis, provisional: [2026] }],
        steps: [],
        rings: [],
      }),
      missed: async () => ({
        own: [],
        below: [{ caseId: CALM_ID, number: '26-0009', agencyId: 'ubnd-30760', clock: 'plan', dueAt }],
      }),
    },
  });
  const browser = await new TestBrowser(running.url).signIn(hoa);
  const before = (await browser.get(`/console/cases/${CALM_ID}`)).html;
  expect(before).toContain('Lập kế hoạch hỗ trợ, can thiệp');
  expect(before).toContain('Theo Nghị định 56/2017/NĐ-CP, Điều 28 khoản 1');
  expect(before).toContain('Lịch nghỉ năm 2026 chưa được nhập');
  expect(before).not.toContain('Ghi đã làm');
  await browser.post(`/console/cases/${CALM_ID}/take`);
  expect((await browser.get(`/console/cases/${CALM_ID}`)).html).toContain('Ghi đã làm');
  expect((await browser.get('/console/queue')).html).not.toContain('26-0009');
  // The lead is told of the level below by number alone, without a way into the case.
  const lead = await new TestBrowser(running.url).signIn(tam);
  const queue = (await lead.get('/console/queue')).html;
  expect(queue).toContain('Ủy ban nhân dân xã Hòn Đất, việc 26-0009');
});
