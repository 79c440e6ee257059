import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Answer } from './answer.js';
import { type CalibrationResult, calibrate, observe } from './calibrate.js';
import { calibrationSchema } from './calibration.js';
import { NOTHING_LEARNED, parseDangerFit } from './danger-fit.js';
import { loadDangerRules } from './danger-rules.js';
import { loadDangerSentences } from './danger-sentences.js';
import { documentsSchema, type LegalDocument } from './documents.js';
import { type Features, featuresOf, parseVocabulary, saysSomething } from './features.js';
import { createFinder } from './find-answers.js';
import { type FittedDanger, fitDanger } from './fit-danger.js';
import { createLanguageDetector } from './language.js';
import { type LoadedAnswers, loadAnswers } from './load-answers.js';
import { shortSpellings, TYPED } from './mistyped.js';
import { normalise } from './normalise.js';
import { createRanking, type Ranked } from './rank.js';
import { createDangerScreen } from './screen-danger.js';
import { searchEntries } from './search-entries.js';
import type { SearchSettings } from './search-settings.js';
import { smalltalkSchema } from './smalltalk.js';
import { parseSpelling } from './spelling.js';
import type { Understanding } from './understanding.js';

const subjectsSchema = z.record(z.string(), z.array(z.string().min(1)));

/** Understanding, and what its content needs from people. */
export interface BuiltUnderstanding extends Understanding, Pick<LoadedAnswers, 'hidden' | 'problems'> {
  /** What the calibration would be, computed from the content as it is. Takes some seconds. */
  calibrateAnew(): CalibrationResult;
  /** What the danger screen would learn from the sentences as they are. Takes some seconds. */
  fitDangerAnew(): FittedDanger;
  /** The ranking as it would be without the question forms that `held` names, to measure it beside others. */
  rankingWithout(held: (form: string) => boolean): (text: string) => readonly Ranked[];
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
  /** Other weights of the search, to try them. */
  readonly settings?: SearchSettings;
}): BuiltUnderstanding {
  const locale = join(options.root, 'locales/vi');
  const spelling = read(join(locale, 'words/teen-spelling.tsv'), parseSpelling);
  const concepts = readFileSync(join(locale, 'words/concepts.tsv'), 'utf8');
  const vocabulary = read(join(locale, 'words/function-words.txt'), (text) =>
    parseVocabulary(text, concepts),
  );
  const rules = loadDangerRules(join(locale, 'danger'));
  const learned = join(locale, 'danger/learned.tsv');
  const screen = createDangerScreen(
    rules,
    spelling,
    existsSync(learned) ? read(learned, parseDangerFit) : NOTHING_LEARNED,
  );
  const documents = readYaml(join(options.root, 'data/documents.yaml'), documentsSchema) ?? [];
  const smalltalk = readYaml(join(locale, 'smalltalk.yaml'), smalltalkSchema) ?? [];
  const foreign = readYaml(join(locale, 'words/other-subjects.yaml'), subjectsSchema) ?? {};
  const { answers, hidden, problems } = loadAnswers(join(locale, 'answers'), documents, options.today);

  const calibration = readYaml(join(locale, 'words/search-calibration.yaml'), calibrationSchema);
  if (!calibration)
    throw new Error(
      'locales/vi/words/search-calibration.yaml is missing; make it: npm run calibrate -- --write',
    );
  const normalised = rememberLast((text) => normalise(text, spelling));
  const features = (text: string): Features => featuresOf(normalised(text), vocabulary);
  const subjects = Object.values(foreign);
  const languageOf = read(join(locale, 'words/english.txt'), createLanguageDetector);
  const byId = new Map<string, Answer>(answers.map((answer) => [answer.id, answer]));
  const replies = new Map(smalltalk.map(({ id, reply }) => [id, reply]));
  const find = createFinder({
    answers,
    smalltalk,
    foreign: subjects,
    read: features,
    says: (text) => saysSomething(normalised(text), vocabulary),
    calibration,
  });
  return {
    screenDanger: (text) => screen.screen(normalised(text)),
    findAnswers: (text) => {
      const language = languageOf(text);
      return language === 'vi' ? find(text) : { outcome: 'unknown', answers: [], language };
    },
    answerById: (id) => byId.get(id),
    answers,
    topics: new Set(answers.map((answer) => answer.topic)),
    hidden,
    problems,
    calibrateAnew: () =>
      calibrate(
        observe({
          answers,
          foreign: subjects,
          read: features,
          short: shortSpellings(spelling),
          typed: TYPED,
          ...(options.settings ? { settings: options.settings } : {}),
        }),
      ),
    rankingWithout: (held) => {
      const left = answers.map((answer) => ({
        ...answer,
        questions: answer.questions.filter((form) => !held(form)),
      }));
      const rank = createRanking(answers, searchEntries(left, subjects, features), options.settings);
      return (text) => rank(features(text));
    },
    fitDangerAnew: () =>
      fitDanger(
        rules,
        loadDangerSentences(join(locale, 'danger')),
        [...answers.flatMap(({ questions }) => questions), ...subjects.flat()],
        spelling,
      ),
    documents: new Map(documents.map((document) => [document.number, document])),
    smalltalkReply: (id, voice) => replies.get(id)?.[voice] ?? replies.get(id)?.teen,
  };
}

/** A message is screened and then searched: the second look at the same text costs nothing. */
function rememberLast<T>(make: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: make(text) };
    return last.value;
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
