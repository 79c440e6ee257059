import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import { z } from 'zod';
import type { ZaloBotSettings } from '../../settings.js';
import { faultOf, unreachable } from './errors.js';

/** The calls of the platform that we use (docs.zaloplatforms.com/docs/BOT/apis). */
export type BotMethod = 'getUpdates' | 'setWebhook' | 'deleteWebhook' | 'sendMessage' | 'sendChatAction';

export interface BotApi {
  /**
   * Calls a method; resolves with its `result`, unchecked. `patience` in milliseconds, 10 s unless told.
   * @throws SendFault and nothing else: the errors of the HTTP client carry the token in their address.
   */
  call(
    method: BotMethod,
    body: object,
    more?: { readonly patience?: number; readonly signal?: AbortSignal },
  ): Promise<unknown>;
}

const PATIENCE = 10_000;
const MAX_ANSWER_BYTES = 1_000_000;

/** Success is `ok: true` and nothing else; an error may come with HTTP 200. */
const envelope = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().int().optional(),
  description: z.string().optional(),
});

export function createBotApi({ apiRoot, token }: ZaloBotSettings): BotApi {
  const client = axios.create({
    baseURL: `${apiRoot}/bot${token}/`,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: 'text',
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
  });
  return {
    async call(method, body, { patience = PATIENCE, signal } = {}) {
      const deadline = AbortSignal.timeout(patience);
      const answer = await client
        .post<unknown>(method, body, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
        .catch(() => undefined);
      if (answer === undefined) throw unreachable();
      const read = envelope.safeParse(parseJson(answer.data));
      if (answer.status < 300 && read.data?.ok === true) return read.data.result;
      throw faultOf(read.data?.error_code ?? answer.status, read.data?.description ?? '');
    },
  };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
