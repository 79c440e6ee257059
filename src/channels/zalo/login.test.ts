import { randomBytes } from 'node:crypto';
import { ZaloStandIn } from '../../../tests/stand-ins/zalo.js';
import { loadTexts } from '../../texts/texts.js';
import { challengeOf, readLanding } from './consent.js';
import { login, type Terminal } from './login.js';
import { OAUTH_CODES } from './oauth.js';

const texts = loadTexts('locales/vi/terminal');
const say = (key: string, values = {}) => texts.say(`zalo.${key}`, 'adult', values);

describe('npm run zalo -- login', () => {
  let platform: ZaloStandIn;
  let printed: string[];
  let environment: Record<string, string | undefined>;
  beforeEach(async () => {
    platform = await ZaloStandIn.start({ oaType: 4 });
    printed = [];
    environment = { ...platform.environment(), ZALO_OA_SECRET: undefined, ZALO_REFRESH_TOKEN: undefined };
    environment.PUBLIC_URL = 'https://langnghe.example';
  });
  afterEach(() => platform.close());

  /** The address that was printed last for the browser. */
  const shownUrl = () =>
    printed
      .join('\n')
      .match(/https?:\S+\/v4\/oa\/permission\S+/g)
      ?.at(-1) ?? '';
  const run = (paste: () => string | undefined, args: readonly string[] = []) => {
    const terminal: Terminal = {
      texts,
      environment,
      print: (line) => void printed.push(line),
      ask: async () => paste(),
      randomBytes,
    };
    return login(terminal, args);
  };
  const agree = () => platform.oauth.consent(shownUrl());

  it('walks from the permission to the line for the settings, and shows which OA it is for', async () => {
    expect(await run(agree)).toBe(0);
    const token = /^ZALO_REFRESH_TOKEN=(\S+)$/m.exec(printed.join('\n'))?.[1];
    expect(token).toMatch(/^refresh-/);
    expect(printed.at(-1)).toBe(
      say('oa', { name: 'Lắng Nghe (thử)', type: 'government', id: platform.oaId }),
    );
    // The token for the settings is unspent: it begins a grant.
    expect(platform.oauth.refreshes).toBe(0);
    const query = new URL(shownUrl()).searchParams;
    expect([...query.keys()]).toEqual(['app_id', 'redirect_uri', 'code_challenge', 'state']);
    expect(query.get('redirect_uri')).toBe('https://langnghe.example/webhooks/zalo');
    expect(printed.join('\n')).not.toContain(environment.ZALO_APP_SECRET);
  });

  it('can be finished in another run with the address as an argument', async () => {
    expect(await run(() => undefined)).toBe(1);
    const landing = agree();
    expect(await run(() => undefined, [landing])).toBe(0);
    expect(await run(() => undefined, [landing])).toBe(1);
    expect(printed.at(-1)).toBe(say('wrong.code_spent'));
  });

  it('takes the callback that stands in the console', async () => {
    platform.oauth.callbackUrl = 'https://other.example/zalo';
    expect(await run(agree, ['--callback=https://other.example/zalo'])).toBe(0);
  });

  it.each([
    ['no_address', () => 'xin chào'],
    ['no_address', () => ''],
    ['no_code', () => 'https://langnghe.example/webhooks/zalo?state=a'],
    ['foreign_state', () => `${agree()}x`],
    ['foreign_state', () => 'https://langnghe.example/webhooks/zalo?code=stolen&state='],
  ])('says what is wrong with the pasted address: %s', async (wrong, paste) => {
    expect(await run(paste)).toBe(1);
    expect(printed.at(-1)).toBe(say(`wrong.${wrong}`));
    expect(platform.callsTo(/access_token/)).toEqual([]);
  });

  it('does not take the address of another run when it waits for its own', async () => {
    await run(() => undefined);
    const earlier = agree();
    expect(await run(() => earlier)).toBe(1);
    expect(printed.at(-1)).toBe(say('wrong.foreign_state'));
  });

  it.each([...OAUTH_CODES, [-14999, 'oauth_refused'] as const])(
    'says what %i means',
    async (error, cause) => {
      platform.failNext(/access_token/, { error });
      expect(await run(agree)).toBe(1);
      expect(printed.at(-1)).toBe(say(`wrong.${cause}`, { number: error }));
    },
  );

  it('says when Zalo is troubled or out of reach', async () => {
    platform.failNext(/access_token/, { status: 502, body: '<html>' });
    expect(await run(agree)).toBe(1);
    expect(printed.at(-1)).toBe(say('wrong.oauth_troubled'));
    platform.failNext(/access_token/, { drop: true });
    expect(await run(agree)).toBe(1);
    expect(printed.at(-1)).toBe(say('wrong.no_answer'));
  });

  it('gives the token also when Zalo does not say which OA it is for', async () => {
    platform.failNext(/getoa/, { error: -224 });
    expect(await run(agree)).toBe(0);
    expect(printed.join('\n')).toMatch(/^ZALO_REFRESH_TOKEN=refresh-/m);
    expect(printed.at(-1)).toBe(say('oa_unknown', { code: -224 }));
  });

  it('names what is missing', async () => {
    environment.ZALO_APP_SECRET = ' ';
    expect(await run(agree)).toBe(2);
    expect(printed).toEqual([say('missing', { names: 'ZALO_APP_SECRET' })]);
    environment = { ...platform.environment() };
    expect(await run(agree)).toBe(2);
    expect(printed.at(-1)).toBe(say('no_callback'));
  });

  it('makes the challenge of RFC 7636', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('makes a verifier of 43 characters', async () => {
    await run(() => undefined);
    const landing = readLanding({ appSecret: String(environment.ZALO_APP_SECRET) }, agree());
    expect(landing).toMatchObject({ verifier: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
  });
});
