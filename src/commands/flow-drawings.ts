import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describeLanguage } from '../conversation/describe-language.js';
import { drawFlow } from '../conversation/draw-flows.js';
import type { Flow } from '../conversation/flow-schema.js';
import type { Texts } from '../texts/texts.js';

/** The pages of docs/flows by their names: one for each flow, and the page of the language. */
export function drawings(root: string, flows: readonly Flow[], texts: Texts): ReadonlyMap<string, string> {
  const pages = flows.map((flow): [string, string] => {
    const drawn = drawFlow({ ...flow, file: path.relative(root, flow.file) }, texts);
    return [`${flow.name.replaceAll('_', '-')}.md`, drawn];
  });
  return new Map([...pages, ['language.md', describeLanguage()]]);
}

/** Names of the pages that are not as they would be drawn now. */
export const outdated = (folder: string, pages: ReadonlyMap<string, string>): string[] =>
  [...pages]
    .filter(([name, page]) => {
      const file = path.join(folder, name);
      return !existsSync(file) || readFileSync(file, 'utf8') !== page;
    })
    .map(([name]) => name);
