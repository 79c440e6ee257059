import type { Understanding } from '../../understanding/understanding.js';
import type { ChannelName, IncomingContent, Outgoing } from '../message.js';
import type { Call, CallOutcome, Engine, StepContext, StepResult, Talk } from '../talk.js';
import type { Transcript } from './transcript.js';

/** One turn as it went: what came in, what went out, what the talk then was. */
export interface Turn {
  readonly said: IncomingContent;
  readonly outgoing: readonly Outgoing[];
  readonly danger: boolean;
  readonly talk: Talk;
}

const MINUTE = 60_000;
export const CODE = '0912 345 678\n0387 654 321';
const SECOND_CODE = '0988 111 222\n0355 333 444';

/** When every story begins, milliseconds since 1970. */
export const STORY_BEGINS = Date.UTC(2026, 10, 2, 1, 0);
/** How long a person takes between two messages, milliseconds. */
export const BETWEEN_MESSAGES = 5_000;

/** Answers the calls of a story: what its `outcomes` say, in order, else that all went well. `calls` keeps what was asked. */
export function createOutcomes({ outcomes = {} }: Pick<Transcript, 'outcomes'>) {
  const calls: Call[] = [];
  const left = new Map(Object.entries(outcomes).map(([action, list]) => [action, [...list]]));
  const usual = (call: Call): CallOutcome => {
    switch (call.action) {
      case 'submit_report':
        return { action: call.action, result: 'ok', code: CODE };
      case 'open_mailbox':
        return { action: call.action, result: 'ok', mailbox: 'mailbox-1', state: 'new', replies: [] };
      case 'write_to_case':
        return { action: call.action, result: 'ok' };
      case 'change_mailbox':
        return {
          action: call.action,
          result: 'ok',
          ...(call.change === 'second_code' ? { code: SECOND_CODE } : {}),
        };
    }
  };
  return {
    calls,
    answer(call: Call): CallOutcome {
      calls.push(call);
      const told = left.get(call.action)?.shift();
      return told ? ({ action: call.action, ...told } as unknown as CallOutcome) : usual(call);
    },
  };
}

/** Plays a transcript on the engine with a pinned clock and counted ids; calls are answered from the transcript. */
export function createPlayer(
  engine: Engine,
  screen: Pick<Understanding, 'screenDanger'>,
  transcript: Pick<Transcript, 'outcomes'>,
  channel: ChannelName,
) {
  let now = STORY_BEGINS;
  let ids = 0;
  let files = 0;
  let talk: Talk | undefined;
  let wakeAt: number | undefined;
  const { calls, answer } = createOutcomes(transcript);

  return {
    calls,
    wait: (minutes: number) => {
      now += minutes * MINUTE;
    },
    /** Lets minutes pass in which the clock rings when the talk asked for it; what was said into the silence. */
    silence(minutes: number): readonly Outgoing[] {
      const until = now + minutes * MINUTE;
      const said: Outgoing[] = [];
      while (talk && wakeAt !== undefined && wakeAt <= until) {
        now = Math.max(now, wakeAt);
        const context: StepContext = { now, channel, danger: null, newId: () => `id-${++ids}` };
        let result = engine.wake(talk, context);
        said.push(...result.outgoing);
        while (result.call) {
          result = engine.resume(result.talk, answer(result.call), context);
          said.push(...result.outgoing);
        }
        talk = JSON.parse(JSON.stringify(result.talk)) as Talk;
        wakeAt = result.wakeAt;
      }
      now = until;
      return said;
    },
    take(said: IncomingContent): Turn & { forget: boolean } {
      now += BETWEEN_MESSAGES;
      const words = 'text' in said ? said.text : undefined;
      const danger = words === undefined ? null : screen.screenDanger(words);
      const kept = said.kind === 'media' ? { evidence: `file-${++files}` } : {};
      const context: StepContext = { now, channel, danger, newId: () => `id-${++ids}`, ...kept };
      const outgoing: Outgoing[] = [];
      let forget = false;
      const keep = (result: StepResult) => {
        outgoing.push(...result.outgoing);
        forget ||= result.forget === true;
        // The store keeps JSON: nothing else may survive a turn.
        talk = JSON.parse(JSON.stringify(result.talk)) as Talk;
        wakeAt = result.wakeAt;
        return talk;
      };
      let result = engine.step(talk, said, context);
      let saved = keep(result);
      while (result.call) {
        result = engine.resume(saved, answer(result.call), context);
        saved = keep(result);
      }
      if (forget) talk = undefined;
      return { said, outgoing, danger: danger !== null, talk: saved, forget };
    },
  };
}
