import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { CALM_ID, hoa, URGENT_ID } from './testing/people.js';

let running: RunningConsole;
let browser: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  browser = await new TestBrowser(running.url).signIn(hoa);
});
afterEach(() => running.stop());

const stateOf = (caseId: string) => running.desk.files.get(caseId)?.state;

test('every page forbids what is not ours, framing and storing', async () => {
  for (const path of [
    '/console/sign-in',
    '/console/queue',
    `/console/cases/${CALM_ID}`,
    '/console/nowhere',
  ]) {
    const { response, html } = await browser.get(path);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    expect(html).not.toMatch(/ style=| on[a-z]+=|<style|javascript:/);
    expect(html).not.toMatch(/(src|href|action)="https?:/);
  }
});

test('a form without the token of this session changes nothing', async () => {
  for (const token of ['', 'wrong']) {
    browser.formToken = token;
    const { response } = await browser.post(`/console/cases/${CALM_ID}/take`);
    expect(response.status).toBe(403);
  }
  const other = await new TestBrowser(running.url).signIn(hoa);
  browser.formToken = other.formToken;
  expect((await browser.post(`/console/cases/${CALM_ID}/take`)).response.status).toBe(403);
  expect(stateOf(CALM_ID)).toBe('new');
});

test.each([
  { Origin: 'https://elsewhere.example' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
])('a form sent from another site (%o) changes nothing, even with the right token', async (headers) => {
  const { response, html } = await browser.post(`/console/cases/${URGENT_ID}/take`, {}, headers);
  expect(response.status).toBe(403);
  expect(html).toContain('chưa có gì thay đổi');
  expect(stateOf(URGENT_ID)).toBe('new');
});

test('the token may come in the header that htmx sends', async () => {
  const token = browser.formToken;
  browser.formToken = '';
  const { response } = await browser.post(`/console/cases/${CALM_ID}/take`, {}, { 'X-CSRF-Token': token });
  expect(response.status).toBe(303);
});

test('a form that is too large is refused with a page', async () => {
  const { response, html } = await browser.post(`/console/cases/${CALM_ID}/reply`, {
    text: 'a'.repeat(100_000),
  });
  expect(response.status).toBe(413);
  expect(html).toContain('Nội dung quá dài');
});

test('broken addresses are pages too', async () => {
  expect((await browser.get('/console/cases/%E0%A4%A')).response.status).toBe(404);
});
