import type { RelatedCase } from '../reports/case-relations.js';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { CALM_ID, hoa, lien, NOW, quan, tam, URGENT_ID } from './testing/people.js';

let running: RunningConsole;
let hoaBrowser: TestBrowser;
beforeEach(async () => {
  running = await startConsole();
  hoaBrowser = await new TestBrowser(running.url).signIn(hoa);
});
afterEach(() => running.stop());

const URGENT = `/console/cases/${URGENT_ID}`;
const other: RelatedCase = {
  id: CALM_ID,
  number: '26-0041',
  agencyId: 'ubnd-30730',
  category: 'neglect',
  placeCode: '30730',
  state: 'accepted',
  receivedAt: new Date(NOW - 3_600_000),
};
const elsewhere: RelatedCase = { ...other, number: '26-0040', agencyId: 'ubnd-30760', state: 'closed' };

test('the case page names who cooperates and who stands above', async () => {
  const { html } = await hoaBrowser.get(URGENT);
  expect(html).toContain('Ủy ban nhân dân xã Hòn Đất');
  expect(html).toContain('Sở Y tế tỉnh An Giang');
  expect(html).not.toContain('Có thể cùng một việc');
});

test('likely cases are suggested, and a person says whether they are the same', async () => {
  running.caseWork.around.set(URGENT_ID, { cooperating: [], linked: [elsewhere], likely: [other] });
  const { html } = await hoaBrowser.get(URGENT);
  expect(html).toContain('Có thể cùng một việc');
  expect(html).toContain(`<a href="/console/cases/${CALM_ID}">Việc số 26-0041</a> · Đã nhận`);
  // Of another agency: number and state, no way in.
  expect(html).toContain('<strong>Việc số 26-0040</strong> · Đã đóng');
  const linked = await hoaBrowser.post(`${URGENT}/same`, { other: CALM_ID, same: 'yes', back: 'case' });
  expect(linked.response.headers.get('location')).toBe(`${URGENT}?notice=linked`);
  await hoaBrowser.post(`${URGENT}/same`, { other: CALM_ID, same: 'no', back: 'case' });
  expect(running.caseWork.said.map(({ same }) => same)).toEqual([true, false]);
  expect((await hoaBrowser.post(`${URGENT}/same`, { other: CALM_ID, same: 'maybe' })).response.status).toBe(
    404,
  );
});

test('the level above sees pairs that lie with two agencies', async () => {
  running.caseWork.pairList.push([other, elsewhere]);
  const { html } = await hoaBrowser.get('/console/same');
  expect(html).toContain('26-0041 và 26-0040');
  expect(html).toContain('Ủy ban nhân dân xã Hòn Đất');
});

test('the hand-over sheet holds content only for who handles the case, and never who is writing', async () => {
  const lienBrowser = await new TestBrowser(running.url).signIn(lien);
  await hoaBrowser.post(`${URGENT}/take`);
  const file = running.desk.files.get(URGENT_ID);
  if (!file) throw new Error('no case');
  running.desk.files.set(URGENT_ID, {
    ...file,
    report: { ...file.report, details: { ...file.report.details, to_whom: 'Với chính em', age_band: '9' } },
  });
  const note = 'Cần người đến trong tối nay.';
  const make = (browser: TestBrowser, more: Record<string, string> = {}) =>
    browser.post(`${URGENT}/sheet`, { to: 'helpline', text: note, ...more });

  expect((await hoaBrowser.get(`${URGENT}/sheet`)).html).toContain('Kèm nguyên văn lời người báo');
  const mine = (await make(hoaBrowser)).html;
  for (const shown of [
    '26-0042',
    'Trẻ bị đánh, bị làm đau',
    'Phường Rạch Giá',
    note,
    'tối qua',
    'gần chợ nhà lồng',
    '102/2016/QH13',
  ])
    expect(mine).toContain(shown);
  // Their own words only when asked for; that they wrote of themselves, were not safe, are a child, can be reached: never.
  const withWords = (await make(hoaBrowser, { words: 'yes' })).html;
  expect(mine).not.toContain('Con sợ về nhà');
  expect(withWords).toContain('Con sợ về nhà');
  for (const html of [mine, withWords])
    expect(html).not.toMatch(/Với chính em|chưa an toàn|có vẻ là trẻ nhỏ|sẽ nhận một câu báo/);

  const hers = (await make(lienBrowser, { words: 'yes' })).html;
  expect(hers).toContain('Người đang giữ việc mới điền được phần này');
  expect(hers).not.toMatch(/Con sợ về nhà|tối qua|gần chợ nhà lồng/);
  expect(running.desk.files.get(URGENT_ID)?.events.filter(({ kind }) => kind === 'sheet_made')).toHaveLength(
    3,
  );
  expect((await hoaBrowser.get(URGENT)).html).toContain('Lê Thị Liên làm phiếu chuyển 111, công an');
});

test('a sheet without a receiver comes back with what was written, and is no event', async () => {
  const { response, html } = await hoaBrowser.post(`${URGENT}/sheet`, { text: 'Gọi chị Hoa.' });
  expect(response.status).toBe(422);
  expect(html).toContain('Gọi chị Hoa.</textarea>');
  expect(running.desk.files.get(URGENT_ID)?.events.some(({ kind }) => kind === 'sheet_made')).toBe(false);
});

test('a lead holds a case with a reason from the list and lifts it; a handler cannot', async () => {
  const tamBrowser = await new TestBrowser(running.url).signIn(tam);
  expect((await hoaBrowser.get(URGENT)).html).not.toContain('/hold');
  expect((await tamBrowser.get(URGENT)).html).toContain(`${URGENT}/hold`);
  expect((await tamBrowser.post(`${URGENT}/hold`, { act: 'set' })).response.status).toBe(422);
  await tamBrowser.post(`${URGENT}/hold`, { act: 'set', reason: 'court' });
  expect((await hoaBrowser.get(URGENT)).html).toContain('Lý do: Toà án đang xem xét.');
  expect((await tamBrowser.get(`${URGENT}/hold`)).html).toContain('Trần Văn Tâm đặt giữ lại');
  const lifted = await tamBrowser.post(`${URGENT}/hold`, { act: 'lift' });
  expect(lifted.response.headers.get('location')).toBe(`${URGENT}?notice=hold_lifted`);
});

test('an administrator gives a report that nobody may take to another agency, without seeing it', async () => {
  const reportId = '20000000-0000-4000-8000-000000000001';
  running.caseWork.undecidedReports.push({
    reportId,
    category: 'sexual_abuse',
    urgency: 'urgent',
    placeCode: '30730',
    receivedAt: new Date(NOW - 60_000),
    excluded: [
      { agencyId: 'ubnd-30730', why: 'works_there' },
      { agencyId: 'ubnd-30760', why: 'same_people' },
    ],
    candidates: ['so-y-te'],
  });
  const browser = await new TestBrowser(running.url).signIn(quan);
  expect((await browser.get('/console')).response.headers.get('location')).toBe('/console/undecided');
  const { html } = await browser.get('/console/undecided');
  expect(html).toContain('Không được nhận: Ủy ban nhân dân phường Rạch Giá và 1 nơi có chung người.');
  const give = (agency: string) => browser.post(`/console/undecided/${reportId}`, { agency });
  expect((await give('ubnd-30730')).response.headers.get('location')).toContain('cannot_decide');
  expect((await give('so-y-te')).response.headers.get('location')).toContain('notice=decided');
  expect(running.caseWork.given).toEqual([{ reportId, agencyId: 'so-y-te', staffId: quan.id }]);
});
