import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Calibration, calibrationSchema } from './calibration.js';
import { type DangerFit, NOTHING_LEARNED, parseDangerFit } from './danger-fit.js';
import { type DangerRules, loadDangerRules } from './danger-rules.js';
import { documentsSchema, type LegalDocument } from './documents.js';
import { parseVocabulary, type Vocabulary } from './features.js';
import { type AnswerFiles, readAnswers } from './load-answers.js';
import { type Smalltalk, smalltalkSchema } from './smalltalk.js';
import { parseSpelling, type Spelling } from './spelling.js';
import { readTopicQuestions, type TopicQuestion } from './topic-questions.js';

/** What understanding is built from, read and checked, as far as it is needed when messages are understood. */
export interface SpokenContent {
  readonly spelling: Spelling;
  readonly vocabulary: Vocabulary;
  readonly documents: readonly LegalDocument[];
  readonly smalltalk: readonly Smalltalk[];
  readonly answers: AnswerFiles;
  readonly calibration: Calibration;
  readonly english: string;
}

/** All that understanding is built from. */
export interface Content extends SpokenContent {
  readonly rules: DangerRules;
  readonly fit: DangerFit;
  /** Sample questions of subjects that are not ours. */
  readonly foreign: readonly (readonly string[])[];
  /** Further questions of the topics, sorted by the answer that helps best. */
  readonly topicQuestions: readonly TopicQuestion[];
}

const subjectsSchema = z.record(z.string(), z.array(z.string().min(1)));

export const dangerFolder = (root: string): string => join(root, 'locales/vi/danger');

/** @throws Error naming the file when word, danger, small-talk or document files are broken (a bad answer file is only reported). */
export function readContent(root: string): Content {
  const locale = join(root, 'locales/vi');
  const concepts = readFileSync(join(locale, 'words/concepts.tsv'), 'utf8');
  const learned = join(locale, 'danger/learned.tsv');
  const calibration = readYaml(join(locale, 'words/search-calibration.yaml'), calibrationSchema);
  if (!calibration)
    throw new Error(
      'locales/vi/words/search-calibration.yaml is missing; make it: npm run calibrate -- --write',
    );
  return {
    spelling: read(join(locale, 'words/teen-spelling.tsv'), parseSpelling),
    vocabulary: read(join(locale, 'words/function-words.txt'), (text) => parseVocabulary(text, concepts)),
    rules: loadDangerRules(dangerFolder(root)),
    fit: existsSync(learned) ? read(learned, parseDangerFit) : NOTHING_LEARNED,
    documents: readYaml(join(root, 'data/documents.yaml'), documentsSchema) ?? [],
    smalltalk: readYaml(join(locale, 'smalltalk.yaml'), smalltalkSchema) ?? [],
    foreign: Object.values(readYaml(join(locale, 'words/other-subjects.yaml'), subjectsSchema) ?? {}),
    topicQuestions: readTopicQuestions(root),
    answers: readAnswers(join(locale, 'answers')),
    calibration,
    english: readFileSync(join(locale, 'words/english.txt'), 'utf8'),
  };
}

function read<T>(path: string, parseText: (text: string) => T): T {
  try {
    return parseText(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readYaml<T>(path: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(path)) return undefined;
  return read(path, (text) => {
    const result = schema.safeParse(parse(text));
    if (!result.success) throw new Error(z.prettifyError(result.error));
    return result.data;
  });
}
