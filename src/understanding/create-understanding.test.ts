import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createUnderstanding } from './create-understanding.js';

const DAY = '2026-11-24';

function answer(id: string, topic: string, questions: readonly string[], more: object = {}) {
  return {
    id,
    topic,
    title: questions[0]?.slice(0, 40),
    questions,
    body: { teen: `${questions[0]}: câu trả lời mẫu.` },
    citations: [{ document: '102/2016/QH13', article: 4 }],
    owner: 'noi-dung',
    reviewed_on: '2026-11-01',
    review_by: '2027-05-01',
    ...more,
  };
}

const ENROL = [
  'học phí lớp 1 bao nhiêu',
  'học phí trường công một năm mấy tiền',
  'học phí trường làng có rẻ không',
  'trường công có thu học phí không',
  'đóng tiền học ở đâu',
  'xin miễn học phí',
  'nhập học trái tuyến',
  'hồ sơ nhập học cần gì',
  'con chưa có hộ khẩu có được đi học',
  'nộp đơn vào lớp 6',
];
const VACCINE = [
  'lịch tiêm chủng cho bé',
  'tiêm vắc xin ở đâu',
  'tiêm trễ có sao không',
  'chích ngừa sởi mấy tháng',
  'quên mũi tiêm thì sao',
  'bé sốt sau tiêm',
  'tiêm ngừa có mất tiền không',
  'sổ tiêm chủng bị mất',
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'understanding-'));
  mkdirSync(join(root, 'locales/vi/answers/a'), { recursive: true });
  mkdirSync(join(root, 'data'));
  for (const part of ['words', 'danger']) {
    cpSync(join(process.cwd(), 'locales/vi', part), join(root, 'locales/vi', part), {
      recursive: true,
      // Of topics that have no answer here; reading them takes most of the time.
      filter: (file) => !file.endsWith('topic-questions'),
    });
  }
  const law = {
    number: '102/2016/QH13',
    name: 'Luật Trẻ em',
    effective_from: '2017-06-01',
    source: 'văn bản',
    confidence: 'VB',
  };
  write('data/documents.yaml', [law, { ...law, number: 'cũ', effective_to: '2025-01-01' }]);
  // Two answers against thousands of foreign questions would be no fair trial.
  write('locales/vi/words/other-subjects.yaml', { weather: ['mai trời có mưa không', 'bão số mấy rồi'] });
  write('locales/vi/answers/a/enrol.yaml', answer('enrol', 'tuition_enrolment', ENROL));
  write('locales/vi/answers/vaccine.yaml', answer('vaccine', 'vaccination', VACCINE));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: unknown): void {
  writeFileSync(join(root, path), typeof content === 'string' ? content : stringify(content));
}
/** The project as it is, built once. */
let project: ReturnType<typeof createUnderstanding> | undefined;
const ofProject = () => {
  project ??= createUnderstanding({ root: process.cwd(), today: DAY });
  return project;
};
const build = () => createUnderstanding({ root, today: DAY });

test('a question is answered by its topic, with marks, without, and in teen spelling', () => {
  const { findAnswers } = build();
  for (const text of [
    'học phí trường công bao nhiêu',
    'hoc phi truong cong bao nhieu',
    'hok phí trg công bnhiu z',
  ]) {
    const found = findAnswers(text);
    expect(found.outcome).toBe('answer');
    expect(found.answers[0]?.answer.id).toBe('enrol');
  }
});

test('another subject, emptiness and noise are unknown', () => {
  const { findAnswers } = build();
  for (const text of ['', '   ', '😀', 'qwrtp zxcvb']) {
    expect(findAnswers(text).outcome).toBe('unknown');
  }
});

test('words that say nothing by themselves are never answered from the knowledge base', () => {
  const { findAnswers } = ofProject();
  for (const text of [
    ...['không', 'có', 'hả', 'rồi', 'không ạ', 'thôi', 'dạ có', 'ko', 'khong', 'vâng ạ'],
    ...['em', 'mẹ', 'em gái', 'cô giáo'],
  ]) {
    expect(['unknown', 'smalltalk']).toContain(findAnswers(text).outcome);
  }
  expect(findAnswers('giá vàng bao nhiêu một chỉ').outcome).toBe('unknown');
});

test('the calibration in the project is fitted to the project’s own question forms', () => {
  const understanding = ofProject();
  const kept = parse(readFileSync('locales/vi/words/search-calibration.yaml', 'utf8'));
  const { calibration, figures } = understanding.calibrateAnew(1);
  // Content may have grown a little since; larger changes want `npm run calibrate -- --write`.
  expect(Math.abs(calibration.answer_from - kept.answer_from)).toBeLessThan(0.1);
  expect(Math.abs(calibration.ours_from - kept.ours_from)).toBeLessThan(0.15);
  expect(figures['of the right topic when said outright']).toBeGreaterThan(0.88);
  expect(figures['the answer that helps best when said outright']).toBeGreaterThan(0.74);
  expect(figures['foreign refused']).toBeGreaterThan(0.85);
});

test('another language is told, and not answered', () => {
  const { findAnswers, screenDanger } = build();
  expect(findAnswers('please help me, my father hits me')).toEqual({
    outcome: 'unknown',
    answers: [],
    language: 'en',
  });
  expect(findAnswers('ជួយខ្ញុំផង')).toMatchObject({ outcome: 'unknown', language: 'km' });
  expect(screenDanger('ជួយខ្ញុំផង')).toBeNull();
});

test('two questions in one message are both answered', () => {
  const { findAnswers } = build();
  const found = findAnswers('học phí lớp 1 bao nhiêu? còn lịch tiêm chủng cho bé thế nào');
  expect(found.answers.slice(0, 2).map(({ answer: { id } }) => id)).toEqual(['enrol', 'vaccine']);
  expect(found.second?.answer.id).toBe('vaccine');
});

test.each([
  ['a hundred kilobytes of one letter', 'a'.repeat(100_000)],
  ['emoji', '😭💔🔪'.repeat(2000)],
  ['control characters', '\u0000\u0007\u001b[31m\u202e\u2066'.repeat(1000)],
  ['right-to-left tricks', '\u202e\u2066gnohk\u2069\u202c'],
  ['SQL', "'; DROP TABLE answers; -- SELECT * FROM users WHERE 1=1"],
  ['HTML', '<script>alert(document.cookie)</script><img src=x onerror=alert(1)>'],
  ['one endless word', 'khong'.repeat(20_000)],
  ['many dots', '. '.repeat(50_000)],
])('%s raises no alarm and gives no answer', (_, text) => {
  const { findAnswers, screenDanger } = ofProject();
  expect(screenDanger(text)).toBeNull();
  expect(['unknown', 'suggest', 'smalltalk']).toContain(findAnswers(text).outcome);
});

test('a broken answer file is skipped and reported with file and cause', () => {
  write('locales/vi/answers/broken.yaml', 'id: [');
  write('locales/vi/answers/short.yaml', answer('short', 'vaccination', ['một câu']));
  write('locales/vi/answers/zz-twice.yaml', answer('vaccine', 'vaccination', VACCINE));
  const { answers, problems } = build();
  expect(answers.map(({ id }) => id)).toEqual(['enrol', 'vaccine']);
  expect(problems.map(({ file }) => file)).toEqual(['broken.yaml', 'short.yaml', 'zz-twice.yaml']);
  expect(problems[1]?.cause).toContain('questions');
});

test('an answer that is overdue or cites what is not in force is hidden', () => {
  write('locales/vi/answers/late.yaml', answer('late', 'vaccination', VACCINE, { review_by: '2026-11-23' }));
  write(
    'locales/vi/answers/old.yaml',
    answer('old', 'vaccination', VACCINE, { citations: [{ document: 'cũ', article: 1 }] }),
  );
  write(
    'locales/vi/answers/none.yaml',
    answer('none', 'vaccination', VACCINE, { citations: [{ document: 'x', article: 1 }] }),
  );
  const { hidden, answerById } = build();
  expect(hidden.map(({ answer: { id } }) => id)).toEqual(['late', 'none', 'old']);
  expect(answerById('late')).toBeUndefined();
});

test('small talk is told by its id and answered in a voice that exists', () => {
  write('locales/vi/smalltalk.yaml', [
    { id: 'thanks', questions: ['cảm ơn', 'cảm ơn nhiều'], reply: { teen: 'Không có gì.' } },
  ]);
  const { findAnswers, smalltalkReply } = build();
  expect(findAnswers('cảm ơn nhiều')).toMatchObject({ outcome: 'smalltalk', smalltalk: 'thanks' });
  expect(smalltalkReply('thanks', 'child')).toBe('Không có gì.');
});

test('in the middle of a talk a few words ask on, and only fitting small talk is small talk', () => {
  write('locales/vi/answers/enrol.yaml', answer('enrol', 'tuition_enrolment', ENROL));
  write('locales/vi/answers/vaccine.yaml', answer('vaccine', 'vaccination', VACCINE));
  const say = { teen: 'Mình là máy.' };
  write('locales/vi/smalltalk.yaml', [
    { id: 'thanks', fits: ['after_answer'], questions: ['cảm ơn nhiều nha'], reply: say },
    { id: 'age', questions: ['bạn mấy tuổi vậy'], reply: say },
  ]);
  const { findAnswers } = build();
  const before = { topic: 'vaccination' } as const;
  expect(findAnswers('cảm ơn nhiều', before)).toMatchObject({ outcome: 'smalltalk', smalltalk: 'thanks' });
  expect(findAnswers('bạn mấy tuổi vậy')).toMatchObject({ outcome: 'smalltalk', smalltalk: 'age' });
  const askedOn = findAnswers('mấy tuổi thì đủ điều kiện', before);
  expect(askedOn.outcome).toBe('suggest');
  expect(askedOn.answers[0]?.answer.id).toBe('vaccine');
  expect(findAnswers('bạn mấy tuổi vậy', { inDanger: true }).outcome).not.toBe('smalltalk');
});

test('a hundred kilobytes cost no more than the first 4,000 characters', () => {
  const { findAnswers, screenDanger } = build();
  const long = 'ba đánh em hoài '.repeat(7000);
  screenDanger(long);
  const start = performance.now();
  screenDanger(long);
  findAnswers(long);
  expect(performance.now() - start).toBeLessThan(150);
});
