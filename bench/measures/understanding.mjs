// What it takes to understand one message: the danger screen and the answer search, over our own example sentences.
import { loadUnderstanding } from '../lib/core.mjs';
import { exampleSentences } from '../lib/example-sentences.mjs';
import { quantile } from '../lib/figures.mjs';

const ROUNDS = 3;

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
}
