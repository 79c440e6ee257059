import { createHash, randomBytes } from 'node:crypto';
import { json, type Reply, type ZaloCall } from './call.js';

const ACCESS_LIFE = 90_000_000;
const REFRESH_LIFE = 90 * 24 * 3_600_000;
const CODE_LIFE = 10 * 60_000;

interface Grant {
  access: string;
  accessEnds: number;
  refresh: string;
  refreshEnds: number;
}

const refuse = (error: number, name: string): Reply =>
  json({
    error,
    error_name: name,
    error_reason: name,
    error_description: name,
    ref_doc: 'https://developers.zalo.me',
  });

/** Zalo's OAuth: refresh tokens of one use, whose use kills the access token before. */
export class ZaloOAuth {
  private readonly grants: Grant[] = [];
  private readonly codes = new Map<string, { challenge: string | undefined; ends: number }>();
  /** How many pairs were given for refresh tokens. */
  refreshes = 0;
  /** "Official Account Callback Url" of the console. */
  callbackUrl = 'https://langnghe.example/webhooks/zalo';

  constructor(
    private readonly app: {
      readonly appId: string;
      readonly appSecret: string;
      readonly oaId: string;
    },
    private readonly now: () => number,
  ) {}

  /** Somebody consents for the OA: the refresh token that stands in the console's API Explorer. */
  newGrant(): string {
    return this.begin().refresh;
  }

  /** The OA's admin opens the permission address and agrees: where the browser lands. @throws where Zalo would show an error page */
  consent(permissionUrl: string): string {
    const url = new URL(permissionUrl);
    const query = url.searchParams;
    if (url.pathname !== '/v4/oa/permission') throw new Error('Zalo has no such page.');
    if (query.get('app_id') !== this.app.appId) throw new Error('-14002');
    if (query.get('redirect_uri') !== this.callbackUrl) throw new Error('-14003');
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, {
      challenge: query.get('code_challenge') ?? undefined,
      ends: this.now() + CODE_LIFE,
    });
    const landing = new URL(this.callbackUrl);
    landing.search = new URLSearchParams({
      code,
      oa_id: this.app.oaId,
      state: query.get('state') ?? '',
    }).toString();
    return landing.href;
  }

  isAlive(access: string | undefined): boolean {
    return this.grants.some((grant) => grant.access === access && this.now() < grant.accessEnds);
  }

  /** The access token of the newest grant. */
  get access(): string | undefined {
    return this.grants.at(-1)?.access;
  }

  /** Zalo forgets the access tokens it gave, not the grants. */
  killAccessTokens(): void {
    for (const grant of this.grants) grant.accessEnds = 0;
  }

  /** The OA takes back what it allowed. */
  revoke(): void {
    this.grants.length = 0;
  }

  token(call: ZaloCall): Reply {
    const fields = new URLSearchParams(call.body.toString('utf8'));
    if (!String(call.headers['content-type']).startsWith('application/x-www-form-urlencoded')) {
      return refuse(-14018, 'Bad grant type');
    }
    if (fields.get('app_id') !== this.app.appId) return refuse(-14002, 'Invalid app id');
    if (call.headers.secret_key !== this.app.appSecret) return refuse(-14004, 'Bad secret key');
    switch (fields.get('grant_type')) {
      case 'refresh_token':
        return this.refresh(fields.get('refresh_token'));
      case 'authorization_code':
        return this.exchange(fields.get('code') ?? '', fields.get('code_verifier') ?? '');
      default:
        return refuse(-14018, 'Bad grant type');
    }
  }

  private refresh(token: string | null): Reply {
    const grant = this.grants.find(({ refresh }) => refresh === token);
    if (grant === undefined || this.now() >= grant.refreshEnds) {
      return refuse(-14014, 'Invalid refresh token.');
    }
    this.refreshes += 1;
    Object.assign(grant, this.newPair());
    return this.pairOf(grant);
  }

  private exchange(code: string, verifier: string): Reply {
    const known = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (known === undefined || this.now() >= known.ends) return refuse(-14005, 'Invalid code');
    if (known.challenge !== undefined && known.challenge !== challenge) return refuse(-14005, 'Invalid code');
    return this.pairOf(this.begin());
  }

  private begin(): Grant {
    const grant = this.newPair();
    this.grants.push(grant);
    return grant;
  }

  private newPair(): Grant {
    return {
      access: `access-${randomBytes(24).toString('base64url')}`,
      accessEnds: this.now() + ACCESS_LIFE,
      refresh: `refresh-${randomBytes(24).toString('base64url')}`,
      refreshEnds: this.now() + REFRESH_LIFE,
    };
  }

  // A text in Zalo's own example.
  private pairOf = ({ access, refresh }: Grant): Reply =>
    json({ access_token: access, refresh_token: refresh, expires_in: String(ACCESS_LIFE / 1_000) });
}
