import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createEngine } from '../conversation/engine.js';
import { describeProblem, loadFlows } from '../conversation/load-flows.js';
import {
  CHANNEL_NAMES,
  type ChannelName,
  type IncomingContent,
  type Outgoing,
} from '../conversation/message.js';
import { readOfficeHours } from '../conversation/office-hours.js';
import { createStoryRecorder } from '../conversation/stories/record.js';
import { recordTexts } from '../conversation/stories/recording-texts.js';
import type { Call, CallOutcome, StepContext, StepResult, Talk } from '../conversation/talk.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import { loadTexts } from '../texts/texts.js';
import { readChatInput } from './chat-input.js';
import { lookOf } from './chat-look.js';
import { createMind } from './practice-mind.js';

/**
 * `npm run chat`: the real engine in the terminal. Practice only: nothing is kept or sent, calls get invented outcomes.
 * `-- --channel zalo` shows it as that channel does, `-- --record FILE` writes the talk down as a story.
 */
const root = process.cwd();
const { values: options } = parseArgs({
  options: { channel: { type: 'string', default: 'webchat' }, record: { type: 'string' } },
});
const channel = channelNamed(options.channel);
const texts = recordTexts(loadTexts(path.join(root, 'locales/vi/messages')));
const { flows, problems } = loadFlows(path.join(root, 'flows'));
const mind = createMind(root, vietnamDay(Date.now()));
const officeAt = readOfficeHours(path.join(root, 'data/office-hours.yaml'));
const engine = createEngine({ flows, texts, mind, officeAt });
const recorder = createStoryRecorder(texts, channel);
for (const problem of problems) console.error(describeProblem(problem));

let talk: Talk | undefined;
let wakeAt: number | undefined;
/** Minutes that were let pass, so far, as milliseconds. */
let passed = 0;

function channelNamed(name: string): ChannelName {
  const known = CHANNEL_NAMES.find((each) => each === name);
  if (known) return known;
  console.error(`There is no channel "${name}". Say one of: ${CHANNEL_NAMES.join(', ')}.`);
  return process.exit(2);
}

function take(content: IncomingContent): void {
  recorder.said(content);
  const words = 'text' in content ? content.text : undefined;
  const danger = words === undefined ? null : mind.screenDanger(words);
  const evidence = content.kind === 'media' ? { evidence: randomUUID() } : {};
  recorder.answered(carryOut((context) => engine.step(talk, content, context), { danger, ...evidence }));
}

/** One turn: what the engine does, the calls it asks for, what it says. */
function carryOut(act: (context: StepContext) => StepResult, change: Partial<StepContext>): Outgoing[] {
  const context: StepContext = {
    now: Date.now() + passed,
    newId: randomUUID,
    channel,
    danger: null,
    ...change,
  };
  let result = act(context);
  const said = [...result.outgoing];
  while (result.call) {
    recorder.called(result.call);
    console.log(`  ${texts.say(`practice.${result.call.action}`)}`);
    result = engine.resume(result.talk, invent(result.call), context);
    said.push(...result.outgoing);
  }
  for (const message of said) console.log(`\n${lookOf(message, channel)}`);
  talk = result.forget ? undefined : result.talk;
  wakeAt = result.wakeAt;
  return said;
}

/** Lets minutes pass; the clock rings where the talk asked for it. */
function letPass(minutes: number): void {
  recorder.silent(minutes);
  const until = Date.now() + passed + minutes * 60_000;
  const said: Outgoing[] = [];
  while (talk && wakeAt !== undefined && wakeAt <= until) {
    const asleep = talk;
    passed = Math.max(passed, wakeAt - Date.now());
    said.push(...carryOut((context) => engine.wake(asleep, context), {}));
  }
  recorder.answered(said);
  passed = until - Date.now();
}

function invent(call: Call): CallOutcome {
  switch (call.action) {
    case 'submit_report':
      return { action: call.action, result: 'ok', code: '0900 000 001\n0300 000 002' };
    case 'open_mailbox': {
      const replies = [{ text: texts.say('practice.reply'), at: Date.now() }];
      return { action: call.action, result: 'ok', mailbox: 'practice', state: 'accepted', replies };
    }
    case 'write_to_case':
      return { action: call.action, result: 'ok' };
    case 'change_mailbox':
      return {
        action: call.action,
        result: 'ok',
        ...(call.change === 'second_code' ? { code: '0900 000 003\n0300 000 004' } : {}),
      };
  }
}

console.log(texts.say('practice.hello'));
take({ kind: 'start' });
const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n> ' });
lines.prompt();
lines.on('line', (line) => {
  const input = readChatInput(line);
  if (input.kind === 'end') {
    lines.close();
    return;
  }
  if (input.kind === 'silence') letPass(input.minutes);
  else take(input.content);
  lines.prompt();
});
lines.on('close', () => {
  if (options.record !== undefined) {
    writeFileSync(options.record, recorder.asYaml(path.basename(options.record, '.yaml')));
    console.log(options.record);
  }
  console.log(texts.say('practice.bye'));
});
