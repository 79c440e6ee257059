import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { type Answer, answerSchema, TOPICS } from './answer.js';
import { checkAnswer, type Known } from './check-answer.js';
import { documentsSchema } from './documents.js';
import { type Smalltalk, smalltalkSchema } from './smalltalk.js';
import { readTopicQuestions, TOPIC_QUESTIONS, type TopicQuestion } from './topic-questions.js';
import { yamlFiles } from './yaml-files.js';

/** Something in the words for people that must not go live as it is. */
export interface ContentProblem {
  /** File, relative to the root. */
  readonly file: string;
  /** Id of the answer, the piece of small talk or the document; empty when the file could not be read. */
  readonly id: string;
  readonly cause: string;
  /** What to do about it, in plain words. */
  readonly cure: string;
}

const ANSWERS = 'locales/vi/answers';
const SMALLTALK = 'locales/vi/smalltalk.yaml';
const DOCUMENTS = 'data/documents.yaml';
const MAX_TITLE_LENGTH = 40;

interface Filed<T> {
  readonly file: string;
  readonly value: T;
}
type Report = (file: string, id: string, cause: string, cure: string) => void;

/**
 * Everything wrong with answers, small talk and the register of legal documents below `root`, in the order of the files.
 * `today` (ISO date) decides what is overdue or no longer in force. Never throws for broken content: that is a problem too.
 */
export function checkContent(options: { readonly root: string; readonly today: string }): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const report: Report = (file, id, cause, cure) => problems.push({ file, id, cause, cure });
  const { root, today } = options;

  const documents = readFile(root, DOCUMENTS, documentsSchema, report) ?? [];
  const smalltalk = readFile(root, SMALLTALK, smalltalkSchema, report) ?? [];
  const answers = readAnswers(root, report);
  const known: Known = {
    documents: new Map(documents.map((document) => [document.number, document])),
    answers: new Set(answers.map(({ value }) => value.id)),
    flows: new Set(yamlFiles(join(root, 'flows')).map(nameOf)),
    today,
  };

  checkUnique(
    documents.map(({ number }) => ({ file: DOCUMENTS, value: number })),
    report,
  );
  checkUnique(
    smalltalk.map(({ id }) => ({ file: SMALLTALK, value: id })),
    report,
  );
  checkUnique(
    answers.map(({ file, value }) => ({ file, value: value.id })),
    report,
  );
  for (const { file, value } of answers) {
    const home = join(ANSWERS, value.topic, `${value.id}.yaml`);
    if (file !== home)
      report(file, value.id, 'The file does not stand where its topic and id say.', `Move it to ${home}.`);
    checkAnswer(value, known, (cause, cure) => report(file, value.id, cause, cure));
  }
  checkQuestions(answers, smalltalk, report);
  checkTopics(answers, report);
  checkTopicQuestions(root, answers, report);
  return problems.sort((a, b) => a.file.localeCompare(b.file));
}

/** The same words under two answers would make the search guess. */
function checkQuestions(
  answers: readonly Filed<Answer>[],
  smalltalk: readonly Smalltalk[],
  report: Report,
): void {
  const first = new Map<string, string>();
  const all = [
    ...answers.map(({ file, value }) => ({ file, id: value.id, questions: value.questions })),
    ...smalltalk.map(({ id, questions }) => ({ file: SMALLTALK, id, questions })),
  ];
  for (const { file, id, questions } of all) {
    for (const question of questions) {
      const plain = comparable(question);
      const other = first.get(plain);
      if (other === undefined) first.set(plain, id);
      else
        report(
          file,
          id,
          `The question "${question}" stands under "${other}" too.`,
          'Keep it once, where it fits best.',
        );
    }
  }
}

function comparable(question: string): string {
  const plain = question.normalize('NFC').toLocaleLowerCase('vi').trim();
  return (
    plain
      .replace(/\p{P}+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim() || plain
  );
}

function checkTopics(answers: readonly Filed<Answer>[], report: Report): void {
  const answered = new Set(answers.map(({ value }) => value.topic));
  for (const topic of TOPICS)
    if (!answered.has(topic))
      report(ANSWERS, topic, 'No answer has this topic.', `Write one in ${join(ANSWERS, topic)}.`);
}

/** Questions sorted under an answer that is not there would teach the search that nothing deals with them. */
function checkTopicQuestions(root: string, answers: readonly Filed<Answer>[], report: Report): void {
  const topicOf = new Map<string, string>(answers.map(({ value }) => [value.id, value.topic]));
  const reported = new Set<string>();
  for (const { topic, answer } of topicQuestionsOf(root, report)) {
    if (answer === undefined || topicOf.get(answer) === topic || reported.has(`${topic} ${answer}`)) continue;
    reported.add(`${topic} ${answer}`);
    report(
      join(TOPIC_QUESTIONS, `${topic}.txt`),
      answer,
      'Questions stand under an answer that the topic does not have.',
      'Put them under the answer that helps best, or before the first one when none does.',
    );
  }
}

function topicQuestionsOf(root: string, report: Report): TopicQuestion[] {
  try {
    return readTopicQuestions(root);
  } catch (error) {
    report(TOPIC_QUESTIONS, '', `Cannot be read. ${messageOf(error)}`, 'Call each file like its topic.');
    return [];
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';

function checkUnique(ids: readonly Filed<string>[], report: Report): void {
  const files = new Map<string, string>();
  for (const { file, value } of ids) {
    const other = files.get(value);
    if (other === undefined) files.set(value, file);
    else report(file, value, `This id stands in ${other} too.`, 'Give one of them another id.');
  }
}

function readAnswers(root: string, report: Report): Filed<Answer>[] {
  return yamlFiles(join(root, ANSWERS)).flatMap((path) => {
    const file = relative(root, path);
    const value = readFile(root, file, answerSchema, report);
    return value ? [{ file, value }] : [];
  });
}

function readFile<Schema extends z.ZodType>(
  root: string,
  file: string,
  schema: Schema,
  report: Report,
): z.output<Schema> | undefined {
  try {
    const result = schema.safeParse(parse(readFileSync(join(root, file), 'utf8')));
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      report(file, nameOf(file), `${issue.path.join('.') || 'The file'}: ${issue.message}.`, cureOf(issue));
  } catch (error) {
    report(
      file,
      '',
      `Cannot be read. ${messageOf(error)}`,
      'Check that the file is there and that its indentation is right.',
    );
  }
  return undefined;
}

function cureOf(issue: z.core.$ZodIssue): string {
  if (issue.path[0] === 'title') return `Write a title of at most ${MAX_TITLE_LENGTH} letters.`;
  return 'Correct the field; the other answers show its shape.';
}

function nameOf(file: string): string {
  return basename(file).replace(/\.ya?ml$/u, '');
}
