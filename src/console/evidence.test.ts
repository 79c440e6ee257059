import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { binh, CALM_ID, hoa, tam } from './testing/people.js';
import { LETTER_ID, PHOTO_ID, SHUT_ID, VOICE_ID } from './testing/test-files.js';

let running: RunningConsole;
let hoaBrowser: TestBrowser;
let tamBrowser: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  hoaBrowser = await new TestBrowser(running.url).signIn(hoa);
  tamBrowser = await new TestBrowser(running.url).signIn(tam);
});
afterEach(() => running.stop());

const CASE = `/console/cases/${CALM_ID}`;
const fileOf = (id: string) => `${CASE}/evidence/${id}`;
const WORDS = 'xem vết thương để đánh giá';
/** These headers of an answer. */
const headersOf = ({ headers }: Response, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, headers.get(name)]));
const ask = (browser: TestBrowser, id: string, path = 'open', text = WORDS) =>
  browser.post(`${fileOf(id)}/${path}`, { reason: 'assess', text });

test('the case page lists each file with its facts; nothing it shows is there but a blurred picture', async () => {
  const { html } = await hoaBrowser.get(CASE);
  expect(html).toContain('Ảnh JPEG · 2,3 MB');
  expect(html).toContain('Bản gốc có kèm: nơi chụp hoặc nơi ghi; máy, thời gian hoặc phần mềm.');
  expect(html).toContain('Tệp có kèm: lệnh tự chạy hoặc tệp kèm bên trong.');
  expect(html).toContain(PHOTO_ID.replaceAll('-', '').repeat(2));
  expect(html.match(/<img [^>]*>/g)).toEqual([expect.stringContaining(`${fileOf(PHOTO_ID)}/preview`)]);
  const preview = await hoaBrowser.get(`${fileOf(PHOTO_ID)}/preview`);
  expect(preview.html).toBe('preview of photo');
});

test('a picture is opened with a reason, for ten minutes; no other page of it is kept by the browser', async () => {
  expect((await hoaBrowser.get(`${fileOf(PHOTO_ID)}/copy`)).response.status).toBe(428);
  expect((await hoaBrowser.get(fileOf(PHOTO_ID))).html).not.toContain(`${fileOf(PHOTO_ID)}/copy`);
  const { response } = await ask(hoaBrowser, PHOTO_ID, 'open', '');
  expect(response.headers.get('location')).toBe(fileOf(PHOTO_ID));
  expect((await hoaBrowser.get(fileOf(PHOTO_ID))).html).toContain(`${fileOf(PHOTO_ID)}/copy`);
  const copy = await hoaBrowser.get(`${fileOf(PHOTO_ID)}/copy`);
  expect(copy.html).toBe('copy of photo');
  const named = [
    'content-type',
    'content-disposition',
    'content-security-policy',
    'cache-control',
    'x-content-type-options',
    'cross-origin-resource-policy',
  ];
  expect(headersOf(copy.response, ...named)).toEqual({
    'content-type': 'image/jpeg',
    'content-disposition': 'inline',
    'content-security-policy': expect.stringMatching(/^default-src 'none'; sandbox;/),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  running.clock.now += 10 * 60_000;
  expect((await hoaBrowser.get(`${fileOf(PHOTO_ID)}/copy`)).response.status).toBe(428);
});

test.each([
  ['without a reason', 'open', PHOTO_ID, '', WORDS, 'chọn một lý do'],
  ['for another reason that is not told', 'open', PHOTO_ID, 'other', 'vì', 'ít nhất 10 ký tự'],
  ['for the original without words', 'original', PHOTO_ID, 'assess', '', 'ít nhất 10 ký tự'],
  ['out of quarantine without words', 'open', SHUT_ID, 'assess', ' ', 'ít nhất 10 ký tự'],
  ['with too many words', 'open', PHOTO_ID, 'assess', 'a'.repeat(501), 'dài quá 500'],
])('nothing is opened %s; what was written stays', async (_what, path, id, reason, text, says) => {
  const { response, html } = await tamBrowser.post(`${fileOf(id)}/${path}`, { reason, text });
  expect(response.status).toBe(422);
  expect(html).toContain(says);
  if (text.trim() !== '') expect(html).toContain(`${text}</textarea>`);
  expect((await tamBrowser.get(`${fileOf(id)}/copy`)).response.status).toBe(428);
});

test('a sound is played on its page, in the pieces that browsers ask for; other pages play nothing', async () => {
  await ask(hoaBrowser, VOICE_ID);
  const page = await hoaBrowser.get(fileOf(VOICE_ID));
  expect(page.html).toContain('<audio');
  expect(page.response.headers.get('content-security-policy')).toContain("media-src 'self'");
  const other = await hoaBrowser.get(fileOf(PHOTO_ID));
  expect(other.response.headers.get('content-security-policy')).not.toContain('media-src');
  const piece = await hoaBrowser.get(`${fileOf(VOICE_ID)}/copy`, { Range: 'bytes=5-7' });
  expect(piece.response.status).toBe(206);
  expect(piece.response.headers.get('content-range')).toBe('bytes 5-7/13');
  expect(piece.response.headers.get('content-type')).toBe('audio/ogg');
  expect(piece.html).toBe('of ');
  const beyond = await hoaBrowser.get(`${fileOf(VOICE_ID)}/copy`, { Range: 'bytes=50-70' });
  expect(beyond.response.status).toBe(416);
});

test('the original is saved by a lead alone, with a reason, under a name of ours', async () => {
  expect((await hoaBrowser.get(fileOf(LETTER_ID))).html).not.toContain('Tải bản gốc');
  expect((await ask(hoaBrowser, LETTER_ID, 'original')).response.status).toBe(403);
  const { response, html } = await ask(tamBrowser, LETTER_ID, 'original');
  expect(html).toBe('original of document');
  const named = ['content-type', 'content-disposition', 'content-security-policy'];
  expect(headersOf(response, ...named)).toEqual({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="26-0041-${LETTER_ID.slice(0, 8)}.pdf"`,
    'content-security-policy': expect.stringContaining('sandbox'),
  });
});

test('a file in quarantine shows its rules and no picture, and opens when a second person agrees in their own session', async () => {
  const page = await hoaBrowser.get(fileOf(SHUT_ID));
  expect(page.html).toContain('Không sao chép, không chụp lại màn hình');
  expect((await hoaBrowser.get(`${fileOf(SHUT_ID)}/preview`)).response.status).toBe(404);
  const asked = await ask(hoaBrowser, SHUT_ID);
  expect(asked.response.headers.get('location')).toBe(`${fileOf(SHUT_ID)}?notice=evidence_asked`);
  const waiting = await hoaBrowser.get(fileOf(SHUT_ID));
  expect(waiting.html).toContain(`hx-get="${fileOf(SHUT_ID)}/live"`);
  expect(waiting.html).not.toContain(`${fileOf(SHUT_ID)}/copy`);

  const seen = await tamBrowser.get(fileOf(SHUT_ID));
  expect(seen.html).toContain('Nguyễn Thị Hoa xin mở tệp này');
  expect(seen.html).toContain(WORDS);
  const look = /name="look" value="([^"]+)"/.exec(seen.html)?.[1] ?? '';
  const own = await hoaBrowser.post(`${fileOf(SHUT_ID)}/agree`, { look });
  expect(own.response.headers.get('location')).toBe(`${fileOf(SHUT_ID)}?notice=evidence_own`);
  expect((await hoaBrowser.get(`${fileOf(SHUT_ID)}/copy`)).response.status).toBe(428);
  const agreed = await tamBrowser.post(`${fileOf(SHUT_ID)}/agree`, { look });
  expect(agreed.response.headers.get('location')).toBe(`${fileOf(SHUT_ID)}?notice=evidence_agreed`);
  const again = await tamBrowser.post(`${fileOf(SHUT_ID)}/agree`, { look });
  expect(again.response.headers.get('location')).toBe(`${fileOf(SHUT_ID)}?notice=evidence_too_late`);
  expect((await hoaBrowser.get(`${fileOf(SHUT_ID)}/live`)).html).toContain('Đã có trả lời');
  expect((await hoaBrowser.get(`${fileOf(SHUT_ID)}/copy`)).html).toBe('copy of photo');
  expect((await tamBrowser.get(`${fileOf(SHUT_ID)}/copy`)).response.status).toBe(428);
});

test('anybody of the agency shuts a file away; letting it out is for a lead and a second person', async () => {
  await hoaBrowser.get(fileOf(PHOTO_ID));
  await hoaBrowser.post(`${fileOf(PHOTO_ID)}/quarantine`);
  expect((await hoaBrowser.get(`${fileOf(PHOTO_ID)}/preview`)).response.status).toBe(404);
  expect((await hoaBrowser.get(fileOf(PHOTO_ID))).html).not.toContain('Đề nghị đưa ra');
  expect((await tamBrowser.get(fileOf(PHOTO_ID))).html).toContain('Đề nghị đưa ra');
  expect((await ask(hoaBrowser, PHOTO_ID, 'release')).response.status).toBe(403);
  const { response } = await ask(tamBrowser, PHOTO_ID, 'release');
  expect(response.headers.get('location')).toBe(`${fileOf(PHOTO_ID)}?notice=evidence_asked`);
});

test('the sheet for the police tells what the file is and who opened it, and shows nothing', async () => {
  await ask(hoaBrowser, PHOTO_ID);
  const { html } = await tamBrowser.get(`${fileOf(PHOTO_ID)}/note`);
  for (const said of [
    PHOTO_ID,
    PHOTO_ID.replaceAll('-', '').repeat(2),
    '2411724 byte',
    '26-0041',
    'Ủy ban nhân dân phường Rạch Giá',
    'Nguyễn Thị Hoa mở.',
  ])
    expect(html).toContain(said);
  expect(html).not.toMatch(/<img|<audio|\/copy|\/preview/);
  expect(html).not.toContain('Em hàng xóm');
});

test('người xử lý của xã khác: no file exists for them, whatever they try', async () => {
  await ask(hoaBrowser, PHOTO_ID);
  const browser = await new TestBrowser(running.url).signIn(binh);
  const answers = [
    await browser.get(fileOf(PHOTO_ID)),
    await browser.get(`${fileOf(PHOTO_ID)}/live`),
    await browser.get(`${fileOf(PHOTO_ID)}/preview`),
    await browser.get(`${fileOf(PHOTO_ID)}/copy`),
    await browser.get(`${fileOf(PHOTO_ID)}/note`),
    await ask(browser, PHOTO_ID),
    await browser.post(`${fileOf(PHOTO_ID)}/quarantine`),
    await browser.post(`${fileOf(PHOTO_ID)}/agree`, { look: PHOTO_ID }),
  ];
  expect(answers.map(({ response }) => response.status)).toEqual(Array(8).fill(404));
  for (const { html } of answers) expect(html).not.toContain(PHOTO_ID.replaceAll('-', ''));
});

test('somebody whose keys are not open is told what to do', async () => {
  running.evidence.locked.add(tam.id);
  const { response, html } = await ask(tamBrowser, PHOTO_ID, 'original');
  expect(response.status).toBe(423);
  expect(html).toContain('đăng xuất rồi đăng nhập lại');
});

test('the log tells nothing of a reason', async () => {
  await ask(hoaBrowser, SHUT_ID);
  expect(running.logged.join()).not.toContain('vết thương');
});
