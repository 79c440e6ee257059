import type { Texts } from '../../texts/texts.js';
import type { Outgoing } from '../message.js';

/** Texts that remember under which key each rendered text was said, so that a test can speak of keys. */
export interface RecordingTexts extends Texts {
  /** The message by the keys of its parts, e.g. "repair.unclear_1 + report.where.ask"; by its kind when no text of ours. */
  describe(message: Outgoing): string;
  readonly said: ReadonlySet<string>;
}

export function recordTexts(texts: Texts): RecordingTexts {
  const keyOf = new Map<string, string>();
  const said = new Set<string>();
  return {
    ...texts,
    said,
    say(key, voice, values) {
      const text = texts.say(key, voice, values);
      keyOf.set(text, key);
      said.add(key);
      return text;
    },
    describe(message) {
      const keys = message.text.split('\n\n').map((part) => keyOf.get(part));
      return keys.every((key) => key !== undefined) ? keys.join(' + ') : message.kind;
    },
  };
}
