import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** A file of data/ cannot be used. The message names the file and the cause; the service must not start with it. */
export class DirectoryDataError extends Error {
  constructor(file: string, cause: string) {
    super(`${file}: ${cause}`);
    this.name = 'DirectoryDataError';
  }
}

/**
 * Reads and checks data/`name` (JSON or YAML by its ending) under `root`.
 * @throws DirectoryDataError when the file is missing, unreadable or not of the schema's shape.
 */
export function readDataFile<Schema extends z.ZodType>(
  root: string,
  name: string,
  schema: Schema,
): z.output<Schema> {
  const file = path.join('data', name);
  const checked = schema.safeParse(parseText(file, readText(root, file)));
  if (!checked.success)
    throw new DirectoryDataError(file, `not as expected.\n${z.prettifyError(checked.error)}`);
  return checked.data;
}

function readText(root: string, file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch (error) {
    throw new DirectoryDataError(
      file,
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    );
  }
}

function parseText(file: string, text: string): unknown {
  try {
    return file.endsWith('.json') ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    throw new DirectoryDataError(file, `cannot be parsed. ${error instanceof Error ? error.message : ''}`);
  }
}

/** Data with dates of effect counts on the days from `effective_from` to `effective_to`, both included. */
export interface Dated {
  readonly effective_from: string;
  readonly effective_to?: string | undefined;
}

/** Whether it counts on that day (ISO date). */
export function isInForce(dated: Dated, on: string): boolean {
  return dated.effective_from <= on && (dated.effective_to === undefined || on <= dated.effective_to);
}
