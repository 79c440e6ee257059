import { z } from 'zod';
import { isInForce, readDataFile } from '../directory/data-file.js';
import { OFFER_KINDS, type OfferKind } from './referral.js';

const file = z.strictObject({
  title: z.string(),
  source: z.string(),
  prepared: z.iso.date(),
  grounds: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z-]+$/),
        kinds: z.array(z.enum(OFFER_KINDS)).min(1),
        /** Document and article. */
        basis: z.string().min(1),
        text: z.string().min(1),
        effective_from: z.iso.date(),
        effective_to: z.iso.date().optional(),
        /** Only what was read in its wording (VB) or is known from secondary sources (TC). */
        confidence: z.enum(['VB', 'TC']),
      }),
    )
    .min(1),
});
export type ReferralGround = z.infer<typeof file>['grounds'][number];

/** On what ground of law a case may be passed on. */
export interface ReferralGrounds {
  /** Those in force on that day (ISO date), of this kind of offer or of all. */
  on(day: string, kind?: OfferKind): readonly ReferralGround[];
  /** Also one that has ended, for old offers. */
  byId(id: string): ReferralGround | undefined;
}

/** Reads data/referral-grounds.yaml. @throws DirectoryDataError when it is broken or names one id twice. */
export function loadReferralGrounds(root: string): ReferralGrounds {
  const once = file.refine(
    ({ grounds: all }) => new Set(all.map(({ id }) => id)).size === all.length,
    'An id is there twice.',
  );
  const { grounds } = readDataFile(root, 'referral-grounds.yaml', once);
  const byId = new Map(grounds.map((ground) => [ground.id, ground]));
  return {
    on: (day, kind) =>
      grounds.filter(
        (ground) => isInForce(ground, day) && (kind === undefined || ground.kinds.includes(kind)),
      ),
    byId: (id) => byId.get(id),
  };
}
