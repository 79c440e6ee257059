import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { IncomingContent, Outgoing } from '../conversation/message.js';
import type { Call, CallOutcome, StepContext, StepResult, Talk } from '../conversation/talk.js';
import { vietnamDay } from '../directory/vietnam-day.js';
import { loadCore } from '../start/core.js';

/** `npm run chat`: the real engine in the terminal. Practice only: nothing is kept or sent, calls get invented outcomes. */
const today = vietnamDay(Date.now());
const core = loadCore({ root: process.cwd(), today });
const { engine, understanding } = core;
const texts = core.texts.messages;
for (const problem of core.problems) console.error(problem);

let talk: Talk | undefined;

function take(content: IncomingContent): void {
  const danger = content.kind === 'text' ? understanding.screenDanger(content.text) : null;
  const context: StepContext = { now: Date.now(), newId: randomUUID, channel: 'webchat', danger };
  let result: StepResult = engine.step(talk, content, context);
  result.outgoing.forEach(show);
  while (result.call) {
    console.log(`  ${texts.say(`practice.${result.call.action}`)}`);
    result = engine.resume(result.talk, invent(result.call), context);
    result.outgoing.forEach(show);
  }
  talk = result.forget ? undefined : result.talk;
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
  }
}

function show(message: Outgoing): void {
  const mark = message.kind === 'danger' ? '!' : ' ';
  console.log(`\n${mark} ${message.text.replaceAll('\n', '\n  ')}`);
  for (const source of message.sources) console.log(`    ${source.label}`);
  const labels = message.choices.map(({ label }, index) => `${index + 1} ${label}`);
  if (labels.length > 0) console.log(`  [${labels.join('] [')}]`);
}

console.log(texts.say('practice.hello'));
take({ kind: 'start' });
const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n> ' });
lines.prompt();
lines.on('line', (line) => {
  if (line.trim() === '/thoat') {
    lines.close();
    return;
  }
  // "#id" presses a button by its id, to try old and unknown ones.
  take(line.startsWith('#') ? { kind: 'choice', id: line.slice(1) } : { kind: 'text', text: line });
  lines.prompt();
});
lines.on('close', () => console.log(texts.say('practice.bye')));
