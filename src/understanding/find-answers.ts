import type { Answer } from './answer.js';
import { type Calibration, scoreOf } from './calibration.js';
import { buildPhrases, PhraseLikeness, type PhraseLikenessState } from './phrase-likeness.js';
import { createRanking, type Ranked } from './rank.js';
import { buildIndex, SearchIndex, type SearchIndexState } from './search-index.js';
import type { SearchTexts } from './search-lessons.js';
import { MOST_ANSWERS, SMALLTALK } from './search-settings.js';
import type { Smalltalk } from './smalltalk.js';
import type { TextReader } from './text-reader.js';
import type { Found, RankedAnswer, TalkSoFar } from './understanding.js';

/** The search as it is kept in a file. */
export interface FinderState {
  readonly index: SearchIndexState;
  readonly chatter: PhraseLikenessState;
}

/** Weighs what the search learns from, and small talk. */
export function buildFinder(
  texts: SearchTexts & { readonly smalltalk: readonly Smalltalk[] },
  reader: TextReader,
): FinderState {
  const phrases = texts.smalltalk.map(({ questions }) => questions.map(reader.features));
  const chatter = buildPhrases(phrases, reader.space.state.count);
  return { index: buildIndex(texts, reader), chatter };
}

export interface FinderParts {
  readonly answers: readonly Answer[];
  readonly smalltalk: readonly Smalltalk[];
  readonly calibration: Calibration;
}

/** The answer search over answers and small talk. */
export function createFinder(
  parts: FinderParts,
  state: FinderState,
  reader: TextReader,
): (text: string, before?: TalkSoFar) => Found {
  const { answers, smalltalk, calibration } = parts;
  const index = new SearchIndex(state.index, reader.space.state, answers);
  const rank = createRanking(answers, index);
  const chatter = new PhraseLikeness(state.chatter, reader.space.state);

  const findOne = (text: string, before: TalkSoFar): Found => {
    const features = reader.features(text);
    if (features.numbers.length === 0) return { outcome: 'unknown', answers: [] };
    const likest = reader.saysSomething(text) ? rank(features) : [];
    const ranked = scored(likest, calibration);
    const best = ranked[0];
    const ours = likest[0] !== undefined && scoreOf(calibration.ours, likest[0]) >= calibration.ours_from;
    const { at, likeness: talks } = chatter.nearest(features);
    const chosen = smalltalk[at];
    if (chosen && talks >= smalltalkFrom(chosen, ours, before)) {
      return { outcome: 'smalltalk', smalltalk: chosen.id, answers: ranked };
    }
    if (!best || !ours) return { outcome: 'unknown', answers: ranked };
    return {
      outcome: best.score >= calibration.answer_from ? 'answer' : 'suggest',
      answers: [best, ...ranked.slice(1)],
    };
  };

  /**
   * What a message that says little by itself may ask of the topic that the talk was about: its answers, the likest first.
   * What its words alone are like comes after them, where they are of ours at all: "bao lâu" is not.
   */
  const askOn = (text: string, found: Found, topic: string): Found => {
    const inside = index
      .inside(reader.features(text), topic)
      .toSorted((one, other) => other.score - one.score)
      .flatMap(({ at }) => answers[at] ?? []);
    const likest =
      found.outcome === 'suggest'
        ? [...inside.slice(0, MOST_ASKED_ON), ...found.answers.map(({ answer }) => answer)]
        : inside;
    const [first, ...others] = likest
      .filter((answer, at, all) => all.indexOf(answer) === at)
      .slice(0, MOST_ANSWERS)
      .map((answer) => ({ answer, score: scoreIn(found, answer) }));
    return first ? { outcome: 'suggest', answers: [first, ...others] } : found;
  };

  return (text, before = {}) => {
    const found = findOne(text, before);
    const { topic } = before;
    const isShort = text.split(/\s+/, MOST_WORDS_ASKING_ON + 1).length <= MOST_WORDS_ASKING_ON;
    if (topic !== undefined && isShort && (found.outcome === 'suggest' || found.outcome === 'unknown'))
      return askOn(text, found, topic);
    if (found.outcome !== 'answer' && found.outcome !== 'suggest') return found;
    const parts = questionsOf(text);
    if (parts.length < 2) return found;
    // Each part must be answered by itself, and surely; else it is one story told in several sentences.
    const sure = parts.flatMap((part) => {
      const own = findOne(part, before);
      return own.outcome === 'answer' ? [own.answers[0]] : [];
    });
    const [first, ...others] = sure;
    const second = others.find((other) => other.answer.topic !== first?.answer.topic);
    if (!first || !second) return found;
    const rest = found.answers.filter(({ answer }) => answer !== first.answer && answer !== second.answer);
    return {
      outcome: 'answer',
      answers: [first, second, ...rest].slice(0, MOST_ANSWERS) as [RankedAnswer],
      second,
    };
  };
}

/** A longer message says by itself what it asks. */
const MOST_WORDS_ASKING_ON = 8;
/** So many answers of the topic go before what the words alone are like. */
const MOST_ASKED_ON = 2;

const scoreIn = (found: Found, answer: Answer): number =>
  found.answers.find((each) => each.answer === answer)?.score ?? 0;

/** How like its forms a text must be to be that small talk: more so where an answer fits too, or where it may ask on; in danger only what fits there. */
function smalltalkFrom({ fits }: Smalltalk, ours: boolean, { topic, inDanger }: TalkSoFar): number {
  if (inDanger && !fits.includes('in_danger')) return Number.POSITIVE_INFINITY;
  if (topic !== undefined && !fits.includes('after_answer')) return SMALLTALK.askingOn;
  return ours ? SMALLTALK.overAnswer : SMALLTALK.from;
}

/** At most so many parts of a message are asked one by one. */
const MOST_PARTS = 4;
const LEAST_WORDS = 3;

/** The questions of a message: cut at question marks, ends of sentences, lines, and words that begin another question. */
function questionsOf(text: string): string[] {
  if (text.length > 600) return [];
  return text
    .split(
      /[?!.;\n]+|(?:,\s*|\s)(?:còn|với lại|ngoài ra|và cho (?:em|con|tôi|mình|tui) hỏi|cho hỏi thêm|hỏi thêm)\s/iu,
    )
    .map((part) => part.trim())
    .filter((part) => part.split(/\s+/).length >= LEAST_WORDS)
    .slice(0, MOST_PARTS);
}

function scored(likest: readonly Ranked[], calibration: Calibration): readonly RankedAnswer[] {
  // The order is by likeness; a later one never claims to be surer than an earlier one.
  let ceiling = 1;
  return likest.map(({ answer, ...like }) => {
    ceiling = Math.min(ceiling, scoreOf(calibration, like));
    return { answer, score: ceiling };
  });
}
