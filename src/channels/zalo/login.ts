import { readSettings } from '../../settings.js';
import type { Texts } from '../../texts/texts.js';
import { createApi, ZaloRefused } from './api.js';
import { type ConsentParts, permissionUrl, readLanding } from './consent.js';
import { createAsk, createHttp, NoAnswer } from './http.js';
import { askOa } from './oa.js';
import { exchangeCode, OAuthRefused, type TokenPair } from './oauth.js';

/** Where our own webhook answers GET with an empty page: a callback that needs no page of its own. */
const USUAL_CALLBACK = '/webhooks/zalo';
const NEEDED = ['ZALO_APP_ID', 'ZALO_APP_SECRET'] as const;
/** What login needs of the environment; the rest of it may still be missing. */
const READ = [...NEEDED, 'ZALO_API_ROOT', 'ZALO_OAUTH_ROOT', 'PUBLIC_URL'] as const;

export interface Terminal {
  /** The texts of locales/vi/terminal. */
  readonly texts: Texts;
  readonly environment: Readonly<Record<string, string | undefined>>;
  print(line: string): void;
  /** Undefined when nobody will answer. */
  ask(question: string): Promise<string | undefined>;
  randomBytes(count: number): Buffer;
}

/**
 * Walks an operator through the authorisation of an OA. Keeps nothing and changes nothing in the service: what it prints goes
 * into the settings. Resolves with the exit code: 0 done, 1 Zalo or the pasted address said no, 2 wrong use or settings.
 * @throws WrongSetting when a root is no address
 */
export async function login(terminal: Terminal, args: readonly string[]): Promise<0 | 1 | 2> {
  const { texts, environment, print } = terminal;
  const say = (key: string, values: Record<string, string | number> = {}) =>
    print(texts.say(`zalo.${key}`, 'adult', values));

  const missing = NEEDED.filter((name) => !environment[name]?.trim());
  if (missing.length > 0) {
    say('missing', { names: missing.join(', ') });
    return 2;
  }
  const settings = readSettings({
    ...Object.fromEntries(READ.map((name) => [name, environment[name]])),
    // Not needed yet: the one comes from the same console later, the other out of this.
    ZALO_OA_SECRET: 'not yet',
    ZALO_REFRESH_TOKEN: 'not yet',
  });
  const flag = args.find((arg) => arg.startsWith('--callback='))?.slice('--callback='.length);
  const callback = flag ?? (settings.publicUrl && `${settings.publicUrl}${USUAL_CALLBACK}`);
  const { zalo } = settings;
  if (zalo === undefined || callback === undefined || !URL.canParse(callback)) {
    say('no_callback');
    return 2;
  }

  const parts = { ...zalo, callback } satisfies ConsentParts;
  const given = args.find((arg) => !arg.startsWith('--'));
  const nonce = terminal.randomBytes(16);
  if (given === undefined) say('open', { callback, url: permissionUrl(parts, nonce) });
  const pasted = given ?? (await terminal.ask(texts.say('zalo.paste'))) ?? '';
  const landing = readLanding(parts, pasted);
  if ('wrong' in landing) {
    say(`wrong.${landing.wrong}`);
    return 1;
  }
  if (given === undefined && landing.nonce !== nonce.toString('base64url')) {
    say('wrong.foreign_state');
    return 1;
  }

  const ask = createAsk(createHttp());
  let pair: TokenPair;
  try {
    pair = await exchangeCode({ ask, ...zalo }, landing.code, landing.verifier);
  } catch (error) {
    if (error instanceof NoAnswer) say('wrong.no_answer');
    else if (error instanceof OAuthRefused) say(`wrong.${error.code}`, { number: error.number ?? '' });
    else throw error;
    return 1;
  }
  say('done', { token: pair.refresh });
  await showOa(pair.access);
  return 0;

  /** So that the operator sees for which OA they agreed. The token it uses is not the one that is good for one use. */
  async function showOa(access: string): Promise<void> {
    const token = async () => access;
    const api = createApi({
      ask,
      tokens: { current: token, renew: token, look: async () => undefined },
      notes: { read: async () => undefined, write: async () => undefined },
      apiRoot: parts.apiRoot,
      appSecret: parts.appSecret,
      now: Date.now,
    });
    try {
      const { id = '?', name = '?', type } = await askOa(api);
      say('oa', { id, name, type: type === 2 ? 'business' : type === 4 ? 'government' : 'other' });
    } catch (error) {
      say('oa_unknown', {
        code: error instanceof ZaloRefused ? (error.number ?? error.refusal.name) : 'no_answer',
      });
    }
  }
}
