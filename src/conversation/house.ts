import { type Texts, VOICES } from '../texts/texts.js';
import { ACCUSED_OFFICE } from './accused-office.js';
import { type AfterCard, readAfterCard } from './after-card-words.js';
import { type CommandWords, readCommandWords } from './commands.js';
import type { AskStep, Flow } from './flow-schema.js';
import { noHours, type OfficeAt } from './office-hours.js';
import { listOf, oneOf, phrasesOf, plainWords } from './plain-words.js';
import { type DateWords, readDateWords } from './read-date.js';
import { type NumberWords, readNumberWords } from './read-number.js';
import { type ReadyQuestion, readyQuestion } from './ready-questions.js';
import { readSpecialCards, type SpecialCard } from './special-cards.js';
import type { EngineMind } from './talk.js';
import { readVoiceWords, type VoiceWords } from './voice.js';

/** What the engine is made of. */
export interface EngineParts {
  /** Whether staff are on duty; when absent no hours are known. */
  readonly officeAt?: OfficeAt;
  /** Told of every step that is reached and every way that is taken, for measuring what stories touch. */
  readonly trace?: Trace;
  readonly flows: readonly Flow[];
  readonly texts: Texts;
  readonly mind: EngineMind;
}

/** The parts made ready once, at start, so that a step compiles nothing. */
export interface House extends EngineParts {
  readonly officeAt: OfficeAt;
  readonly numbers: NumberWords;
  readonly dates: DateWords;
  readonly byName: ReadonlyMap<string, Flow>;
  /** Flows that can be begun from anywhere, in the order of the menu. */
  readonly menu: readonly string[];
  /** Where a reporter's code is taken. */
  readonly codeEntry: { readonly flow: Flow; readonly step: string } | undefined;
  readonly questions: ReadonlyMap<AskStep, ReadyQuestion>;
  readonly commands: CommandWords;
  readonly voiceWords: VoiceWords;
  /** The card of its own that a message in danger needs, if it needs one. */
  specialCard(text: string, plain: string): SpecialCard | undefined;
  /** What a message means that comes after the emergency card, if it means one of these. */
  afterCard(text: string, plain: string): AfterCard | undefined;
  /** The label of a button as plain words, worked out once: labels are few and come again and again. */
  plainLabel(label: string): string;
  /** The labels under a key as plain words, one for each voice; none when the text takes values. */
  plainLabels(key: string): readonly string[];
  /** Plain words that mean a choice, by the text that lists them. */
  readonly choiceWords: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether a message says that the two numbers were written down, without proving it. */
  saysDone(text: string, plain: string): boolean;
  /** Whether a message says that its writer does not know where it is. */
  placeIsUnknown(text: string, plain: string): boolean;
  /** Whether a message says that the numbers in it are the reporter's code. */
  namesCode(plain: string): boolean;
  /** Where the accused person works, when a message tells it: the id of that choice of a report. */
  officeToldIn(plain: string): string | undefined;
  /** Whether a sentence holds words that mean a choice, by the text that lists them. */
  readonly choiceInside: ReadonlyMap<string, (plain: string) => boolean>;
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  readonly unsafe: ReadonlySet<string>;
  /** Keys of the labels of choices, by the name they are saved under and their id. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** For texts with placeholders: under each name of a saved answer, "no". */
  readonly unanswered: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** A step reached (no `way`), or a way taken out of it: `choice:<id>`, `input`, `skip`, an outcome, a value, `case:<n>`. */
export type Trace = (flow: string, step: string, way?: string) => void;

/** Reads the words of commands, choices and voices out of the texts and looks the flows up once. */
export function buildHouse(parts: EngineParts): House {
  const byName = new Map(parts.flows.map((flow) => [flow.name, flow]));
  const menu = parts.flows
    .filter((flow) => flow.menu !== undefined)
    .sort((a, b) => (a.menu ?? 0) - (b.menu ?? 0))
    .map((flow) => flow.name);
  const choiceWords = new Map<string, ReadonlySet<string>>();
  const choiceInside = new Map<string, (plain: string) => boolean>();
  const offices = new Map<string, (plain: string) => boolean>();
  const unanswered = new Map<string, Record<string, string>>();
  const wordSet = (key: string) =>
    new Set(parts.texts.has(key) ? listOf(parts.texts.say(key)).map(plainWords) : []);
  const labels = new Map<string, Map<string, string>>();
  const questions = new Map<AskStep, ReadyQuestion>();
  let codeEntry: House['codeEntry'];
  for (const flow of parts.flows) {
    unanswered.set(flow.name, Object.fromEntries(savedNames(flow).map((name) => [name, 'no'])));
    for (const [name, step] of flow.steps) {
      if (step.kindOf !== 'ask') continue;
      questions.set(step, readyQuestion(parts.texts, flow, name, step));
      if (step.code && flow.menu !== undefined) codeEntry ??= { flow, step: name };
      if (step.save !== undefined) learnLabels(labels, step.save, step);
      for (const { id, words, inside } of step.choices) {
        if (words !== undefined) choiceWords.set(words, wordSet(words));
        if (inside !== undefined) {
          const phrases = oneOf([...wordSet(inside)]);
          const isIn = (plain: string): boolean => phrases.test(plain);
          choiceInside.set(inside, isIn);
          if (step.save === ACCUSED_OFFICE) offices.set(id, isIn);
        }
      }
    }
  }
  const codeWords = oneOf([...wordSet('commands.code_words')]);
  const ofTheWriter = oneOf([...wordSet('report.office.writer_words')]);
  return {
    ...parts,
    officeAt: parts.officeAt ?? noHours,
    numbers: readNumberWords(parts.texts),
    dates: readDateWords(parts.texts),
    byName,
    menu,
    codeEntry,
    questions,
    choiceWords,
    choiceInside,
    saysDone: phrasesOf(parts.texts, 'report.proof.done_words'),
    placeIsUnknown: phrasesOf(parts.texts, 'place.unknown_words'),
    namesCode: (plain) => codeWords.test(plain),
    officeToldIn: (plain) =>
      ofTheWriter.test(plain) ? undefined : [...offices].find(([, isIn]) => isIn(plain))?.[0],
    plainLabel: remember(plainWords),
    plainLabels: remember((key) => labelsOf(parts.texts, key)),
    labels,
    yes: wordSet('commands.yes'),
    no: wordSet('commands.no'),
    unsafe: wordSet('commands.unsafe'),
    unanswered,
    commands: readCommandWords(parts.texts, [...byName.keys()]),
    voiceWords: readVoiceWords(parts.texts),
    specialCard: readSpecialCards(parts.texts),
    afterCard: readAfterCard(parts.texts),
  };
}

/** Titles of answers are labels, too: more than all of them together is somebody playing. */
const MOST_LABELS = 2000;

function labelsOf(texts: Texts, key: string): readonly string[] {
  if (!texts.has(key)) return [];
  const plain = VOICES.filter((voice) => !texts.takesValues(key, voice)).map((voice) =>
    plainWords(texts.say(key, voice)),
  );
  return [...new Set(plain)];
}

function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= MOST_LABELS) known.clear();
      found = work(text);
      known.set(text, found);
    }
    return found;
  };
}

function learnLabels(labels: Map<string, Map<string, string>>, save: string, step: AskStep): void {
  const known = labels.get(save) ?? new Map<string, string>();
  for (const choice of step.choices) known.set(choice.id, choice.label);
  labels.set(save, known);
}

/** Names under which a flow saves answers; its texts may ask whether each is there. */
export function savedNames(flow: Flow): string[] {
  const names = new Set<string>();
  for (const step of flow.steps.values()) {
    if (step.kindOf === 'ask') for (const name of savedBy(step)) names.add(name);
  }
  return [...names];
}

function savedBy(step: AskStep): string[] {
  const { save, text, place, number, date } = step;
  const words = place && `${place.save}_words`;
  const names = [save, text?.save, number?.save, date?.save, place?.save, words];
  return names.filter((name): name is string => name !== undefined);
}
