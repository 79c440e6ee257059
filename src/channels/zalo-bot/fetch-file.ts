import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios from 'axios';
import type { ZaloBotSettings } from '../../settings.js';
import { FetchFault, type IncomingFile } from '../channel.js';

/** Where Zalo is known to keep what people send; nothing is asked of any other host, whatever an update says. */
const MEDIA_HOSTS = ['zdn.vn', 'dlfl.vn'] as const;
/** Until the first byte, milliseconds; the reader of the bytes has its own limits. */
const PATIENCE = 10_000;

/**
 * Begins to fetch the file behind an address that an update gave. Follows no redirect; `signal` stops it at any time.
 * @throws FetchFault
 */
export async function fetchFile(
  settings: ZaloBotSettings,
  source: string,
  signal: AbortSignal,
): Promise<IncomingFile> {
  const url = allowedUrl(source, settings.apiRoot);
  if (url === undefined) throw new FetchFault('foreign_address', false);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  const answer = await axios
    .get<Readable>(url, {
      responseType: 'stream',
      signal: AbortSignal.any([signal, late.signal]),
      httpAgent: agents.http,
      httpsAgent: agents.https,
      proxy: false,
      maxRedirects: 0,
      validateStatus: () => true,
    })
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
  if (answer === undefined) throw new FetchFault('unreachable', true);
  const { status, data } = answer;
  if (status === 200) return { bytes: data };
  data.on('error', () => undefined);
  data.destroy();
  if (status === 429 || status >= 500) throw new FetchFault('platform_in_trouble', true);
  throw new FetchFault(
    status === 403 || status === 404 || status === 410 ? 'no_longer_there' : 'refused',
    false,
  );
}

const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

/** The address, when it is https on a media host, or on the very root the settings name and that is this machine (a stand-in). */
function allowedUrl(source: string, apiRoot: string): string | undefined {
  if (!URL.canParse(source)) return undefined;
  const url = new URL(source);
  if (url.username !== '' || url.password !== '') return undefined;
  const root = new URL(apiRoot);
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(root.hostname);
  if (isLocal && url.origin === root.origin) return url.href;
  const known = MEDIA_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return known && url.protocol === 'https:' && url.port === '' ? url.href : undefined;
}
