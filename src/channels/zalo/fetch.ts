import { Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import { FetchFault, type IncomingFile } from '../channel.js';

/** Where Zalo keeps what people send: photo.talk.zdn.vn and its like, and hosts of dlfl.vn for files. */
const HOSTS = ['.zdn.vn', '.dlfl.vn'];
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether a file may be fetched from there: https on Zalo's own hosts; and where the settings put Zalo on this machine
 * (a stand-in), exactly there.
 */
export function mayFetch(source: string, apiRoot: string): boolean {
  if (!URL.canParse(source)) return false;
  const url = new URL(source);
  if (url.username !== '' || url.password !== '') return false;
  const root = new URL(apiRoot);
  if (LOOPBACK.has(root.hostname) && url.origin === root.origin) return true;
  return url.protocol === 'https:' && url.port === '' && HOSTS.some((host) => url.hostname.endsWith(host));
}

/** Begins to fetch a file, without a token: Zalo's media addresses are open to whoever knows them. @throws FetchFault */
export async function fetchFile(
  http: AxiosInstance,
  apiRoot: string,
  source: string,
  signal: AbortSignal,
): Promise<IncomingFile> {
  if (!mayFetch(source, apiRoot)) throw new FetchFault('foreign_host', false);
  const answer = await http.get<unknown>(source, { responseType: 'stream', signal }).catch(() => {
    throw new FetchFault('unreachable', true);
  });
  const { status, data: bytes } = answer;
  if (!(bytes instanceof Readable)) throw new FetchFault('unreachable', true);
  if (status === 200) return { bytes };
  bytes.destroy();
  throw new FetchFault(`status_${status}`, status === 429 || status >= 500);
}
