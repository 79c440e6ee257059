import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import FormData from 'form-data';
import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import { z } from 'zod';
import type { TelegramSettings } from '../../settings.js';
import { faultOf, notTelegram, unreachable } from './errors.js';

/** Milliseconds until a call counts as lost. */
const PATIENCE = 10_000;
/** How much longer than Telegram's own long poll we wait for its answer, milliseconds. */
const POLL_MARGIN = 10_000;
/** Telegram's longest answer, a page of updates, is 4 MB (Client.cpp JsonUpdates). Bytes. */
const ANSWER_LIMIT = 8 * 1024 * 1024;

const envelope = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.number().int(),
    description: z.string().default(''),
    parameters: z.object({ retry_after: z.number().nonnegative().optional() }).optional(),
  }),
]);

const upload = z.object({ source: z.instanceof(Buffer), filename: z.string() });

/**
 * Telegram's Bot API: telegraf's methods and types over a transport of our own. Telegraf's would follow redirects with
 * the token in the address, wait 500 seconds, read answers of any length, and throw errors that carry the message.
 * Results are still to be parsed. Every method throws `SendFault` and nothing else.
 */
export class BotApi extends Telegram {
  readonly #client: AxiosInstance;
  readonly #root: string;

  constructor({ token, apiRoot }: Pick<TelegramSettings, 'token' | 'apiRoot'>) {
    super(token, { apiRoot });
    this.#root = apiRoot;
    this.#client = axios.create({
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true }),
      proxy: false,
      maxRedirects: 0,
      maxContentLength: ANSWER_LIMIT,
      maxBodyLength: Number.POSITIVE_INFINITY,
      validateStatus: () => true,
    });
  }

  /** Number of the bot, the part of the token that is no secret: what Telegram hands out (file ids, update ids) counts for this bot only. */
  get botId(): string {
    return this.token.split(':', 1)[0] ?? '';
  }

  override async callApi<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    { signal }: { readonly signal?: unknown } = {},
  ): Promise<ReturnType<Methods[M]>> {
    const fields: Record<string, unknown> = { ...payload };
    const waits = method === 'getUpdates' && typeof fields.timeout === 'number' ? fields.timeout * 1_000 : 0;
    const patience = AbortSignal.timeout(waits > 0 ? waits + POLL_MARGIN : PATIENCE);
    const answer = await this.#client
      .post<unknown>(`${this.#root}/bot${this.token}/${method}`, bodyOf(fields), {
        signal: signal instanceof AbortSignal ? AbortSignal.any([signal, patience]) : patience,
      })
      // What axios throws holds the address with the token and the message: nothing of it goes further.
      .catch(() => undefined);
    if (answer === undefined) throw unreachable();
    const parsed = envelope.safeParse(answer.data);
    if (!parsed.success) {
      throw answer.status >= 500 ? faultOf({ status: answer.status, description: '' }) : notTelegram();
    }
    if (parsed.data.ok) return parsed.data.result as ReturnType<Methods[M]>;
    const { error_code: status, description, parameters } = parsed.data;
    throw faultOf({ status, description, retryAfter: parameters?.retry_after });
  }

  /**
   * Begins to read a file of the Bot API; `path` as `getFile` gave it. Resolves with the status and the bytes to come.
   * @throws SendFault when it cannot be reached
   */
  async download(
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly body: Readable }> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    const answer = await this.#client
      .get<Readable>(`${this.#root}/file/bot${this.token}/${encoded}`, {
        responseType: 'stream',
        decompress: false,
        maxContentLength: Number.POSITIVE_INFINITY, // counted by whoever reads
        signal,
        timeout: PATIENCE,
      })
      .catch(() => undefined);
    if (answer === undefined) throw unreachable();
    return { status: answer.status, body: answer.data };
  }
}

/** JSON, or a form when a file of ours goes along. */
function bodyOf(fields: Readonly<Record<string, unknown>>): FormData | Record<string, unknown> {
  const files = Object.values(fields).some((value) => upload.safeParse(value).success);
  if (!files) return { ...fields };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    const file = upload.safeParse(value);
    if (file.success) form.append(name, file.data.source, { filename: file.data.filename });
    else if (value !== undefined)
      form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return form;
}
