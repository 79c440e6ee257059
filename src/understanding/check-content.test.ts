import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { checkContent } from './check-content.js';

const TODAY = '2026-11-24';
const HOTLINE = 'locales/vi/answers/hotline/tong-dai-111.yaml';
const DOCUMENTS = 'data/documents.yaml';
const QUESTIONS = 'locales/vi/words/topic-questions/hotline.txt';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'content-'));
  for (const part of ['locales/vi/answers', 'locales/vi/smalltalk.yaml', QUESTIONS, DOCUMENTS, 'flows'])
    cpSync(join(process.cwd(), part), join(root, part), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Changes fields of one YAML file and gives what is then wrong with it. */
function after(
  change: (content: Record<string, unknown>) => object,
  file = HOTLINE,
  today = TODAY,
): string[] {
  const path = join(root, file);
  writeFileSync(path, stringify(change(parse(readFileSync(path, 'utf8')))));
  return problemsOf(file, today);
}

function problemsOf(file: string, today = TODAY): string[] {
  return checkContent({ root, today })
    .filter((problem) => problem.file === file)
    .map(({ cause }) => cause);
}

test('the content of this project is in order', () => {
  expect(checkContent({ root: process.cwd(), today: TODAY })).toEqual([]);
});

test('questions sorted under an answer of another topic are reported', () => {
  const path = join(root, QUESTIONS);
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n== khai-sinh-cho-con\nsố nào trực đêm\n`);
  expect(problemsOf(QUESTIONS)).toEqual(['Questions stand under an answer that the topic does not have.']);
});

test('a file of questions that is called like no topic is reported', () => {
  cpSync(join(root, QUESTIONS), join(root, 'locales/vi/words/topic-questions/hotlines.txt'));
  expect(problemsOf('locales/vi/words/topic-questions')).toEqual([
    expect.stringContaining('hotlines.txt: there is no such topic'),
  ]);
});

test('a title too long for a button is reported with its cure', () => {
  after((answer) => ({ ...answer, title: 'Một '.repeat(11) }));
  expect(checkContent({ root, today: TODAY })).toContainEqual(
    expect.objectContaining({ file: HOTLINE, cure: 'Write a title of at most 40 letters.' }),
  );
});

test('a body of more than 120 words is reported with its voice', () => {
  expect(after((answer) => ({ ...answer, body: { teen: 'lời '.repeat(121) } }))).toEqual([
    'The teen body has 121 words.',
  ]);
});

test('an answer is reported from the day after its review was due', () => {
  const due = (answer: Record<string, unknown>) => ({ ...answer, review_by: '2027-01-31' });
  expect(after(due, HOTLINE, '2027-01-31')).toEqual([]);
  expect(after(due, HOTLINE, '2027-02-01')).toEqual(['Review was due by 2027-01-31.']);
});

test.each([
  ['unknown', { document: '1/1999/QH10', article: 1 }, /not in data\/documents\.yaml/],
  [
    'no longer in force',
    { document: '24/2018/QH14', article: 29, secondary: true },
    /not in force on 2026-11-24/,
  ],
  ['unread in this article', { document: '102/2016/QH13', article: 9 }, /article 9 .* nobody has read/],
  ['known from elsewhere only', { document: '335/2026/NĐ-CP', article: 4 }, /nobody has read the wording/],
  ['secondary, unsaid', { document: '335/2026/NĐ-CP', article: 4, secondary: true }, /without saying so/],
])('a citation of a document that is %s is reported', (_, citation, cause) => {
  const causes = after((answer) => ({ ...answer, citations: [citation] }));
  expect(causes).toContainEqual(expect.stringMatching(cause));
});

test('an answer whose law ends before its review is reported', () => {
  const causes = after((answer) => ({ ...answer, citations: [{ document: '60/2014/QH13', article: 13 }] }));
  expect(causes).toEqual(['Rests on 60/2014/QH13, which ends on 2027-02-28, before the review.']);
});

test('a replaced document named in the text only is reported too', () => {
  const causes = after((answer) => ({ ...answer, body: { teen: 'Theo Nghị định 144/2021/NĐ-CP thì có.' } }));
  expect(causes).toEqual(['Rests on 144/2021/NĐ-CP, which is not in force on 2026-11-24.']);
});

test('a telephone number in a text is reported', () => {
  const causes = after((answer) => ({ ...answer, body: { teen: 'Gọi 0901 234 567 nhé.' } }));
  expect(causes).toEqual(['A text holds a telephone number.']);
});

test('related answers and flows that do not exist are reported', () => {
  const causes = after((answer) => ({ ...answer, related: { answers: ['khong-co'], flows: ['nowhere'] } }));
  expect(causes).toEqual([
    'Related answer "khong-co" does not exist or is itself.',
    'Related flow "nowhere" does not exist.',
  ]);
});

test('the same question under two answers is reported, whatever its capitals and punctuation', () => {
  const questions = (answer: Record<string, unknown>) => [...(answer.questions as string[])];
  const causes = after((answer) => ({
    ...answer,
    questions: [...questions(answer), 'Khai sinh cho con không có CHA?'],
  }));
  expect(causes).toEqual([
    'The question "Khai sinh cho con không có CHA?" stands under "khai-sinh-cho-con" too.',
  ]);
});

test('a second file with the same id is reported', () => {
  const copy = 'locales/vi/answers/hotline/tong-dai-khac.yaml';
  cpSync(join(root, HOTLINE), join(root, copy));
  expect(problemsOf(copy)).toContain(`This id stands in ${HOTLINE} too.`);
});

test('a file that is not YAML is reported and the others are still checked', () => {
  writeFileSync(join(root, HOTLINE), 'id: [');
  const broken = 'locales/vi/answers/drugs/x.yaml';
  mkdirSync(dirname(join(root, broken)), { recursive: true });
  writeFileSync(join(root, broken), 'id: x\n');
  expect(problemsOf(HOTLINE)).toEqual([expect.stringMatching(/^Cannot be read\./)]);
  expect(problemsOf(broken).length).toBeGreaterThan(1);
});

test('a topic without any answer is reported', () => {
  rmSync(join(root, 'locales/vi/answers/begging'), { recursive: true });
  expect(problemsOf('locales/vi/answers')).toEqual(['No answer has this topic.']);
});
