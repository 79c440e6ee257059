import { SendFault } from '../channel.js';
import { type ChannelLog, type ChannelNotes, LeaseNotFree, type Leases } from '../push-channel.js';
import type { Alarms } from './alarms.js';
import {
  type Grant,
  type KeptPair,
  type ReadGrant,
  readGrant,
  renewed,
  seedHash,
  withSeed,
  writeGrant,
} from './grant.js';
import { NoAnswer } from './http.js';
import { type OAuthParts, OAuthRefused, refreshTokens } from './oauth.js';

/** Access tokens live 25 hours; they are renewed this long after they came, milliseconds. */
const RENEW_AFTER = 20 * 3_600_000;
/** Or after this share of their life, where Zalo gives them a shorter one. */
const RENEW_SHARE = 0.8;
/** An early renewal that failed is not tried again for so long: the token in hand still works. Milliseconds. */
const PAUSE = 60_000;
/** One exchange takes at most 10 s; the rest is reading and writing. Milliseconds. */
const LEASE = { life: 40_000, patience: 20_000 };

export interface Tokens {
  /** An access token that should work. @throws SendFault */
  current(): Promise<string>;
  /** One that is not `dead`, which Zalo refused: a newer one from the store, else a new one. @throws SendFault */
  renew(dead: string): Promise<string>;
  /** Looks into the store whatever is in memory, and renews what is due. @throws SendFault */
  look(): Promise<void>;
}

export interface TokenParts {
  readonly oauth: OAuthParts;
  /** The refresh token of the settings: what a grant begins with. */
  readonly seed: string;
  readonly notes: ChannelNotes;
  readonly leases: Leases;
  readonly alarms: Alarms;
  readonly log: ChannelLog;
  now(): number;
}

/**
 * Keeps the grant alive. Refresh tokens are good for one use and a refresh kills the access token before it, so: one
 * process at a time, the store read again inside the lease, the new pair written before it is used. What stands in memory
 * is only a cache of the store.
 */
export function createTokens(parts: TokenParts): Tokens {
  const { notes, leases, alarms, log, oauth } = parts;
  const ourSeed = seedHash(parts.seed);
  let cached: KeptPair | undefined;
  let pausedUntil = 0;
  /** A pair that Zalo gave and the store did not take: written before anything else is done. */
  let unsaved: { readonly over: string | undefined; readonly grant: Grant } | undefined;
  let running: Promise<string> | undefined;

  const aging = ({ obtained, expires }: KeptPair) =>
    parts.now() >= obtained + Math.min(RENEW_AFTER, (expires - obtained) * RENEW_SHARE);

  function use(pair: KeptPair): string {
    cached = pair;
    alarms.clear('grant');
    return pair.access;
  }

  async function keep(over: ReadGrant, grant: Grant): Promise<string> {
    unsaved = { over: over.raw, grant };
    await writeGrant(notes, grant);
    unsaved = undefined;
    if (grant.pair === undefined) throw lost();
    return use(grant.pair);
  }

  function lost(): SendFault {
    alarms.raise('grant', 'grant_lost');
    return new SendFault('grant_lost', { kind: 'operator' });
  }

  /** The pair in the store where it needs no renewal. */
  const fresh = (grant: Grant, dead: string | undefined): KeptPair | undefined =>
    grant.seeds.includes(ourSeed) &&
    !grant.lost &&
    grant.pair &&
    grant.pair.access !== dead &&
    !aging(grant.pair)
      ? grant.pair
      : undefined;

  /** The pair in the store where its access token may still work, though it should be renewed. */
  const alive = (grant: Grant, dead: string | undefined): KeptPair | undefined =>
    unsaved === undefined && grant.pair && grant.pair.access !== dead && parts.now() < grant.pair.expires
      ? grant.pair
      : undefined;

  async function writeUnsaved(): Promise<void> {
    if (unsaved === undefined) return;
    const { over, grant } = unsaved;
    if ((await readGrant(notes)).raw === over) await writeGrant(notes, grant);
    unsaved = undefined;
  }

  /** Begins with the seed of the settings. Spent already: what is in the store, if anything, stays. */
  async function adoptSeed(grant: ReadGrant): Promise<string | ReadGrant> {
    const seeds = withSeed(grant.seeds, ourSeed);
    try {
      const pair = await refreshTokens(oauth, parts.seed);
      log.info({ channel: 'zalo', code: 'seed_adopted' }, 'a new grant begins');
      return await keep(grant, renewed(grant, seeds, pair, parts.now()));
    } catch (error) {
      if (!(error instanceof OAuthRefused) || error.code !== 'refresh_token_spent') throw error;
      log.warn({ channel: 'zalo', code: 'seed_spent' }, 'the refresh token of the settings was used before');
      const { raw: _, ...before } = grant;
      await writeGrant(notes, { ...before, seeds, lost: grant.lost || grant.pair === undefined });
      return readGrant(notes);
    }
  }

  async function underLease(dead: string | undefined): Promise<string> {
    await writeUnsaved();
    let grant = await readGrant(notes);
    if (!grant.seeds.includes(ourSeed)) {
      const adopted = await adoptSeed(grant);
      if (typeof adopted === 'string') return adopted;
      grant = adopted;
    }
    const newer = fresh(grant, dead);
    if (newer !== undefined) return use(newer);
    if (grant.lost || grant.pair === undefined) throw lost();
    return renewPair(grant, grant.pair);
  }

  async function renewPair(grant: ReadGrant, spent: KeptPair): Promise<string> {
    try {
      const pair = await refreshTokens(oauth, spent.refresh);
      return await keep(grant, renewed(grant, grant.seeds, pair, parts.now()));
    } catch (error) {
      if (!(error instanceof OAuthRefused) || error.code !== 'refresh_token_spent') throw error;
      // Spent by somebody who outlived their lease: theirs is newer. Else the answer to a refresh was lost, and with it the grant.
      const now = await readGrant(notes);
      if (now.pair !== undefined && now.pair.refresh !== spent.refresh) return use(now.pair);
      const { raw: _, ...before } = now;
      await writeGrant(notes, { ...before, lost: true });
      log.error({ channel: 'zalo', code: 'grant_lost' }, 'the grant is lost');
      throw lost();
    }
  }

  /** The store is away. What is in memory may still carry an emergency card. */
  function inMemory(dead: string | undefined): string {
    if (
      unsaved === undefined &&
      cached !== undefined &&
      cached.access !== dead &&
      parts.now() < cached.expires
    ) {
      return cached.access;
    }
    throw new SendFault('store_away', { kind: 'retry' });
  }

  async function find(dead: string | undefined): Promise<string> {
    const grant = await readGrant(notes).catch(() => undefined);
    if (grant === undefined) return inMemory(dead);
    const ready = unsaved === undefined ? fresh(grant, dead) : undefined;
    if (ready !== undefined) return use(ready);
    const still = grant.seeds.includes(ourSeed) ? alive(grant, dead) : undefined;
    if (grant.lost && grant.seeds.includes(ourSeed)) {
      const fault = lost();
      // It works until it ends; the alarm stands meanwhile.
      if (still !== undefined) return still.access;
      throw fault;
    }
    if (still !== undefined && parts.now() < pausedUntil) return still.access;
    try {
      return await leases.alone('zalo token', LEASE, () => underLease(dead));
    } catch (error) {
      pausedUntil = parts.now() + PAUSE;
      const fault = faultOf(error);
      if (fault.decision.kind === 'operator') alarms.raise('grant', fault.code);
      const inHand = alive(grant, dead);
      if (inHand !== undefined && grant.seeds.includes(ourSeed)) return inHand.access;
      throw fault;
    }
  }

  /** Within one process all wait for the same answer. */
  async function findOnce(dead: string | undefined): Promise<string> {
    running ??= find(dead).finally(() => {
      running = undefined;
    });
    const found = await running;
    return found === dead ? find(dead) : found;
  }

  return {
    current: async () => (cached !== undefined && !aging(cached) ? cached.access : findOnce(undefined)),
    look: async () => void (await findOnce(undefined)),
    renew: async (dead) => {
      if (cached?.access === dead) cached = undefined;
      return cached !== undefined && !aging(cached) ? cached.access : findOnce(dead);
    },
  };
}

/** Everything that keeps tokens from us, as a fault of the sending. */
function faultOf(error: unknown): SendFault {
  if (error instanceof SendFault) return error;
  if (error instanceof LeaseNotFree) return new SendFault('token_busy', { kind: 'retry' });
  if (error instanceof NoAnswer) return new SendFault(`oauth_${error.code}`, { kind: 'retry' });
  if (error instanceof OAuthRefused) {
    return new SendFault(error.code, { kind: error.code === 'oauth_troubled' ? 'retry' : 'operator' });
  }
  return new SendFault('store_away', { kind: 'retry' });
}
