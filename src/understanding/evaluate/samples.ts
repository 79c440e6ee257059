import { z } from 'zod';

/** The sample files that `npm run eval` measures on, one JSON object a line. Other fields are ignored. */
const variants = z.array(z.object({ kind: z.string(), text: z.string() })).default([]);

export const questionSample = z.object({
  id: z.string(),
  text: z.string(),
  topic: z.string(),
  danger_ok: z.boolean().default(false),
  variants,
});
export const dangerSample = z.object({
  id: z.string(),
  text: z.string(),
  type: z.string(),
  level: z.string(),
  speaker: z.string().default('unknown'),
  style: z.string().default('unknown'),
  variants,
});
export const quietSample = z.object({ id: z.string(), text: z.string(), kind: z.string().default('other') });

export interface Samples {
  readonly questions: readonly z.infer<typeof questionSample>[];
  readonly danger: readonly z.infer<typeof dangerSample>[];
  readonly harmless: readonly z.infer<typeof quietSample>[];
  readonly ood: readonly z.infer<typeof quietSample>[];
}

/** Parses JSON lines. @throws Error with the line number and cause. */
export function parseLines<T>(text: string, schema: z.ZodType<T>): T[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const result = schema.safeParse(JSON.parse(line));
      if (result.success) return [result.data];
      throw new Error(z.prettifyError(result.error));
    } catch (error) {
      throw new Error(`line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
