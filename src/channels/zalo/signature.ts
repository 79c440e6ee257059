import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Oldest and newest event that is taken, milliseconds. Zalo sends the same body again for up to 1 h 51 min. */
export const OLDEST_EVENT = 3 * 3_600_000;
export const NEWEST_EVENT = 5 * 60_000;

/** `X-ZEvent-Signature`: exactly so, lower case, with its prefix. */
const HEADER = /^mac=([0-9a-f]{64})$/;

export interface SignatureKeys {
  readonly appId: string;
  /** "OA Secret Key" of the console's page Webhook. */
  readonly oaSecret: string;
}

/** Whether a header can be a signature at all; asked before a body is read. */
export const looksSigned = (header: string | undefined): header is string =>
  header !== undefined && HEADER.test(header);

/**
 * What a verified body says of its time, or why it is not believed. `broken` no JSON object with a timestamp ·
 * `wrong_mac` not signed with our keys · `wrong_time` signed, but too old or of the future.
 */
export type Verdict =
  | { readonly kind: 'genuine'; readonly body: unknown }
  | { readonly kind: 'broken' | 'wrong_mac' | 'wrong_time' };

/**
 * Zalo's rule: mac = SHA-256(app id + body + timestamp + OA secret), a plain concatenation over the very bytes that came.
 * The timestamp stands in the body, so the JSON is read first, but for nothing else. Pure; compares in constant time.
 */
export function verify(keys: SignatureKeys, header: string, raw: Buffer, now: number): Verdict {
  const body = parseJson(raw);
  const timestamp = timestampOf(body);
  if (timestamp === undefined) return { kind: 'broken' };
  const given = Buffer.from(HEADER.exec(header)?.[1] ?? '', 'hex');
  const expected = digest(keys.appId, raw, timestamp, keys.oaSecret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'wrong_mac' };
  const age = now - Number(timestamp);
  return age <= OLDEST_EVENT && age >= -NEWEST_EVENT ? { kind: 'genuine', body } : { kind: 'wrong_time' };
}

const digest = (first: string, raw: Buffer, timestamp: string, secret: string): Buffer =>
  createHash('sha256').update(first).update(raw).update(timestamp).update(secret).digest();

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** As text; some events carry it as a number. */
function timestampOf(body: unknown): string | undefined {
  const { timestamp } = (typeof body === 'object' && body !== null ? body : {}) as { timestamp?: unknown };
  const text = typeof timestamp === 'number' ? String(timestamp) : timestamp;
  return typeof text === 'string' && /^\d{1,16}$/.test(text) ? text : undefined;
}

/**
 * For whoever must find out why nothing passes: which other reading of the rule would fit, by a name that tells no
 * secret. "none" points at a wrong key, or at a proxy that rewrites bodies.
 */
export function whatWouldFit(
  keys: SignatureKeys & { readonly appSecret: string; readonly oaId: string | undefined },
  header: string,
  raw: Buffer,
  headerTimestamp: string | undefined,
): string {
  const given = HEADER.exec(header)?.[1];
  const firsts = { app_id: keys.appId, oa_id: keys.oaId };
  const times = { body_time: timestampOf(parseJson(raw)), header_time: headerTimestamp };
  const secrets = { oa_secret: keys.oaSecret, app_secret: keys.appSecret };
  for (const [secretName, secret] of Object.entries(secrets)) {
    if (createHmac('sha256', secret).update(raw).digest('hex') === given) return `hmac+${secretName}`;
    for (const [firstName, first] of Object.entries(firsts)) {
      for (const [timeName, time] of Object.entries(times)) {
        if (first === undefined || time === undefined) continue;
        if (digest(first, raw, time, secret).toString('hex') === given)
          return `${firstName}+${timeName}+${secretName}`;
      }
    }
  }
  return 'none';
}
