import type { Danger, Understanding } from '../understanding/understanding.js';
import type { Incoming, IncomingContent, Outgoing } from './message.js';
import type { Engine, StepContext, StepResult } from './talk.js';
import type { ReceiveMessage, TurnOutcome } from './turn.js';
import type { Committed, OpenTurn, TurnEnd, TurnStore } from './turn-store.js';

/** A flow may ask for this many calls in one turn; more is a fault of the flow. */
const MAX_CALLS_PER_TURN = 5;

export interface TurnParts {
  readonly engine: Engine;
  readonly understanding: Pick<Understanding, 'screenDanger'>;
  readonly store: TurnStore;
  readonly now: () => number;
  readonly newId: () => string;
  /** Tells the jobs what was committed. Its failure loses nothing: the sweeper finds it. */
  readonly afterCommit: (committed: Committed) => void;
  /** Given, after the commit, the scrubbed questions that nobody could answer. Must not tie them to the turn. */
  readonly noteUnanswered: (questions: readonly string[]) => void;
  /** Told of every turn, for metrics and logs; ids and kinds only. `card`: the emergency card was given, for the first time. */
  readonly observe: (turn: {
    channel: string;
    outcome: TurnOutcome['kind'];
    card: boolean;
    milliseconds: number;
    error?: unknown;
  }) => void;
  /** Milliseconds after which an emergency card stops waiting for the database. */
  readonly cardPatience: number;
}

type Taken = TurnOutcome & { readonly card: boolean; readonly error?: unknown };

/**
 * One incoming message, one turn, one transaction. The danger screen runs first, in memory: when the database or the
 * queue is away or slow, the card still goes out at once and the platform's redelivery becomes the turn.
 */
export function createReceiveMessage(parts: TurnParts): ReceiveMessage {
  return async (incoming) => {
    const started = parts.now();
    const danger = screen(parts, incoming);
    const context: StepContext = { now: started, newId: parts.newId, channel: incoming.channel, danger };
    const outcome = await takeOrGiveCard(parts, incoming, context);
    parts.observe({
      channel: incoming.channel,
      outcome: outcome.kind,
      card: outcome.card,
      milliseconds: parts.now() - started,
      ...(outcome.error === undefined ? {} : { error: outcome.error }),
    });
    return { kind: outcome.kind, messages: outcome.messages };
  };
}

function screen(parts: TurnParts, incoming: Incoming): Danger | null {
  const { content } = incoming;
  const words = 'text' in content ? content.text : undefined;
  return words === undefined ? null : parts.understanding.screenDanger(words);
}

async function takeOrGiveCard(parts: TurnParts, incoming: Incoming, context: StepContext): Promise<Taken> {
  const unavailable = (error: unknown): Taken => ({
    kind: 'unavailable',
    messages: parts.engine.withoutStore(context),
    card: context.danger !== null,
    error,
  });
  const turn = storeTurn(parts, incoming, context).catch(unavailable);
  if (context.danger === null) return turn;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Taken>((resolve) => {
    timer = setTimeout(() => resolve(unavailable(new CardDidNotWait())), parts.cardPatience);
  });
  return Promise.race([turn, patience]).finally(() => clearTimeout(timer));
}

/** The database took too long for a message in danger; the card went out without it. The turn itself may still commit. */
export class CardDidNotWait extends Error {
  readonly code = 'card_did_not_wait';
}

async function storeTurn(parts: TurnParts, incoming: Incoming, context: StepContext): Promise<Taken> {
  let unanswered: readonly string[] = [];
  let card = false;
  const stored = await parts.store.takeTurn(incoming, context.now, async (turn) => {
    const { end, first } = await runSteps(parts.engine, turn, incoming, context);
    unanswered = end.forget ? [] : (first.unanswered ?? []);
    card = first.card === true;
    return end;
  });
  if (stored.kind === 'done') {
    parts.afterCommit(stored.committed);
    if (unanswered.length > 0) parts.noteUnanswered(unanswered);
  }
  return { kind: stored.kind, messages: stored.messages, card };
}

async function runSteps(
  engine: Engine,
  turn: OpenTurn,
  incoming: Incoming,
  context: StepContext,
): Promise<{ readonly end: TurnEnd; readonly first: StepResult }> {
  const heard = await keepMedia(turn, incoming.content, context);
  const first = engine.step(turn.talk, incoming.content, heard);
  return { end: await goOn(engine, turn, first, heard), first };
}

/** Performs the calls that a step asks for, and gathers everything that it says. */
async function goOn(
  engine: Engine,
  turn: OpenTurn,
  first: StepResult,
  context: StepContext,
): Promise<TurnEnd> {
  const outgoing: Outgoing[] = [];
  let forget = false;
  let result = first;
  for (let calls = 0; ; calls += 1) {
    outgoing.push(...result.outgoing);
    forget ||= result.forget === true;
    const { talk, call, wakeAt } = result;
    if (call === undefined) return { talk, outgoing, forget, ...(wakeAt === undefined ? {} : { wakeAt }) };
    if (calls === MAX_CALLS_PER_TURN) throw new TooManyCalls();
    result = engine.resume(talk, await turn.perform(call, context.now), context);
  }
}

/** Wakes a talk in which nobody has written for as long as it said; harmless when it is not time, or was done. */
export function createWakeTalk(
  parts: Pick<TurnParts, 'engine' | 'store' | 'now' | 'newId' | 'afterCommit'>,
): (talkId: string) => Promise<void> {
  return async (talkId) => {
    const now = parts.now();
    const committed = await parts.store.wakeTalk(talkId, now, (turn) => {
      const context: StepContext = { now, newId: parts.newId, channel: turn.channel, danger: null };
      return goOn(parts.engine, turn, parts.engine.wake(turn.talk, context), context);
    });
    if (committed) parts.afterCommit(committed);
  };
}

/** A file is noted in the same transaction, so that it is fetched if and only if the turn is stored. */
async function keepMedia(
  turn: OpenTurn,
  content: IncomingContent,
  context: StepContext,
): Promise<StepContext> {
  if (content.kind !== 'media') return context;
  const evidence = context.newId();
  const kept = await turn.keepEvidence(evidence, content, context.now);
  return kept === 'noted' ? { ...context, evidence } : { ...context, tooManyFiles: true };
}

/** A flow went round in calls without asking the person anything. */
export class TooManyCalls extends Error {
  readonly code = 'too_many_calls';
}
