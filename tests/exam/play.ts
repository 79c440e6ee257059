import { BETWEEN_MESSAGES } from '../../src/conversation/stories/play.js';
import type { Person, Seen } from '../stand-ins/person.js';
import type { Candidate } from './candidates.js';
import { type Act, oneLine, type Plan, type Read } from './plan.js';
import type { Stage } from './stage.js';

const MINUTE = 60_000;

/** Where a channel's talk parted from the story. */
export interface Difference {
  readonly story: string;
  /** Counted from 1; 0 for the story as a whole. */
  readonly turn: number;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Plays a story on a channel as one new person. Ends at the first turn that differs; what follows would only be noise. */
export async function playStory(candidate: Candidate, stage: Stage, plan: Plan): Promise<Difference[]> {
  const person = candidate.person();
  stage.begin(plan.transcript);
  const differs = (turn: number, expected: unknown, got: unknown): Difference[] =>
    JSON.stringify(expected) === JSON.stringify(got) ? [] : [{ story: plan.story, turn, expected, got }];

  for (const [index, turn] of plan.turns.entries()) {
    stage.passTime(turn.wait * MINUTE + BETWEEN_MESSAGES);
    const turnsBefore = stage.turns();
    let got: unknown;
    try {
      const seen = await seenAfter(candidate, stage, person, turn.act);
      got = seen.map((message, place) => readSeen(message, turn.reads[place]));
    } catch (error) {
      got = error instanceof Error ? error.message : error;
    }
    const found = [
      ...differs(index + 1, turn.reads, got),
      ...differs(index + 1, { turns: 1 }, { turns: stage.turns() - turnsBefore }),
    ];
    if (found.length > 0) return found;
  }
  return [
    ...differs(0, counted(plan.calls), counted(stage.calls())),
    ...differs(0, { forgot: plan.forgot }, { forgot: stage.forgot() }),
    ...differs(0, [], stage.faults),
  ];
}

async function doIt(person: Person, act: Act): Promise<void> {
  switch (act.kind) {
    case 'start':
      return person.start(act.parameter);
    case 'write':
      return person.write(act.text);
    case 'press':
      return person.press(act.label);
    case 'file': {
      const caption = act.caption === undefined ? {} : { caption: act.caption };
      return person.sendFile({ kind: act.file, bytes: Buffer.from('a file'), ...caption });
    }
    case 'location':
      return person.sendLocation(...act.at);
    case 'sticker':
      return person.sendSticker();
    case 'edit':
      if (person.edit === undefined) throw new Error('Nobody can edit here.');
      return person.edit(act.text);
  }
}

/** Calls with their files counted: the ids under which files are kept are made anew in each talk. */
const counted = (calls: readonly object[]): unknown =>
  JSON.parse(
    JSON.stringify(calls, (key, value) =>
      key === 'evidence' && Array.isArray(value) ? value.length : value,
    ),
  );

/** What appears on the person's screen after what they do, each message with all its pieces. */
async function seenAfter(
  candidate: Candidate,
  stage: Stage,
  person: Person,
  act: Act,
): Promise<(readonly Seen[])[]> {
  const before = person.screen.length;
  await doIt(person, act);
  const waiting = stage.takeOutbox();
  const { sender } = candidate;
  if (sender === undefined) return person.screen.slice(before).map((seen) => [seen]);
  // As the deliver job does: message by message, piece by piece.
  const messages: (readonly Seen[])[] = [];
  for (const { address = '', message } of waiting) {
    const from = person.screen.length;
    for (let piece = 0; piece < sender.pieces(message); piece += 1)
      await sender.send(address, message, piece);
    messages.push(person.screen.slice(from));
  }
  // Nothing may reach the screen by another way.
  return before + messages.flat().length === person.screen.length ? messages : [...messages, person.screen];
}

/** What a person reads of a message: choices are buttons, or the numbered lines at its end where the story expects choices. */
function readSeen(pieces: readonly Seen[], expected: Read | undefined): Read {
  const buttons = pieces.flatMap((piece) => piece.buttons).map(oneLine);
  const text = oneLine(pieces.map((piece) => piece.text).join('\n'));
  if (buttons.length > 0 || expected === undefined) return { text, choices: buttons };
  const list = expected.choices.map((label, index) => ` ${index + 1}. ${label}`).join('');
  return list !== '' && text.endsWith(list)
    ? { text: text.slice(0, -list.length), choices: expected.choices }
    : { text, choices: buttons };
}
