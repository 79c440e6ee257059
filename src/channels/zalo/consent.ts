import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface ConsentParts {
  readonly appId: string;
  readonly appSecret: string;
  readonly oauthRoot: string;
  /** "Official Account Callback Url", letter for letter as it stands in Zalo's console, without query. */
  readonly callback: string;
}

/**
 * State and verifier of one authorisation, both made from a nonce and the app secret: whoever has the settings can finish
 * in another run what was begun in this one, and nothing needs to be kept between them.
 */
const stateOf = (appSecret: string, nonce: string): string =>
  `${nonce}.${createHmac('sha256', appSecret).update(`state ${nonce}`).digest('base64url')}`;
const verifierOf = (appSecret: string, nonce: string): string =>
  createHmac('sha256', appSecret).update(`verifier ${nonce}`).digest('base64url');

/** RFC 7636, S256. */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** Where the OA's admin agrees; `nonce` random. The parameters are these four and no others. */
export function permissionUrl(parts: ConsentParts, nonce: Buffer): string {
  const name = nonce.toString('base64url');
  const query = new URLSearchParams({
    app_id: parts.appId,
    redirect_uri: parts.callback,
    code_challenge: challengeOf(verifierOf(parts.appSecret, name)),
    state: stateOf(parts.appSecret, name),
  });
  return `${parts.oauthRoot}/v4/oa/permission?${query}`;
}

/** What the address the browser came back to says, or the name of what is wrong with it. */
export function readLanding(
  parts: Pick<ConsentParts, 'appSecret'>,
  pasted: string,
):
  | { readonly code: string; readonly verifier: string; readonly nonce: string }
  | { readonly wrong: 'no_address' | 'no_code' | 'foreign_state' } {
  const text = pasted.trim().replace(/^["'<]+|["'>]+$/g, '');
  if (!URL.canParse(text)) return { wrong: 'no_address' };
  const query = new URL(text).searchParams;
  const code = query.get('code') ?? '';
  if (code === '') return { wrong: 'no_code' };
  const state = query.get('state') ?? '';
  const [nonce = ''] = state.split('.');
  const expected = Buffer.from(stateOf(parts.appSecret, nonce));
  const given = Buffer.from(state);
  const ours = nonce !== '' && given.length === expected.length && timingSafeEqual(given, expected);
  return ours ? { code, verifier: verifierOf(parts.appSecret, nonce), nonce } : { wrong: 'foreign_state' };
}
