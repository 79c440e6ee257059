import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { composeSentences, type Parts } from './compose.js';
import { DANGER_KINDS, DANGER_LEVELS, type DangerKind, type DangerLevel } from './understanding.js';

/** A line that the danger screen learns from; without `kind` it tells of no danger. */
export interface DangerSentence {
  /** The sentences it stands for: itself, or those that are composed from it. */
  readonly texts: readonly string[];
  /** The first of them once more, with a question before or after it: many tell and ask in one breath. */
  readonly asked: string;
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
const named = z.record(z.string(), lines);

/**
 * Reads told/ (files for each kind) and calm/ of the danger folder, composed with the phrases of parts.yaml.
 * @throws Error naming the file that is not as it should be.
 */
export function loadDangerSentences(folder: string): readonly DangerSentence[] {
  const parts: Parts = new Map(Object.entries(read(folder, 'parts.yaml', named)));
  const of = (name: string, of: readonly string[]): (readonly string[])[] =>
    of.map((line) => within(name, () => composeSentences(line, parts)));
  const told = yamlFiles(folder, 'told').flatMap((name) => {
    const file = read(folder, name, toldFile);
    return DANGER_LEVELS.flatMap((level) =>
      of(name, file[level]).map((texts) => ({ texts, asked: asked(texts, parts), kind: file.kind, level })),
    );
  });
  const calm = yamlFiles(folder, 'calm').flatMap((name) =>
    of(name, Object.values(read(folder, name, named)).flat()).map((texts) => ({
      texts,
      asked: asked(texts, parts),
    })),
  );
  return [...told, ...calm];
}

function asked([text = '']: readonly string[], parts: Parts): string {
  return composeSentences(`[<asks-before> ]${text}, <asks-after>`, parts)[0] ?? text;
}

function yamlFiles(folder: string, part: string): string[] {
  return readdirSync(join(folder, part))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(part, name));
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  return within(name, () => {
    const result = schema.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
    if (!result.success) throw new Error(z.prettifyError(result.error));
    return result.data;
  });
}

function within<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`danger words ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
