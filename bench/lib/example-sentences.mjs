// The project's own example sentences: the question forms of its answers. Nothing from outside.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** All of them, in an order that mixes the topics and is the same each time. */
export function exampleSentences(root) {
  const folder = path.join(root, 'locales/vi/answers');
  const sentences = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parse(readFileSync(path.join(folder, name), 'utf8'))?.questions ?? []);
  const random = mulberry32(7);
  return sentences
    .map((text) => [random(), text])
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text);
}

/** A small seeded generator, so that every run sees the same order. */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
