// What it takes to understand one message: the danger screen and the answer search, over our own example sentences.
import { loadUnderstanding } from '../lib/core.mjs';
import { exampleSentences } from '../lib/example-sentences.mjs';
import { quantile } from '../lib/figures.mjs';

const ROUNDS = 3;

/** What nobody should send, and somebody will: the slowest of them may take 5 ms. */
const BAD_INPUT = [
  'a'.repeat(100_000),
  'khong'.repeat(20_000),
  'ba đánh em hoài '.repeat(7000),
  '. '.repeat(50_000),
  '? '.repeat(50_000),
  't.ự'.repeat(25_000),
  'k1 '.repeat(33_000),
  '😭💔🔪'.repeat(15_000),
  '\u0000\u0007\u001b[31m\u202e\u2066'.repeat(15_000),
  "'; DROP TABLE answers; -- ".repeat(4000),
  '<script>alert(1)</script>'.repeat(4000),
  'ជួយខ្ញុំផង '.repeat(8000),
  'please help me '.repeat(6500),
];

export async function measureUnderstanding({ snapshot, figures }) {
  const understanding = await loadUnderstanding(snapshot);
  const sentences = exampleSentences(snapshot.folder);
  const parts = {
    'danger screen': (text) => understanding.screenDanger(text),
    'answer search': (text) => understanding.findAnswers(text),
    both: (text) => [understanding.screenDanger(text), understanding.findAnswers(text)],
  };
  for (const [name, work] of Object.entries(parts)) {
    // The first round lets the compiler settle; a service that runs all day is past that.
    for (const text of sentences) work(text);
    const waits = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const text of sentences) {
        const started = performance.now();
        work(text);
        waits.push((performance.now() - started) * 1000);
      }
    }
    waits.sort((a, b) => a - b);
    const target = name === 'both' ? [{ atMost: 100 }, { atMost: 500 }] : [];
    figures.add('understanding one message', `${name}, median`, 'µs', quantile(waits, 0.5), target[0]);
    figures.add('understanding one message', `${name}, p99`, 'µs', quantile(waits, 0.99), target[1]);
  }
  const slowest = BAD_INPUT.map((text) => {
    const waits = [];
    // Another text each time: the last one read is remembered.
    for (let round = 0; round < 20; round += 1) {
      const started = performance.now();
      parts.both(`${round} ${text}`);
      waits.push((performance.now() - started) * 1000);
    }
    return quantile(
      waits.sort((a, b) => a - b),
      0.5,
    );
  });
  figures.add('understanding one message', 'the slowest bad input', 'µs', Math.max(...slowest), {
    atMost: 5000,
  });
}
