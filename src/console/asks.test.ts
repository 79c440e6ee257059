import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { binh, CALM_ID, dung, hoa, tam } from './testing/people.js';
import { SHUT_ID } from './testing/test-files.js';

let running: RunningConsole;
let below: TestBrowser;
let above: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  below = await new TestBrowser(running.url).signIn(hoa);
  above = await new TestBrowser(running.url).signIn(dung);
});
afterEach(() => running.stop());

const FILE = `/console/cases/${CALM_ID}/evidence/${SHUT_ID}`;
const WORDS = 'công an phường đề nghị xác nhận tệp';
const ask = async () => {
  await below.get(FILE);
  return below.post(`${FILE}/open`, { reason: 'authority', text: WORDS });
};
/** Where the agree button of the page leads. */
const agreeAt = (html: string): string => /action="(\/console\/asks\/[^"]+)"/.exec(html)?.[1] ?? '';
const SENTENCE = 'Phụ trách ở Sở Y tế tỉnh An Giang cũng đồng ý được';

test('the level above sees who asks, and why, and nothing of the file; agrees, and the one below opens', async () => {
  await ask();
  expect((await below.get(FILE)).html.split(SENTENCE)).toHaveLength(3);
  expect((await above.get('/console/queue')).html).toMatch(
    /href="\/console\/asks">1 đề nghị mở tệp cách ly của cấp dưới/,
  );
  const { html } = await above.get('/console/asks');
  for (const said of [
    'Nguyễn Thị Hoa xin mở tệp này',
    'Ủy ban nhân dân phường Rạch Giá',
    'Việc số 26-0041, tệp số 3',
    'Làm việc với công an',
    WORDS,
  ])
    expect(html).toContain(said);
  expect(html).not.toMatch(/<img|<audio|\/preview|\/copy|\/console\/cases\//);
  expect(html).not.toContain('Em hàng xóm');
  expect(html).not.toContain(SHUT_ID);

  const agreed = await above.post(agreeAt(html));
  expect(agreed.response.headers.get('location')).toBe('/console/asks?notice=evidence_agreed');
  const after = await above.get('/console/asks?notice=evidence_agreed');
  expect(after.html).toContain('Anh/chị đã đồng ý.');
  expect(after.html).toContain('Không có đề nghị nào đang chờ.');
  expect((await below.get(`${FILE}/copy`)).html).toBe('copy of photo');
  for (const page of [FILE, `${FILE}/note`])
    expect((await below.get(page)).html).toContain('(Ngô Tiến Dũng, Sở Y tế tỉnh An Giang, cùng đồng ý.)');
  // Whoever agreed has not come nearer to the file.
  for (const page of [FILE, `${FILE}/copy`, `${FILE}/preview`, `${FILE}/note`])
    expect((await above.get(page)).response.status).toBe(404);
});

test('whose keys do not open the case sees no word of the reason', async () => {
  await ask();
  running.evidence.locked.add(dung.id);
  const { html } = await above.get('/console/asks');
  expect(html).not.toContain(WORDS);
  expect(html).toContain('anh/chị không giữ khoá mở');
});

test('an agreement that comes too late says so', async () => {
  await ask();
  const address = agreeAt((await above.get('/console/asks')).html);
  running.clock.now += 15 * 60_000;
  const late = await above.post(address);
  expect(late.response.headers.get('location')).toBe('/console/asks?notice=evidence_too_late');
  expect((await above.get('/console/asks?notice=evidence_too_late')).html).toContain('đã hết hạn');
  expect((await below.get(`${FILE}/copy`)).response.status).toBe(428);
});

test('an excluded agency sees nothing, agrees to nothing, and is not named to the one who asks', async () => {
  await ask();
  const address = agreeAt((await above.get('/console/asks')).html);
  running.evidence.excluded.add('so-y-te');
  expect((await above.get('/console/asks')).html).not.toContain('26-0041');
  expect((await above.get('/console/queue')).html).not.toContain('đang chờ anh/chị');
  expect((await above.post(address)).response.status).toBe(404);
  expect((await below.get(FILE)).html).not.toContain('Sở Y tế');
  expect((await below.get(`${FILE}/copy`)).response.status).toBe(428);
});

test('only a lead of the level above: neither the asking commune, nor another one, nor a made-up id', async () => {
  await ask();
  const address = agreeAt((await above.get('/console/asks')).html);
  const lead = await new TestBrowser(running.url).signIn(tam);
  expect((await lead.get('/console/queue')).html).not.toContain('/console/asks');
  expect((await lead.get('/console/asks')).html).toContain('Không có đề nghị nào đang chờ.');
  expect((await lead.post(address)).response.status).toBe(404);
  const stranger = await new TestBrowser(running.url).signIn(binh);
  expect((await stranger.get('/console/asks')).response.status).toBe(403);
  expect((await stranger.post(address)).response.status).toBe(403);
  expect((await above.post('/console/asks/nothing/agree')).response.status).toBe(404);
  expect((await below.get(`${FILE}/copy`)).response.status).toBe(428);
});

test('the way to the page is there also while nothing waits; the log tells nothing of a reason', async () => {
  expect((await above.get('/console/queue')).html).toContain('href="/console/asks">Cấp dưới xin mở');
  await ask();
  await above.get('/console/asks');
  expect(running.logged.join()).not.toContain('công an phường');
});
