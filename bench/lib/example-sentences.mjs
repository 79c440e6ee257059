// The project's own example sentences: the question forms of its answers. Nothing from outside.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { hash } from './hash.mjs';

/** All of them, in an order that mixes the topics and is the same each time. */
export function exampleSentences(root) {
  const folder = path.join(root, 'locales/vi/answers');
  const sentences = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parse(readFileSync(path.join(folder, name), 'utf8'))?.questions ?? []);
  return sentences.sort((one, other) => hash(one) - hash(other));
}
