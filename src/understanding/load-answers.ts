import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Answer, answerSchema } from './answer.js';
import { inForce, type LegalDocument } from './documents.js';
import { yamlFiles } from './yaml-files.js';

/** Something that content staff must look at; the rest of the knowledge base works on. */
export interface LoadProblem {
  /** File below the answers folder. */
  readonly file: string;
  readonly cause: string;
}

/** Why an answer is not shown: its review is overdue, or it cites a document that is not registered or not in force on the day. */
export type HiddenBecause =
  | { readonly kind: 'overdue'; readonly since: string }
  | { readonly kind: 'not_registered' | 'not_in_force'; readonly document: string };

export interface HiddenAnswer {
  readonly answer: Answer;
  readonly because: HiddenBecause;
}

export interface LoadedAnswers {
  /** What may be shown on the day. */
  readonly answers: readonly Answer[];
  /** Well written, but overdue or citing what is not in force. */
  readonly hidden: readonly HiddenAnswer[];
  readonly problems: readonly LoadProblem[];
}

/** Every answer that is well written, whatever the day. */
export interface AnswerFiles {
  readonly all: readonly Answer[];
  readonly problems: readonly LoadProblem[];
}

/** Reads every YAML file below `folder`; a broken file is skipped and reported. A missing folder is an empty knowledge base. */
export function readAnswers(folder: string): AnswerFiles {
  const all: Answer[] = [];
  const problems: LoadProblem[] = [];
  const ids = new Set<string>();
  for (const path of yamlFiles(folder)) {
    const file = relative(folder, path);
    const read = readAnswer(path);
    if (typeof read === 'string') problems.push({ file, cause: read });
    else if (ids.has(read.id)) problems.push({ file, cause: `id "${read.id}" stands in another file too` });
    else {
      ids.add(read.id);
      all.push(read);
    }
  }
  return { all, problems };
}

/** What may be shown on the day (ISO date), and what is hidden and why. */
export function answersOn(
  day: string,
  { all, problems }: AnswerFiles,
  documents: readonly LegalDocument[],
): LoadedAnswers {
  const byNumber = new Map(documents.map((document) => [document.number, document]));
  const answers: Answer[] = [];
  const hidden: HiddenAnswer[] = [];
  for (const answer of all) {
    const because = whyHidden(answer, byNumber, day);
    if (because === undefined) answers.push(answer);
    else hidden.push({ answer, because });
  }
  return { answers, hidden, problems };
}

function readAnswer(path: string): Answer | string {
  try {
    const result = answerSchema.safeParse(parse(readFileSync(path, 'utf8')));
    return result.success ? result.data : z.prettifyError(result.error);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function whyHidden(
  answer: Answer,
  documents: ReadonlyMap<string, LegalDocument>,
  day: string,
): HiddenBecause | undefined {
  if (answer.review_by < day) return { kind: 'overdue', since: answer.review_by };
  for (const { document: number } of answer.citations) {
    const document = documents.get(number);
    if (!document) return { kind: 'not_registered', document: number };
    if (!inForce(document, day)) return { kind: 'not_in_force', document: number };
  }
  return undefined;
}
