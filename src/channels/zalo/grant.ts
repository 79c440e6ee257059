import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChannelNotes } from '../push-channel.js';
import type { TokenPair } from './oauth.js';

const NOTE = 'token';
/** Seeds that are remembered; an operator sets one or two a year. */
const SEEDS = 20;

const pair = z.object({ access: z.string(), refresh: z.string(), obtained: z.number(), expires: z.number() });
/** A pair as it is kept; times in milliseconds since 1970. */
export type KeptPair = z.infer<typeof pair>;

const grant = z.object({
  /** Hashes of the seeds that were adopted or found spent, newest last: an old one never overwrites newer tokens. */
  seeds: z.array(z.string()),
  pair: pair.optional(),
  /** For whoever must find out what happened; spent. */
  previous: pair.optional(),
  /** Zalo knows the refresh token no more: only a new seed helps. */
  lost: z.boolean(),
});
export type Grant = z.infer<typeof grant>;

/** The grant as it stands in the store. `raw` tells whether somebody wrote meanwhile. */
export interface ReadGrant extends Grant {
  readonly raw: string | undefined;
}

export async function readGrant(notes: ChannelNotes): Promise<ReadGrant> {
  const raw = await notes.read(NOTE);
  return { ...(raw === undefined ? { seeds: [], lost: false } : grant.parse(JSON.parse(raw))), raw };
}

/** Durable when it resolves. */
export const writeGrant = (notes: ChannelNotes, next: Grant): Promise<void> =>
  notes.write(NOTE, JSON.stringify(grant.parse(next)));

/** What is remembered of a seed. */
export const seedHash = (refreshToken: string): string =>
  createHash('sha256').update(`zalo seed ${refreshToken}`).digest('hex');

export const withSeed = (seeds: readonly string[], seed: string): string[] =>
  [...seeds.filter((known) => known !== seed), seed].slice(-SEEDS);

/** The grant after a refresh. */
export const renewed = (before: Grant, seeds: readonly string[], fresh: TokenPair, now: number): Grant => ({
  seeds: [...seeds],
  pair: { access: fresh.access, refresh: fresh.refresh, obtained: now, expires: now + fresh.lifetime },
  ...(before.pair === undefined ? {} : { previous: before.pair }),
  lost: false,
});
