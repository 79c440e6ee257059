import { z } from 'zod';

/** A legal document that answers may cite, with its dates of effect (data/documents.yaml). */
export const documentsSchema = z.array(
  z.strictObject({
    /** Official number, e.g. "102/2016/QH13". */
    number: z.string().min(1),
    name: z.string().min(1),
    /** Absent where we could not find it out: then it cannot be cited. */
    effective_from: z.iso.date().optional(),
    /** The last day on which it is in force. */
    effective_to: z.iso.date().optional(),
    replaced_by: z.string().optional(),
    /** Where we read it. */
    source: z.string().min(1),
    /** `VB` the text itself was seen, `TC` a trustworthy account of it. */
    confidence: z.enum(['VB', 'TC']),
    note: z.string().optional(),
    articles_verified: z.array(z.number().int().positive()).optional(),
  }),
);
export type LegalDocument = z.infer<typeof documentsSchema>[number];

/** Whether the document is in force on that day (ISO date). */
export function inForce(document: LegalDocument, day: string): boolean {
  const { effective_from: from, effective_to: to } = document;
  return from !== undefined && from <= day && (to === undefined || day <= to);
}
