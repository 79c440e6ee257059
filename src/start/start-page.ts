import path from 'node:path';
import { INVITATION_HOURS } from '../console/invitations.js';
import type { Identity } from '../reports/sealing.js';
import type { Settings } from '../settings.js';
import type { Texts } from '../texts/texts.js';
import { baseAddress } from './base-address.js';
import { FIRST_SIGN_IN_NAME } from './first-sign-in.js';

/**
 * The short page of lines an operator sees: addresses, channels, where data lies, the first sign-in.
 * @param link path of the first sign-in, while there is none yet
 * @param extra lines of their own, e.g. the demo's sign-ins
 */
export function startPage(
  settings: Settings,
  port: number,
  texts: Texts,
  link: string | undefined,
  extra: readonly string[],
): string {
  const base = baseAddress(settings, port);
  const say = (key: string, values?: Record<string, string | number>): string =>
    texts.say(`start.${key}`, 'adult', values);
  const web = settings.role !== 'worker';
  return [
    '',
    say('title'),
    ...(web
      ? [say('chat', { url: `${base}/` }), say('console', { url: `${base}/console` }), say('webchat_on')]
      : []),
    say('telegram', { state: stateOf(settings.telegram, settings) }),
    say('zalo', { state: settings.zalo ? 'webhook' : 'off' }),
    say('zalo_bot', { state: stateOf(settings.zaloBot, settings) }),
    settings.databaseUrl === undefined
      ? say('data_embedded', { folder: path.resolve(settings.dataDir) })
      : say('data_server'),
    say(settings.redisUrl === undefined ? 'queue_database' : 'queue_redis'),
    ...(link === undefined
      ? []
      : [
          '',
          say('first_sign_in', {
            url: `${base}${link}`,
            name: FIRST_SIGN_IN_NAME,
            hours: INVITATION_HOURS,
          }),
        ]),
    ...(extra.length === 0 ? [] : ['', ...extra]),
    ...(web && settings.host === '127.0.0.1' && settings.publicUrl === undefined
      ? ['', say('loopback')]
      : []),
    say('stop_hint'),
    '',
  ].join('\n');
}

/** What every identity begins with; the rest is easier to compare in short groups. */
const KEY_PREFIX = 'AGE-SECRET-KEY-PQ-1';

/** The recovery key, to be copied or printed now: it is shown this once and stored nowhere. */
export function recoveryKeyPage(key: Identity, texts: Texts): string {
  const groups = key.slice(KEY_PREFIX.length).match(/.{1,5}/g) ?? [];
  const lines = [KEY_PREFIX, groups.slice(0, 6).join(' '), groups.slice(6).join(' ')];
  return [
    '',
    texts.say('keys.recovery').trimEnd(),
    ...lines.map((line) => `    ${line}`),
    texts.say('keys.recovery_keep'),
  ].join('\n');
}

/** How a channel receives that can do either. */
const stateOf = (channel: object | undefined, { publicUrl }: Settings): string =>
  channel === undefined ? 'off' : publicUrl === undefined ? 'polling' : 'webhook';
