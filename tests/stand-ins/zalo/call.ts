import type { IncomingHttpHeaders } from 'node:http';

/** One call that reached the stand-in. */
export interface ZaloCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Milliseconds since 1970 by the stand-in's clock. */
  readonly at: number;
}

/** What it answers. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

export const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

/** Zalo refuses with HTTP 200 and a code in the body. */
export const refuse = (error: number, message: string): Reply => json({ error, message });

/** The body of a call as JSON; undefined when it is none. */
export function bodyOf(call: ZaloCall): unknown {
  try {
    return JSON.parse(call.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What goes wrong with a call. `error` Zalo's code with HTTP 200 · `status` and `body` something else · `drop` the
 * connection ends without an answer · `delay` milliseconds before the answer. `acts`: Zalo does what it was asked first.
 */
export interface Fault {
  readonly error?: number;
  readonly status?: number;
  readonly body?: string;
  /** Sends the caller somewhere else. */
  readonly location?: string;
  readonly drop?: boolean;
  readonly delay?: number;
  readonly acts?: boolean;
}
