import { z } from 'zod';

/**
 * Greetings, thanks, "are you a machine": what a person says that is no question. `fits`: also said to the same words in a
 * talk that is about something, after an answer or after an emergency card; there "mấy tuổi thì được" asks on.
 */
export const smalltalkSchema = z.array(
  z.strictObject({
    id: z.string().min(1),
    questions: z.array(z.string().min(1)).min(1),
    fits: z.array(z.enum(['after_answer', 'in_danger'])).default([]),
    reply: z.strictObject({
      teen: z.string().min(1),
      child: z.string().min(1).optional(),
      adult: z.string().min(1).optional(),
    }),
  }),
);
export type Smalltalk = z.infer<typeof smalltalkSchema>[number];
