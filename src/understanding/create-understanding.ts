import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Answer } from './answer.js';
import { loadDangerRules } from './danger-rules.js';
import { documentsSchema, type LegalDocument } from './documents.js';
import { type Features, featuresOf, parseVocabulary } from './features.js';
import { createFinder } from './find-answers.js';
import { type LoadedAnswers, loadAnswers } from './load-answers.js';
import { normalise } from './normalise.js';
import { createDangerScreen } from './screen-danger.js';
import { smalltalkSchema } from './smalltalk.js';
import { parseSpelling } from './spelling.js';
import type { Understanding } from './understanding.js';

const subjectsSchema = z.record(z.string(), z.array(z.string().min(1)));

/** Understanding, and what its content needs from people. */
export interface BuiltUnderstanding extends Understanding, Pick<LoadedAnswers, 'hidden' | 'problems'> {
  /** The register of legal documents, by official number. */
  readonly documents: ReadonlyMap<string, LegalDocument>;
  /** What to say to small talk, in the voice or the neutral one. */
  smalltalkReply(id: string, voice: 'child' | 'teen' | 'adult'): string | undefined;
}

/**
 * Reads words, danger rules, answers and documents below `root` and builds everything in memory. `today` is an ISO date:
 * answers overdue or citing what is no longer in force on it are hidden.
 * @throws Error naming the file when word, danger, small-talk or document files are broken (a bad answer file is only reported).
 */
export function createUnderstanding(options: {
  readonly root: string;
  readonly today: string;
}): BuiltUnderstanding {
  const locale = join(options.root, 'locales/vi');
  const spelling = read(join(locale, 'words/teen-spelling.tsv'), parseSpelling);
  const concepts = readFileSync(join(locale, 'words/concepts.tsv'), 'utf8');
  const vocabulary = read(join(locale, 'words/function-words.txt'), (text) =>
    parseVocabulary(text, concepts),
  );
  const screen = createDangerScreen(loadDangerRules(join(locale, 'danger')), spelling);
  const documents = readYaml(join(options.root, 'data/documents.yaml'), documentsSchema) ?? [];
  const smalltalk = readYaml(join(locale, 'smalltalk.yaml'), smalltalkSchema) ?? [];
  const foreign = readYaml(join(locale, 'words/other-subjects.yaml'), subjectsSchema) ?? {};
  const { answers, hidden, problems } = loadAnswers(join(locale, 'answers'), documents, options.today);

  const features = (text: string): Features => featuresOf(normalise(text, spelling), vocabulary);
  const byId = new Map<string, Answer>(answers.map((answer) => [answer.id, answer]));
  const replies = new Map(smalltalk.map(({ id, reply }) => [id, reply]));
  return {
    screenDanger: (text) => screen.screen(normalise(text, spelling)),
    findAnswers: createFinder(answers, smalltalk, Object.values(foreign), features),
    answerById: (id) => byId.get(id),
    answers,
    topics: new Set(answers.map((answer) => answer.topic)),
    hidden,
    problems,
    documents: new Map(documents.map((document) => [document.number, document])),
    smalltalkReply: (id, voice) => replies.get(id)?.[voice] ?? replies.get(id)?.teen,
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
