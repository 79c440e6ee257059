import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { fillerOf, type TextValues, type ValueOf } from './fill.js';
import { wordingsOf } from './wordings.js';

/** How we speak to the person: Vietnamese has no neutral "you". `teen` (bạn/mình) is the safe one when we do not know. */
export const VOICES = ['child', 'teen', 'adult'] as const;
export type Voice = (typeof VOICES)[number];

export type { TextValues } from './fill.js';

/** The catalogue of everything people read. */
export interface Texts {
  /** The text in the voice (else in `teen`), with ICU placeholders filled. Throws `UnknownText` for a key that does not exist. */
  say(key: string, voice?: Voice, values?: TextValues | ValueOf): string;
  has(key: string): boolean;
  /** Whether this voice has words of its own, or one text serves all. */
  hasVoice(key: string, voice: Voice): boolean;
  /** Every wording the text can take in the voice, placeholders left standing as "{name}"; for checks. Throws `UnknownText`. */
  wordings(key: string, voice: Voice): readonly string[];
  /** Whether the text has placeholders or choices in it, so that it needs values. */
  takesValues(key: string, voice?: Voice): boolean;
  readonly keys: readonly string[];
}

export class UnknownText extends Error {
  constructor(key: string) {
    super(`No text "${key}" in locales/. Add it there, or correct the key where it is used.`);
  }
}

type Entry = string | Partial<Record<Voice, string>>;

/**
 * Reads every *.yaml of a folder, e.g. locales/vi/messages. The file's name is the first part of the key:
 * `report.yaml` with `where: {ask: …}` gives `report.where.ask`. A text is a string (all voices) or a map of voices.
 */
export function loadTexts(folder: string): Texts {
  const entries = new Map<string, Entry>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const content: unknown = parse(readFileSync(path.join(folder, file), 'utf8'));
    collect(entries, path.basename(file, '.yaml'), content, path.join(folder, file));
  }
  return createTexts(entries);
}

function collect(entries: Map<string, Entry>, key: string, value: unknown, file: string): void {
  if (typeof value === 'string') {
    entries.set(key, value.trim());
    return;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(`${file}: "${key}" must be a text, a map of voices or a map of texts.`);
  }
  const parts = Object.entries(value);
  if (parts.length > 0 && parts.every(([name]) => (VOICES as readonly string[]).includes(name))) {
    const voices: Partial<Record<Voice, string>> = {};
    for (const [voice, text] of parts) voices[voice as Voice] = String(text).trim();
    if (voices.teen === undefined)
      throw new Error(`${file}: "${key}" has no teen voice, the one the others fall back to.`);
    entries.set(key, voices);
    return;
  }
  for (const [name, part] of parts) collect(entries, `${key}.${name}`, part, file);
}

/** A text in one voice; `fill` is made when it is first said with values. */
interface Wording {
  readonly text: string;
  readonly takesValues: boolean;
  fill?: ReturnType<typeof fillerOf>;
}

function createTexts(entries: ReadonlyMap<string, Entry>): Texts {
  const wordings = new Map<string, Readonly<Record<Voice, Wording>>>();
  for (const [key, entry] of entries) {
    const wordingOf = (text: string): Wording => ({ text, takesValues: text.includes('{') });
    const own = (voice: Voice) =>
      wordingOf(typeof entry === 'string' ? entry : (entry[voice] ?? entry.teen ?? ''));
    wordings.set(key, { child: own('child'), teen: own('teen'), adult: own('adult') });
  }
  const find = (key: string, voice: Voice): Wording => {
    const found = wordings.get(key);
    if (found === undefined) throw new UnknownText(key);
    return found[voice];
  };
  return {
    keys: [...entries.keys()],
    has: (key) => entries.has(key),
    hasVoice: (key, voice) => {
      const entry = entries.get(key);
      return typeof entry === 'string' || entry?.[voice] !== undefined;
    },
    takesValues: (key, voice = 'teen') => find(key, voice).takesValues,
    wordings: (key, voice) => wordingsOf(find(key, voice).text),
    say(key, voice = 'teen', values) {
      const wording = find(key, voice);
      if (!wording.takesValues) return wording.text;
      wording.fill ??= fillerOf(wording.text);
      return wording.fill(values ?? {});
    },
  };
}
