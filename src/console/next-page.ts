import type { Request } from 'express';

/** Pages one may go on to after signing in; anything else leads to the start page. */
const NEXT = /^\/console\/(queue|people|account|cases\/[0-9a-f-]{36})$/;

/** The page that a link or form names to go on to; '' when it is none of ours. */
export function safeNext(value: unknown): string {
  return typeof value === 'string' && NEXT.test(value) ? value : '';
}

/** The query that leads back to the page of this request, '' for the start page. */
export function nextQuery(req: Request): string {
  return req.path === '/' ? '' : `?next=${encodeURIComponent(`/console${req.path}`)}`;
}
