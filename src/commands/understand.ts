import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { vietnamDay } from '../directory/vietnam-day.js';
import { createUnderstanding } from '../understanding/create-understanding.js';

// One message a line on stdin, one JSON a line on stdout, in the same order (DESIGN section 9).

const understanding = createUnderstanding({
  root: process.cwd(),
  today: vietnamDay(Date.now()),
});

function understand(line: string): string {
  const danger = understanding.screenDanger(line);
  const found = understanding.findAnswers(line);
  return `${JSON.stringify({
    danger: danger && { kind: danger.kind, level: danger.level },
    outcome: found.outcome,
    answers: found.answers
      .slice(0, 5)
      .map(({ answer, score }) => ({ id: answer.id, topic: answer.topic, score })),
  })}\n`;
}

async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}

// A reader that closes early (head) ends the command quietly.
process.stdout.on('error', () => process.exit(0));

const decoder = new StringDecoder('utf8');
let rest = '';
for await (const chunk of process.stdin) {
  const lines = (rest + decoder.write(chunk)).split('\n');
  rest = lines.pop() ?? '';
  await write(lines.map((line) => understand(line.replace(/\r$/, ''))).join(''));
}
rest += decoder.end();
if (rest !== '') await write(understand(rest));
