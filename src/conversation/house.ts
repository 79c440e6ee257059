import type { Texts } from '../texts/texts.js';
import { type CommandWords, readCommandWords } from './commands.js';
import type { AskStep, Flow } from './flow-schema.js';
import { listOf, plainWords } from './plain-words.js';
import type { EngineMind } from './talk.js';
import { readVoiceWords, type VoiceWords } from './voice.js';

/** What the engine is made of. */
export interface EngineParts {
  readonly flows: readonly Flow[];
  readonly texts: Texts;
  readonly mind: EngineMind;
}

/** The parts made ready once, at start, so that a step compiles nothing. */
export interface House extends EngineParts {
  readonly byName: ReadonlyMap<string, Flow>;
  /** Flows that can be begun from anywhere, in the order of the menu. */
  readonly menu: readonly string[];
  /** Where a reporter's code is taken. */
  readonly codeEntry: { readonly flow: Flow; readonly step: string } | undefined;
  readonly commands: CommandWords;
  readonly voiceWords: VoiceWords;
  /** Plain words that mean a choice, by the text that lists them. */
  readonly choiceWords: ReadonlyMap<string, ReadonlySet<string>>;
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  readonly unsafe: ReadonlySet<string>;
  /** For texts with placeholders: under each name of a saved answer, "no". */
  readonly unanswered: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** Flows offered wherever a talk is free. */
const MENU = ['ask', 'report', 'follow_up', 'person'];

/** Reads the words of commands, choices and voices out of the texts and looks the flows up once. */
export function buildHouse(parts: EngineParts): House {
  const byName = new Map(parts.flows.map((flow) => [flow.name, flow]));
  const menu = MENU.filter((name) => byName.has(name));
  const choiceWords = new Map<string, ReadonlySet<string>>();
  const unanswered = new Map<string, Record<string, string>>();
  const wordSet = (key: string) =>
    new Set(parts.texts.has(key) ? listOf(parts.texts.say(key)).map(plainWords) : []);
  let codeEntry: House['codeEntry'];
  for (const flow of parts.flows) {
    unanswered.set(flow.name, Object.fromEntries(savedNames(flow).map((name) => [name, 'no'])));
    for (const [name, step] of flow.steps) {
      if (step.kindOf !== 'ask') continue;
      if (step.code) codeEntry ??= { flow, step: name };
      for (const { words } of step.choices) {
        if (words !== undefined) choiceWords.set(words, wordSet(words));
      }
    }
  }
  return {
    ...parts,
    byName,
    menu,
    codeEntry,
    choiceWords,
    yes: wordSet('commands.yes'),
    no: wordSet('commands.no'),
    unsafe: wordSet('commands.unsafe'),
    unanswered,
    commands: readCommandWords(parts.texts, [...byName.keys()]),
    voiceWords: readVoiceWords(parts.texts),
  };
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
  const names = [step.save, step.text?.save, step.place?.save, step.place && `${step.place.save}_words`];
  return names.filter((name): name is string => name !== undefined);
}
