import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { OFFICE_STATES } from '../conditions.js';
import { CHANNEL_NAMES, type IncomingContent, MEDIA_KINDS } from '../message.js';
import type { OfficeAt } from '../office-hours.js';

/**
 * A conversation as people read it. `user` writes, `choose` presses a button by its id, `start` opens the page (or names what a
 * poster's code carried), `file` sends a photo, voice … with or without `caption`, `location` a pin (latitude, longitude),
 * `sticker`, `edited` changes an earlier message, `sends` what else is no message to us, `wait` lets time pass (minutes),
 * `silence` lets it pass with the clock ringing; `bot` lists what must come back, each message by the keys of its texts or, where the words are not
 * the engine's, by its kind; `any` where the understanding decides and the story does not care, `answer?` where it may answer. `offers` names choices that must be among those of the last message.
 */
const line = z.union([
  z.strictObject({ start: z.union([z.literal(true), z.string()]) }),
  z.strictObject({ file: z.enum(MEDIA_KINDS), caption: z.string().optional() }),
  z.strictObject({ location: z.tuple([z.number(), z.number()]) }),
  z.strictObject({ sticker: z.literal(true) }),
  z.strictObject({ edited: z.string() }),
  z.strictObject({ sends: z.enum(['contact_card', 'too_long', 'unknown']) }),
  z.strictObject({ user: z.string() }),
  z.strictObject({ choose: z.string() }),
  z.strictObject({ wait: z.number().positive() }),
  z.strictObject({ silence: z.number().positive() }),
  z.strictObject({ bot: z.array(z.string()) }),
  z.strictObject({ offers: z.array(z.string()) }),
  z.strictObject({ voice: z.enum(['child', 'teen', 'adult']) }),
]);

const outcome = z.looseObject({ result: z.string() });

/** A story as it is written. */
export const transcriptSchema = z.strictObject({
  story: z.string(),
  /** What goes wrong in the middle of it, for those who look for such stories. */
  goes_wrong: z.string().optional(),
  /** Where it can happen, when not everywhere. */
  channels: z.array(z.enum(CHANNEL_NAMES)).optional(),
  /** Whether staff are on duty while it plays; as the service knows it when absent. */
  office: z.enum(OFFICE_STATES).optional(),
  /** Outcomes of calls that differ from the plain good one, by action, in order. */
  outcomes: z.record(z.string(), z.array(outcome)).optional(),
  steps: z.array(line),
  // biome-ignore lint/suspicious/noThenProperty: a word of the transcripts, nothing awaits it.
  then: z
    .strictObject({
      /** Calls made, each with the parts that matter. */
      calls: z.array(z.looseObject({ action: z.string() })).optional(),
      forget: z.boolean().optional(),
    })
    .optional(),
});
export type Transcript = z.infer<typeof transcriptSchema> & { readonly file: string };

/** Duty as a story wants it, whatever the true hours are. */
export const officeOf = ({ office }: Transcript): OfficeAt | undefined =>
  office &&
  (() => (office === 'closed' ? { state: office, opens: '07:00', opensOn: 'tomorrow' } : { state: office }));

export type TranscriptStep = Transcript['steps'][number];

/** What the person does in this step; undefined for a step that waits or says what must be. */
export function contentOf(step: TranscriptStep): IncomingContent | undefined {
  if ('user' in step) return { kind: 'text', text: step.user };
  if ('choose' in step) return { kind: 'choice', id: step.choose };
  if ('start' in step)
    return step.start === true ? { kind: 'start' } : { kind: 'start', parameter: step.start };
  if ('file' in step) {
    const caption = step.caption === undefined ? {} : { text: step.caption };
    return { kind: 'media', media: step.file, source: `${step.file}-1`, ...caption };
  }
  if ('location' in step) {
    const [latitude, longitude] = step.location;
    return { kind: 'location', latitude, longitude };
  }
  if ('sticker' in step) return { kind: 'other', what: 'sticker' };
  if ('edited' in step) return { kind: 'edited', text: step.edited };
  return 'sends' in step ? { kind: 'other', what: step.sends } : undefined;
}

/** All transcripts of the folder. @throws on one that is not written as above, naming the file. */
export function readTranscripts(folder: string): Transcript[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const parsed = transcriptSchema.safeParse(parse(readFileSync(path.join(folder, file), 'utf8')));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      return { ...parsed.data, file };
    });
}
