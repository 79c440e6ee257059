import { plainText } from '../../src/channels/plain.js';
import type {
  ChannelName,
  Choice,
  IncomingContent,
  MediaKind,
  Outgoing,
} from '../../src/conversation/message.js';
import { createPlayer } from '../../src/conversation/stories/play.js';
import { contentOf, type Transcript } from '../../src/conversation/stories/transcript.js';
import type { Call, Engine } from '../../src/conversation/talk.js';
import type { Texts } from '../../src/texts/texts.js';
import type { Understanding } from '../../src/understanding/understanding.js';

/** What a person reads of one message: its words on one line, and what they can choose, in order. */
export interface Read {
  readonly text: string;
  readonly choices: readonly string[];
}

/** What a person does, on whatever channel. */
export type Act =
  | { readonly kind: 'start'; readonly parameter?: string }
  | { readonly kind: 'file'; readonly file: MediaKind; readonly caption?: string }
  | { readonly kind: 'location'; readonly at: readonly [number, number] }
  | { readonly kind: 'sticker' }
  | { readonly kind: 'edit'; readonly text: string }
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
  channel: ChannelName,
  can: (act: Act) => boolean,
): Plan {
  const player = createPlayer(engine, mind, transcript, channel);
  const turns: PlannedTurn[] = [];
  let shown: readonly Outgoing[] = [];
  let wait = 0;
  // Whether staff are on duty is the same for every story here.
  let leftOut = transcript.office === undefined ? 0 : 1;
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
      continue;
    }
    // The clock that rings into a silence is the service's own, not a channel's.
    if ('silence' in step) {
      leftOut += 1;
      break;
    }
    const said = contentOf(step);
    if (said === undefined) continue;
    const act = actOf(said, wait > 0 ? [] : (shown.at(-1)?.choices ?? []));
    if (act !== undefined && can(act)) take(act, said);
    else leftOut += 1;
  }
  return { story: transcript.story, transcript, turns, calls: player.calls, forgot, leftOut };
}

/** How a person does what the story says; undefined for what nobody can do: send blanks, press what is not there. */
function actOf(said: IncomingContent, offered: readonly Choice[]): Act | undefined {
  switch (said.kind) {
    case 'start':
      return said.parameter === undefined ? { kind: 'start' } : { kind: 'start', parameter: said.parameter };
    case 'text':
      return said.text.trim() === '' ? undefined : { kind: 'write', text: said.text };
    case 'choice': {
      const choice = offered.find(({ id }) => id === said.id);
      return choice && { kind: 'press', label: choice.label };
    }
    case 'media':
      return { kind: 'file', file: said.media, ...(said.text === undefined ? {} : { caption: said.text }) };
    case 'location':
      return { kind: 'location', at: [said.latitude, said.longitude] };
    case 'edited':
      return { kind: 'edit', text: said.text };
    case 'other':
      return said.what === 'sticker' ? { kind: 'sticker' } : undefined;
  }
}

export const readOf = (message: Outgoing, texts: Texts): Read => ({
  text: oneLine(plainText(message, texts)),
  choices: message.choices.map(({ label }) => oneLine(label)),
});

/** Words without their line breaks, which a cut into pieces may move. */
export const oneLine = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
