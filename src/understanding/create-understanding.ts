import type { Answer } from './answer.js';
import { type BuiltState, buildState } from './built-state.js';
import { type CalibrationResult, calibrate, observe } from './calibrate.js';
import { dangerFolder, readContent } from './content.js';
import { loadDangerSentences } from './danger-sentences.js';
import type { LegalDocument } from './documents.js';
import { createFinder } from './find-answers.js';
import {
  type DangerTexts,
  type FittedLimits,
  fitDangerLimits,
  fitDangerWeights,
  HARM,
  type LearnedDanger,
} from './fit-danger.js';
import { keepState, readKeptState } from './kept-state.js';
import { createLanguageDetector } from './language.js';
import { answersOn, type LoadedAnswers } from './load-answers.js';
import { shortSpellings, TYPED } from './mistyped.js';
import { createRanking, type Ranked } from './rank.js';
import { createDangerScreen } from './screen-danger.js';
import { buildIndex, SearchIndex } from './search-index.js';
import { createTextReader } from './text-reader.js';
import type { Understanding } from './understanding.js';

/** A message that says anything holds a letter or a picture: "2<2<0" can warn of nothing. */
const SAYS = /[\p{L}\p{Extended_Pictographic}]/u;

/** Understanding, and what its content needs from people. */
export interface BuiltUnderstanding extends Understanding, Pick<LoadedAnswers, 'hidden' | 'problems'> {
  /** What the calibration would be, computed from the content as it is. Takes some minutes; with fewer than ten `folds`, less. */
  calibrateAnew(folds?: number): CalibrationResult;
  /** What the danger screen would learn from the sentences as they are, and its limits. Each takes some ten minutes. */
  dangerWeightsAnew(): LearnedDanger;
  dangerLimitsAnew(): FittedLimits;
  /** The ranking as it would be without the question forms that `held` names, to measure it beside others. */
  rankingWithout(held: (form: string) => boolean): (text: string) => readonly Ranked[];
  /** The register of legal documents, by official number. */
  readonly documents: ReadonlyMap<string, LegalDocument>;
  /** What to say to small talk, in the voice or the neutral one. */
  smalltalkReply(id: string, voice: 'child' | 'teen' | 'adult'): string | undefined;
}

/**
 * Reads words, danger rules, answers and documents below `root`, or what the build kept of them, and builds everything in
 * memory. `today` is an ISO date: answers overdue or citing what is no longer in force on it are hidden.
 * @throws Error naming the file when word, danger, small-talk or document files are broken (a bad answer file is only reported).
 */
export function createUnderstanding(options: {
  readonly root: string;
  readonly today: string;
}): BuiltUnderstanding {
  const { root, today } = options;
  const state = stateOn(today, root);
  const { spelling, vocabulary, documents, smalltalk, calibration, english } = state.content;
  const { answers, hidden, problems } = answersOn(today, state.content.answers, documents);
  const reader = createTextReader(spelling, vocabulary, state.space);
  const screen = createDangerScreen(state.screen);
  const find = createFinder({ answers, smalltalk, calibration }, state.finder, reader);
  const languageOf = createLanguageDetector(english);
  const byId = new Map<string, Answer>(answers.map((answer) => [answer.id, answer]));
  const replies = new Map(smalltalk.map(({ id, reply }) => [id, reply]));
  return {
    screenDanger: (text) => (SAYS.test(text) ? screen.screen(reader.normalise(text)) : null),
    findAnswers: (text, before) => {
      const language = languageOf(text);
      return language === 'vi' ? find(text, before) : { outcome: 'unknown', answers: [], language };
    },
    answerById: (id) => byId.get(id),
    answers,
    topics: new Set(answers.map((answer) => answer.topic)),
    hidden,
    problems,
    calibrateAnew: (folds) => {
      const content = readContent(root);
      return calibrate(
        observe({
          answers,
          foreign: content.foreign,
          topicQuestions: content.topicQuestions,
          reader: createTextReader(content.spelling, content.vocabulary),
          short: shortSpellings(content.spelling),
          typed: TYPED,
          ...(folds === undefined ? {} : { folds }),
        }),
      );
    },
    rankingWithout: (held) => {
      const content = readContent(root);
      const reader = createTextReader(content.spelling, content.vocabulary);
      const left = answers.map((answer) => ({
        ...answer,
        questions: answer.questions.filter((form) => !held(form)),
      }));
      const topicQuestions = content.topicQuestions.filter(({ text }) => !held(text));
      const texts = { answers: left, topicQuestions, foreign: content.foreign };
      const state = buildIndex(texts, reader);
      const index = new SearchIndex(state, reader.space.state, answers);
      reader.close();
      const rank = createRanking(answers, index);
      return (text) => rank(reader.features(text));
    },
    dangerWeightsAnew: () => fitDangerWeights(dangerTexts(root, answers)),
    dangerLimitsAnew: () => fitDangerLimits(dangerTexts(root, answers)),
    documents: new Map(documents.map((document) => [document.number, document])),
    smalltalkReply: (id, voice) => replies.get(id)?.[voice] ?? replies.get(id)?.teen,
  };
}

function dangerTexts(root: string, answers: readonly Answer[]): DangerTexts {
  const { rules, spelling, topicQuestions, foreign, smalltalk } = readContent(root);
  return {
    rules,
    sentences: loadDangerSentences(dangerFolder(root)),
    neutral: [
      ...answers.flatMap(({ questions }) => questions),
      ...topicQuestions.flatMap(({ topic, text }) => (HARM.has(topic) ? [] : [text])),
      ...foreign.flat(),
      ...smalltalk.flatMap(({ questions }) => questions),
    ],
    spelling,
  };
}

/** Weighs and compiles the content below `root` for a start on the day, unless that was done before. */
export function keepUnderstanding(root: string, day: string, begins: () => void): void {
  if (keptOn(day, root)) return;
  begins();
  keepState(root, buildState(readContent(root), day));
}

/** What was kept, where it holds for the content as it is and the answers shown on the day; else built now. */
function stateOn(day: string, root: string): BuiltState {
  return keptOn(day, root) ?? buildState(readContent(root), day);
}

function keptOn(day: string, root: string): BuiltState | undefined {
  const kept = readKeptState(root);
  if (!kept) return undefined;
  const shown = answersOn(day, kept.content.answers, kept.content.documents).answers.map(({ id }) => id);
  return shown.join() === kept.shown.join() ? kept : undefined;
}
