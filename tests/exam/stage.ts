import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createMind } from '../../src/commands/practice-mind.js';
import { createEngine } from '../../src/conversation/engine.js';
import { loadFlows } from '../../src/conversation/load-flows.js';
import { createOutcomes, STORY_BEGINS } from '../../src/conversation/stories/play.js';
import type { Transcript } from '../../src/conversation/stories/transcript.js';
import { createReceiveMessage } from '../../src/conversation/take-turn.js';
import { loadTexts } from '../../src/texts/texts.js';
import { createMemoryStore } from './memory-store.js';

/** What is the same for every channel: flows, texts, understanding, and the engine over them. */
export function createCore(root = process.cwd()) {
  const texts = loadTexts(path.join(root, 'locales/vi/messages'));
  const { flows } = loadFlows(path.join(root, 'flows'));
  const mind = createMind(root);
  return { texts, mind, engine: createEngine({ flows, texts, mind }) };
}
export type Core = ReturnType<typeof createCore>;

/** The service behind one channel, on which one story after the other is played: true turns, a store in memory, a clock that is set. */
export function createStage({ engine, mind }: Core) {
  let now = STORY_BEGINS;
  let outcomes = createOutcomes({});
  let forgottenBefore = 0;
  const faults: unknown[] = [];
  const memory = createMemoryStore((call) => outcomes.answer(call));
  const receive = createReceiveMessage({
    engine,
    understanding: mind,
    store: memory.store,
    now: () => now,
    newId: randomUUID,
    noteUnanswered: () => undefined,
    afterCommit: () => undefined,
    observe: ({ error }) => void (error === undefined || faults.push(error)),
    cardPatience: 1_000,
  });
  return {
    receive,
    /** What went wrong inside a turn; must stay empty. */
    faults,
    takeOutbox: memory.takeOutbox,
    turns: memory.turns,
    calls: () => outcomes.calls,
    forgot: () => memory.forgotten() > forgottenBefore,
    begin(transcript: Transcript) {
      now = STORY_BEGINS;
      outcomes = createOutcomes(transcript);
      forgottenBefore = memory.forgotten();
    },
    passTime(milliseconds: number) {
      now += milliseconds;
    },
  };
}
export type Stage = ReturnType<typeof createStage>;
