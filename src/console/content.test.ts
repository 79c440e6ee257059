import type { Answer } from '../understanding/answer.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { hoa, mai } from './testing/people.js';

const answer = (id: string, title: string, review_by: string): Answer => ({
  id,
  topic: 'hotline',
  title,
  questions: [],
  body: { teen: '' },
  citations: [],
  numbers: [],
  owner: 'Tổ nội dung',
  reviewed_on: '2026-05-01',
  review_by,
  related: { answers: [], flows: [] },
});

test('content staff land on the list: hidden answers with the reason, those due soon, questions by day with their count', async () => {
  const running = await startConsole({
    contentState: () => ({
      hidden: [
        {
          answer: answer('a', 'Câu quá hạn', '2026-11-01'),
          because: { kind: 'overdue', since: '2026-11-01' },
        },
        {
          answer: answer('b', 'Câu theo luật cũ', '2027-05-01'),
          because: { kind: 'not_in_force', document: '25/2004/QH11' },
        },
      ],
      dueSoon: [answer('c', 'Câu sắp đến hạn', '2026-12-03')],
    }),
    unknownQuestions: {
      list: async () => [
        { text: 'con … có được thi không <b>', day: '2026-11-24', times: 3 },
        { text: 'xin giấy gì', day: '2026-11-20', times: 1 },
      ],
    },
  });
  try {
    const browser = await new TestBrowser(running.url).signIn(mai);
    expect((await browser.get('/console')).response.headers.get('location')).toBe('/console/content');
    const { html } = await browser.get('/console/content');
    for (const text of [
      'Câu trả lời đang ẩn (2)',
      'Quá hạn rà soát từ ngày 01/11/2026.',
      'Viện dẫn văn bản 25/2004/QH11, hôm nay không có hiệu lực.',
      'Rà soát trước hết ngày 03/12/2026.',
      'Câu hỏi chưa có câu trả lời (2)',
      '24/11/2026',
      '3 lần hỏi',
      'con … có được thi không &lt;b>',
    ])
      expect(html).toContain(text);
    expect(html.indexOf('24/11/2026')).toBeLessThan(html.indexOf('20/11/2026'));
    const handler = await new TestBrowser(running.url).signIn(hoa);
    expect((await handler.get('/console/content')).response.status).toBe(403);
  } finally {
    await running.stop();
  }
});

test('empty lists say that there is nothing to do', async () => {
  const running = await startConsole();
  try {
    const browser = await new TestBrowser(running.url).signIn(mai);
    const { html } = await browser.get('/console/content');
    expect(html).toContain('Không có câu nào bị ẩn.');
    expect(html).toContain('Chưa có câu hỏi nào.');
  } finally {
    await running.stop();
  }
});
