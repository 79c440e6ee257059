import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';

/** Longest wait for an answer, milliseconds. */
const TIMEOUT = 10_000;
/** Largest answer that is read, and largest body that is sent (documents of 5 MB), bytes. */
const MAX_ANSWER = 1_000_000;
const MAX_BODY = 6_000_000;

/** No answer came: whether Zalo acted is not known unless `code` is `unreachable`. Holds nothing of the request. */
export class NoAnswer extends Error {
  constructor(readonly code: 'unreachable' | 'timeout' | 'cut_off') {
    super(`Zalo gave no answer: ${code}.`);
  }
}

/** What came back, whatever its status. `json` is undefined when the body is none. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
  /** Calls left in this minute, where Zalo says so. */
  readonly remaining: number | undefined;
}

export interface ZaloRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data?: string | Buffer;
}

/** One exchange with Zalo. @throws NoAnswer and nothing else: errors of the HTTP client carry tokens and words of people. */
export type Ask = (request: ZaloRequest) => Promise<Answer>;

/** A client that keeps connections, follows no redirect and takes no proxy from the environment. */
export function createHttp(): AxiosInstance {
  return axios.create({
    timeout: TIMEOUT,
    maxRedirects: 0,
    maxBodyLength: MAX_BODY,
    proxy: false,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    validateStatus: () => true,
  });
}

export function createAsk(http: AxiosInstance): Ask {
  return async (request) => {
    try {
      const answer = await http.request<string>({
        ...request,
        maxContentLength: MAX_ANSWER,
        responseType: 'text',
        transformResponse: (body: unknown) => body,
        // The client's own timeout begins anew with each byte.
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return { status: answer.status, json: parseJson(answer.data), remaining: remainingOf(answer) };
    } catch (error) {
      throw new NoAnswer(causeOf(error));
    }
  };
}

const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const TOO_LATE = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED']);

/** Why no answer came, of an error of the HTTP client. */
export function causeOf(error: unknown): NoAnswer['code'] {
  const code = axios.isAxiosError(error) ? (error.code ?? '') : '';
  if (NEVER_REACHED.has(code)) return 'unreachable';
  return TOO_LATE.has(code) ? 'timeout' : 'cut_off';
}

/** Zalo spells it "Remain". */
function remainingOf({ headers }: AxiosResponse): number | undefined {
  const value: unknown = headers['x-ratelimit-remain'];
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

function parseJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}
