import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Urgency } from './report.js';

const schema = z.strictObject({
  accept: z.strictObject({
    /** Minutes from the report until an agency must have taken it. */
    urgent_minutes: z.number().int().positive(),
    normal_minutes: z.number().int().positive(),
    basis: z.string().min(1),
  }),
});
export type Deadlines = z.infer<typeof schema>;

/** Reads data/deadlines.yaml. @throws with the cause in words when the file is broken: the service must not start on it. */
export function loadDeadlines(root: string): Deadlines {
  const file = path.join(root, 'data/deadlines.yaml');
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`data/deadlines.yaml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** When the agency must have taken the report. */
export function acceptBy(deadlines: Deadlines, urgency: Urgency, receivedAt: Date): Date {
  const minutes = urgency === 'urgent' ? deadlines.accept.urgent_minutes : deadlines.accept.normal_minutes;
  return new Date(receivedAt.getTime() + minutes * 60_000);
}
