import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DANGER_KINDS, DANGER_LEVELS, type DangerKind, type DangerLevel } from './understanding.js';

/** A sentence that the danger screen learns from; without `kind` it tells of no danger. */
export interface DangerSentence {
  readonly text: string;
  readonly kind?: DangerKind;
  readonly level?: DangerLevel;
}

const lines = z.string().transform((text) => text.split('\n').flatMap((line) => line.trim() || []));
const toldFile = z.strictObject({
  kind: z.enum(DANGER_KINDS),
  explicit: lines.default([]),
  implicit: lines.default([]),
  third_party: lines.default([]),
});
const calmFile = z.record(z.string(), lines);

/**
 * Reads told/ (one file for each kind) and calm.yaml of the danger folder.
 * @throws Error naming the file that is not as it should be.
 */
export function loadDangerSentences(folder: string): readonly DangerSentence[] {
  const told = readdirSync(join(folder, 'told'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = read(folder, join('told', name), toldFile);
      return DANGER_LEVELS.flatMap((level) => file[level].map((text) => ({ text, kind: file.kind, level })));
    });
  const calm = Object.values(read(folder, 'calm.yaml', calmFile)).flatMap((texts) =>
    texts.map((text) => ({ text })),
  );
  return [...told, ...calm];
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
  if (!result.success) throw new Error(`danger words ${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}
