import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { SendFault } from '../channel.js';
import type { ChannelNotes } from '../push-channel.js';
import { type Refusal, refusalOf, refusalOfStatus } from './errors.js';
import { type Answer, type Ask, NoAnswer, type ZaloRequest } from './http.js';
import { untilNextMinute } from './times.js';
import type { Tokens } from './tokens.js';

const PROOF_NOTE = 'appsecret_proof';

/** Zalo answered, and not with success. */
export class ZaloRefused extends Error {
  constructor(
    readonly refusal: Refusal,
    /** Zalo's code; undefined when the answer was no envelope of theirs. */
    readonly number: number | undefined,
  ) {
    super(`Zalo refused: ${refusal.name}.`);
  }
}

export type ApiCall = Pick<ZaloRequest, 'method' | 'data'> & {
  /** Under the root, with its version: "/v2.0/oa/getoa". Versions belong to families of calls, not to all. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export interface ZaloApi {
  /** `data` of the answer to a call that succeeded. @throws ZaloRefused, SendFault (no token, no answer, too many calls) */
  call(call: ApiCall): Promise<unknown>;
}

export interface ApiParts {
  readonly ask: Ask;
  readonly tokens: Tokens;
  readonly notes: ChannelNotes;
  readonly apiRoot: string;
  readonly appSecret: string;
  now(): number;
}

/** Success is `error` 0 and nothing else; the HTTP status tells nothing where the body is JSON. */
const envelope = z.object({ error: z.number(), data: z.unknown().optional() });

/** The calls of openapi.zalo.me: puts the token on, changes it once when it is dead, keeps within the calls of a minute. */
export function createApi(parts: ApiParts): ZaloApi {
  const { ask, tokens, notes, now } = parts;
  let proofWanted: boolean | undefined;
  let fullUntil = 0;

  async function once(call: ApiCall, token: string): Promise<Answer> {
    if (now() < fullUntil) throw full();
    proofWanted ??= await isProofWanted();
    const answer = await ask({
      ...call,
      url: `${parts.apiRoot}${call.path}`,
      headers: {
        ...call.headers,
        access_token: token,
        ...(proofWanted ? { appsecret_proof: appSecretProof(parts.appSecret, token) } : {}),
      },
    }).catch(unanswered);
    if (answer.remaining === 0) fillUp();
    return answer;
  }

  /** Undefined while the database is away, which must not keep a card back: Zalo says so itself when it wants it. */
  const isProofWanted = () =>
    notes.read(PROOF_NOTE).then(
      (note) => note === 'wanted',
      () => undefined,
    );

  const fillUp = () => {
    fullUntil = now() + untilNextMinute(now());
  };
  const full = () =>
    new SendFault('rate_limited', { kind: 'wait', milliseconds: fullUntil - now(), scope: 'channel' });

  async function attempt(call: ApiCall, token: string): Promise<unknown> {
    const { status, json } = await once(call, token);
    const body = envelope.safeParse(json).data;
    if (body?.error === 0) return body.data;
    const refusal = body === undefined ? refusalOfStatus(status) : refusalOf(body.error, status);
    if (refusal.name === 'rate_limited') fillUp();
    throw new ZaloRefused(refusal, body?.error);
  }

  return {
    async call(call) {
      let token = await tokens.current();
      const tried = new Set<string>();
      for (;;) {
        try {
          return await attempt(call, token);
        } catch (error) {
          const remedy = error instanceof ZaloRefused ? error.refusal.remedy : undefined;
          if (remedy === undefined || tried.has(remedy)) throw error;
          tried.add(remedy);
          if (remedy === 'token') token = await tokens.renew(token);
          else if (remedy === 'proof' && proofWanted !== true) {
            proofWanted = true;
            await notes.write(PROOF_NOTE, 'wanted').catch(() => undefined);
          } else throw error;
        }
      }
    },
  };
}

/** Proves that whoever has the token also has the app secret; asked for only where the OA's app demands it. */
export const appSecretProof = (appSecret: string, token: string): string =>
  createHmac('sha256', appSecret).update(token).digest('hex');

function unanswered(error: unknown): never {
  throw new SendFault(error instanceof NoAnswer ? error.code : 'cut_off', { kind: 'retry' });
}
