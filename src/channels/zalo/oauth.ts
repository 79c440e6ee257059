import { z } from 'zod';
import type { Ask } from './http.js';

export interface TokenPair {
  readonly access: string;
  /** Good for one use. */
  readonly refresh: string;
  /** How long the access token lives, milliseconds. */
  readonly lifetime: number;
}

export interface OAuthParts {
  readonly ask: Ask;
  readonly appId: string;
  readonly appSecret: string;
  readonly oauthRoot: string;
}

/** Codes of Zalo's OAuth host. `app` and `secret` are mended in the settings, `redirect` in the console; `grant` ends what the token stood for. */
export const OAUTH_CODES: ReadonlyMap<number, OAuthCause> = new Map<number, OAuthCause>([
  [-14002, 'app_wrong_or_inactive'],
  [-14003, 'redirect_wrong'],
  [-14004, 'app_secret_wrong'],
  [-14005, 'code_spent'],
  [-14014, 'refresh_token_spent'],
  [-14018, 'grant_type_wrong'],
]);
export type OAuthCause =
  | 'app_wrong_or_inactive'
  | 'redirect_wrong'
  | 'app_secret_wrong'
  | 'code_spent'
  | 'refresh_token_spent'
  | 'grant_type_wrong'
  | 'oauth_refused'
  | 'oauth_troubled';

/** Zalo gave no tokens. `number` is Zalo's own code, where it gave one. */
export class OAuthRefused extends Error {
  constructor(
    readonly code: OAuthCause,
    readonly number: number | undefined,
  ) {
    super(`Zalo gave no tokens: ${code}.`);
  }
}

const tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  // A text in Zalo's example, a number in others.
  expires_in: z.coerce.number().positive(),
});
const refusal = z.object({ error: z.number() });

/**
 * A new pair for a refresh token, which is spent by it, as the old access token is.
 * @throws OAuthRefused, NoAnswer (then whether the token is spent is not known)
 */
export const refreshTokens = (parts: OAuthParts, refreshToken: string): Promise<TokenPair> =>
  askForTokens(parts, { grant_type: 'refresh_token', refresh_token: refreshToken });

/** The first pair of a grant, for the code that Zalo gave to the browser. @throws OAuthRefused, NoAnswer */
export const exchangeCode = (parts: OAuthParts, code: string, verifier: string): Promise<TokenPair> =>
  askForTokens(parts, { grant_type: 'authorization_code', code, code_verifier: verifier });

async function askForTokens(parts: OAuthParts, fields: Record<string, string>): Promise<TokenPair> {
  const { status, json } = await parts.ask({
    method: 'POST',
    url: `${parts.oauthRoot}/v4/oa/access_token`,
    headers: { secret_key: parts.appSecret, 'Content-Type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams({ app_id: parts.appId, ...fields }).toString(),
  });
  const pair = tokens.safeParse(json).data;
  if (pair !== undefined) {
    return { access: pair.access_token, refresh: pair.refresh_token, lifetime: pair.expires_in * 1_000 };
  }
  const number = refusal.safeParse(json).data?.error;
  if (number === undefined) throw new OAuthRefused('oauth_troubled', undefined);
  throw new OAuthRefused(
    OAUTH_CODES.get(number) ?? (status >= 500 ? 'oauth_troubled' : 'oauth_refused'),
    number,
  );
}
