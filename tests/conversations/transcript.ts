import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * A conversation as people read it. `user` writes, `choose` presses a button by its id, `start` opens the page, `wait` lets time
 * pass (minutes); `bot` lists what must come back, each message by the keys of its texts or, where the words are not
 * the engine's, by its kind; `any` where the understanding decides and the story does not care, `answer?` where it may answer. `offers` names choices that must be among those of the last message.
 */
const line = z.union([
  z.strictObject({ start: z.literal(true) }),
  z.strictObject({ user: z.string() }),
  z.strictObject({ choose: z.string() }),
  z.strictObject({ wait: z.number().positive() }),
  z.strictObject({ bot: z.array(z.string()) }),
  z.strictObject({ offers: z.array(z.string()) }),
  z.strictObject({ voice: z.enum(['child', 'teen', 'adult']) }),
]);

const outcome = z.looseObject({ result: z.string() });

const transcriptSchema = z.strictObject({
  story: z.string(),
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
