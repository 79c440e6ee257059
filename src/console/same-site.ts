import type { Request } from 'express';

/**
 * Whether a POST comes from our own pages, as the browser itself reports it. Every browser sends Origin on a POST from
 * another site, so neither header means no browser. `hiddenOrigin`: pages with `no-referrer` send `Origin: null`.
 */
export function fromOwnPage(req: Request, hiddenOrigin = false): boolean {
  const fetchSite = req.get('Sec-Fetch-Site');
  if (fetchSite !== undefined) return fetchSite === 'same-origin';
  const origin = req.get('Origin');
  if (origin === undefined) return true;
  if (origin === 'null') return hiddenOrigin;
  return URL.canParse(origin) && new URL(origin).host === req.host;
}
