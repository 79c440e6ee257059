import { randomUUID } from 'node:crypto';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { binh, CALM_ID, hoa, tam, URGENT_ID } from './testing/people.js';

let running: RunningConsole;
let hoaBrowser: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  hoaBrowser = await new TestBrowser(running.url).signIn(hoa);
});
afterEach(() => running.stop());

const URGENT = `/console/cases/${URGENT_ID}`;
const messages = () => running.desk.files.get(URGENT_ID)?.messages ?? [];
const reply = (browser: TestBrowser, text: string, messageId: string = randomUUID()) =>
  browser.post(`${URGENT}/reply`, { text, message_id: messageId });

test('the queue shows the urgent case first, with place, kind and time left in Vietnamese', async () => {
  const { html } = await hoaBrowser.get('/console/queue');
  expect(html.indexOf('Trẻ bị đánh, bị làm đau')).toBeLessThan(html.indexOf('Trẻ bỏ học'));
  expect(html).toContain('Phường Rạch Giá');
  expect(html).toContain('Cần nhận trong 50 phút');
  expect(html).not.toContain('Con sợ về nhà');
});

test('taking the next case brings the most pressing one, until nothing waits', async () => {
  const locations = [];
  for (let time = 0; time < 3; time += 1) {
    const { response } = await hoaBrowser.post('/console/queue/next');
    expect(response.status).toBe(303);
    locations.push(response.headers.get('location'));
  }
  expect(locations).toEqual([
    `${URGENT}?notice=taken`,
    `/console/cases/${CALM_ID}?notice=taken`,
    '/console/queue?notice=nothing_waiting',
  ]);
});

test('the case page shows the words of the reporter as words, never as markup', async () => {
  const { html } = await hoaBrowser.get(URGENT);
  expect(html).toContain('Con sợ về nhà. &lt;script>alert(1)&lt;/script>');
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('gần chợ nhà lồng');
  expect(html).toContain('Người viết chọn “chưa an toàn”');
  expect(html).toContain('<dt>Xảy ra khi nào</dt><dd>tối qua</dd>');
});

test('người xử lý của xã khác: the case does not exist for them, whatever they try', async () => {
  const binhBrowser = await new TestBrowser(running.url).signIn(binh);
  const answers = [
    await binhBrowser.get(URGENT),
    await binhBrowser.get(`${URGENT}/live`),
    await binhBrowser.post(`${URGENT}/take`),
    await reply(binhBrowser, 'Chào con.'),
    await binhBrowser.get(`${URGENT}/close?outcome=child_safe`),
    await binhBrowser.post(`${URGENT}/close`, { outcome: 'child_safe' }),
  ];
  for (const { response, html } of answers) {
    expect(response.status).toBe(404);
    expect(html).not.toContain('Con sợ về nhà');
  }
  expect(running.desk.files.get(URGENT_ID)?.state).toBe('new');
});

test.each(['/console/cases/42', `/console/cases/${randomUUID()}`, '/console/nowhere'])(
  'an address that does not exist (%s) is a page with a way on',
  async (path) => {
    const { response, html } = await hoaBrowser.get(path);
    expect(response.status).toBe(404);
    expect(html).toContain('Về trang chính');
  },
);

test('of two who take a case one wins, the other is told who has it', async () => {
  const tamBrowser = await new TestBrowser(running.url).signIn(tam);
  await hoaBrowser.post(`${URGENT}/take`);
  const second = await tamBrowser.post(`${URGENT}/take`);
  const { html } = await tamBrowser.get(second.response.headers.get('location') ?? '');
  expect(html).toContain('Đã có người nhận việc này trước');
  expect(html).toContain('Nguyễn Thị Hoa. Anh/chị xem được');
  expect(html).not.toContain('Gửi trả lời');
});

test('an answer is kept once, however often it is sent, and the page says whose turn it is', async () => {
  await hoaBrowser.post(`${URGENT}/take`);
  expect((await hoaBrowser.get(URGENT)).html).toContain('Đến lượt anh/chị.');
  const messageId = randomUUID();
  await reply(hoaBrowser, 'Cô nghe con đây.\r\nCon đang ở đâu?', messageId);
  const { response } = await reply(hoaBrowser, 'Cô nghe con đây.\r\nCon đang ở đâu?', messageId);
  expect(response.status).toBe(303);
  expect(messages().map(({ text }) => text)).toEqual(['Cô nghe con đây.\nCon đang ở đâu?']);
  expect((await hoaBrowser.get(URGENT)).html).toContain('Người báo chưa xem tin mới nhất');
});

test.each([
  ['nothing', '   ', 'Chưa có nội dung để gửi'],
  ['too much', 'a'.repeat(4001), 'dài quá 4.000 ký tự'],
])('an answer with %s in it comes back with its text', async (_what, text, says) => {
  await hoaBrowser.post(`${URGENT}/take`);
  const { response, html } = await reply(hoaBrowser, text);
  expect(response.status).toBe(422);
  expect(html).toContain(says);
  expect(html).toContain(`${text}</textarea>`);
  expect(messages()).toHaveLength(0);
});

test('an answer to a case that a colleague holds, or after the session ended, is not lost', async () => {
  const tamBrowser = await new TestBrowser(running.url).signIn(tam);
  await tamBrowser.post(`${URGENT}/take`);
  const refused = await reply(hoaBrowser, 'Cô nghe con đây.');
  expect(refused.response.status).toBe(422);
  expect(refused.html).toContain('Trần Văn Tâm');
  expect(refused.html).toContain('Cô nghe con đây.</textarea>');
  running.clock.now += 31 * 60_000;
  const late = await reply(hoaBrowser, 'Cô nghe con đây.');
  expect(late.response.status).toBe(401);
  expect(late.html).toContain('Cô nghe con đây.</textarea>');
});

test('when the database is away the page says what to do, keeps the text, and the log tells nothing of it', async () => {
  await hoaBrowser.post(`${URGENT}/take`);
  running.desk.breakOnce();
  const { response, html } = await reply(hoaBrowser, 'Cô nghe con đây.');
  expect(response.status).toBe(500);
  expect(html).toContain('gọi 113 hoặc 111 ngay');
  expect(html).toContain('Cô nghe con đây.</textarea>');
  expect(running.logged.join()).not.toMatch(/nghe con|Hoa|database away/);
});

test('closing asks once more, warns of a reporter without an answer, and ends with the outcome', async () => {
  await hoaBrowser.post(`${URGENT}/take`);
  running.desk.reporterWrites(URGENT_ID, 'Con ở nhà ngoại rồi.', new Date(running.clock.now));
  const asked = await hoaBrowser.get(`${URGENT}/close?outcome=child_safe`);
  expect(asked.html).toContain('Đóng việc số 26-0042?');
  expect(asked.html).toContain('Anh/chị nên trả lời trước khi đóng');
  expect(running.desk.files.get(URGENT_ID)?.state).toBe('accepted');
  const done = await hoaBrowser.post(`${URGENT}/close`, { outcome: 'child_safe' });
  const { html } = await hoaBrowser.get(done.response.headers.get('location') ?? '');
  expect(html).toContain('Kết quả: Trẻ đã an toàn.');
  expect(html).not.toContain('Gửi trả lời');
  expect((await hoaBrowser.get('/console/queue?tab=closed')).html).toContain('26-0042');
});
