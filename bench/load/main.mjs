// The load process. Takes one JSON argument: {port, connections, root, turns | seconds, rate?}, prints one JSON line.
// Without `rate` each connection sends as fast as it is answered (full load). With `rate` (turns/s) messages come at
// even times whatever the service does, and the wait counts from when a message was due, so that a stall is not hidden.
import { exampleSentences } from '../lib/example-sentences.mjs';
import { quantile } from '../lib/figures.mjs';
import { openConnection } from './connection.mjs';
import { createPerson } from './person.mjs';

const { port, connections, root, turns = Infinity, seconds = Infinity, rate } = JSON.parse(process.argv[2]);
const texts = exampleSentences(root);
const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
const people = open.map((connection) => createPerson(connection, texts));

const waits = [];
let bytes = 0;
let begun = 0;
const started = performance.now();
const over = () => begun >= turns || performance.now() - started >= seconds * 1000;
const oneTurn = async (person, due) => {
  begun += 1;
  // Not `bytes += await …`: that would read the sum before the wait and lose what others added meanwhile.
  const received = await person.turn();
  bytes += received;
  waits.push(performance.now() - due);
};

if (rate === undefined) await atFullLoad();
else await atEvenTimes();
const took = (performance.now() - started) / 1000;
for (const connection of open) connection.close();

waits.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    turns: waits.length,
    turnsPerSecond: waits.length / took,
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    answerBytes: bytes / waits.length,
    /** How busy this process was itself; near 1 means that it, not the service, was the limit. */
    loadCores: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 / process.uptime(),
  }),
);

async function atFullLoad() {
  await Promise.all(
    people.map(async (person) => {
      while (!over()) await oneTurn(person, performance.now());
    }),
  );
}

async function atEvenTimes() {
  const idle = [...people];
  const queue = [];
  const running = new Set();
  let scheduled = 0;
  while (!over()) {
    for (; scheduled < ((performance.now() - started) / 1000) * rate; scheduled += 1)
      queue.push(started + (scheduled / rate) * 1000);
    while (queue.length > 0 && idle.length > 0) {
      const person = idle.pop();
      const turn = oneTurn(person, queue.shift()).finally(() => {
        idle.unshift(person);
        running.delete(turn);
      });
      running.add(turn);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(running);
}
