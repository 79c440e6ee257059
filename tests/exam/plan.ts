import { plainText } from '../../src/channels/plain.js';
import type { IncomingContent, Outgoing } from '../../src/conversation/message.js';
import type { Call, Engine } from '../../src/conversation/talk.js';
import type { Texts } from '../../src/texts/texts.js';
import type { Understanding } from '../../src/understanding/understanding.js';
import { createPlayer } from '../conversations/replay.js';
import type { Transcript } from '../conversations/transcript.js';

/** What a person reads of one message: its words on one line, and what they can choose, in order. */
export interface Read {
  readonly text: string;
  readonly choices: readonly string[];
}

/** What a person does, on whatever channel. */
export type Act =
  | { readonly kind: 'start' }
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'press'; readonly label: string };

export interface PlannedTurn {
  /** Minutes that pass before. */
  readonly wait: number;
  readonly act: Act;
  readonly reads: readonly Read[];
}

/** A story as it must go on every channel. */
export interface Plan {
  readonly story: string;
  readonly transcript: Transcript;
  readonly turns: readonly PlannedTurn[];
  readonly calls: readonly Call[];
  readonly forgot: boolean;
  /** How many steps of the story nobody can do on every channel; they are left out. */
  readonly leftOut: number;
}

/**
 * Plays a story on the engine alone, as people wrote and read it, and says what a person does and reads in each turn. Left out
 * is what a person cannot do everywhere: send nothing but blanks, or press what is not (or, after a pause, no longer) on
 * offer, which a channel without buttons does not let one do.
 */
export function planStory(
  transcript: Transcript,
  { engine, mind, texts }: { engine: Engine; mind: Pick<Understanding, 'screenDanger'>; texts: Texts },
): Plan {
  const player = createPlayer(engine, mind, transcript, 'webchat');
  const turns: PlannedTurn[] = [];
  let shown: readonly Outgoing[] = [];
  let wait = 0;
  let leftOut = 0;
  let forgot = false;
  const take = (act: Act, said: IncomingContent) => {
    const turn = player.take(said);
    forgot ||= turn.forget;
    shown = turn.outgoing;
    turns.push({ wait, act, reads: shown.map((message) => readOf(message, texts)) });
    wait = 0;
  };
  const first = transcript.steps.find((step) => 'user' in step || 'choose' in step || 'start' in step);
  // Who presses a button has seen the greeting.
  if (first && 'choose' in first) take({ kind: 'start' }, { kind: 'start' });
  for (const step of transcript.steps) {
    if ('wait' in step) {
      player.wait(step.wait);
      wait += step.wait;
    } else if ('start' in step) take({ kind: 'start' }, { kind: 'start' });
    else if ('user' in step) {
      if (step.user.trim() === '') leftOut += 1;
      else take({ kind: 'write', text: step.user }, { kind: 'text', text: step.user });
    } else if ('choose' in step) {
      const choice = wait > 0 ? undefined : shown.at(-1)?.choices.find(({ id }) => id === step.choose);
      if (choice === undefined) leftOut += 1;
      else take({ kind: 'press', label: choice.label }, { kind: 'choice', id: choice.id });
    }
  }
  return { story: transcript.story, transcript, turns, calls: player.calls, forgot, leftOut };
}

export const readOf = (message: Outgoing, texts: Texts): Read => ({
  text: oneLine(plainText(message, texts)),
  choices: message.choices.map(({ label }) => oneLine(label)),
});

/** Words without their line breaks, which a cut into pieces may move. */
export const oneLine = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
