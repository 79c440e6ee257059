import { z } from 'zod';

/** A setting is wrong or missing: the start stops with this one line. */
export class WrongSetting extends Error {}

const optionalText = z.string().trim().optional();

const url = (name: string, protocols: readonly string[]) =>
  optionalText.refine(
    (value) => value === undefined || (URL.canParse(value) && protocols.includes(new URL(value).protocol)),
    {
      error: `${name} must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    },
  );

/** A root may be plain http only on this machine: stand-ins for tests. */
const platformRoot = (name: string) =>
  url(name, ['https:', 'http:']).refine(
    (value) => value === undefined || new URL(value).protocol === 'https:' || isLoopback(value),
    {
      error: `${name} must be https (plain http only on 127.0.0.1, [::1] or localhost)`,
    },
  );

const isLoopback = (value: string): boolean =>
  ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(value).hostname);

/** The service key: 32 random bytes in base64 or hex; several, newest first, separated by commas. */
const serviceKey = optionalText.transform((value, context) => {
  if (value === undefined) return undefined;
  const keys = value.split(',').map((part) => decodeKey(part.trim()));
  const [first, ...rest] = keys;
  if (first === undefined || keys.includes(undefined)) {
    context.addIssue({
      code: 'custom',
      message:
        'SERVICE_KEY must be 32 random bytes in base64 (make one: openssl rand -base64 32); to rotate: "new,old"',
    });
    return z.NEVER;
  }
  return [first, ...rest.flatMap((key) => (key === undefined ? [] : [key]))] as [Buffer, ...Buffer[]];
});

function decodeKey(text: string): Buffer | undefined {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  return key.length === 32 ? key : undefined;
}

/** Every setting, in one table. This file is the only reader of the environment. */
const table = z.object({
  PORT: z.coerce.number({ error: 'PORT must be a number' }).int().min(0).max(65_535).default(3000),
  HOST: optionalText.default('127.0.0.1'),
  PUBLIC_URL: url('PUBLIC_URL', ['https:', 'http:']),
  DATA_DIR: optionalText.default('./var'),
  DATABASE_URL: url('DATABASE_URL', ['postgres:', 'postgresql:']),
  REDIS_URL: url('REDIS_URL', ['redis:', 'rediss:']),
  SERVICE_KEY: serviceKey,
  ROLE: z.enum(['all', 'web', 'worker'], { error: 'ROLE must be all, web or worker' }).default('all'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'LOG_LEVEL must be fatal, error, warn, info, debug or silent',
    })
    .default('info'),
  TELEGRAM_BOT_TOKEN: optionalText,
  TELEGRAM_API_ROOT: platformRoot('TELEGRAM_API_ROOT'),
  TELEGRAM_WEBHOOK_SECRET: optionalText,
  ZALO_BOT_TOKEN: optionalText,
  ZALO_BOT_API_ROOT: platformRoot('ZALO_BOT_API_ROOT'),
  ZALO_BOT_WEBHOOK_SECRET: optionalText,
  ZALO_APP_ID: optionalText,
  ZALO_APP_SECRET: optionalText,
  ZALO_OA_SECRET: optionalText,
  ZALO_REFRESH_TOKEN: optionalText,
  ZALO_SITE_CODE: optionalText.refine(
    (value) => value === undefined || /^[A-Za-z0-9_-]{1,100}$/.test(value),
    {
      error: 'ZALO_SITE_CODE must be the code alone, as it stands in zalo_verifier<code>.html',
    },
  ),
  ZALO_API_ROOT: platformRoot('ZALO_API_ROOT'),
  ZALO_OAUTH_ROOT: platformRoot('ZALO_OAUTH_ROOT'),
});

/** How a Telegram bot is reached. Roots carry no slash at the end. */
export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string;
  /** Present when `PUBLIC_URL` is: then a webhook receives, else polling. */
  readonly webhookSecret: string | undefined;
}

export interface ZaloSettings {
  readonly appId: string;
  /** For OAuth and nothing else. */
  readonly appSecret: string;
  /** For the signature of webhooks and nothing else. */
  readonly oaSecret: string;
  /** The first token of a grant; newer ones are kept in the database. */
  readonly refreshToken: string;
  readonly apiRoot: string;
  readonly oauthRoot: string;
  /** Code of the file by which Zalo verifies that the domain is ours. */
  readonly siteCode: string | undefined;
}

export interface ZaloBotSettings {
  readonly token: string;
  readonly apiRoot: string;
  readonly webhookSecret: string | undefined;
}

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Undefined only when embedded: the service then makes one and keeps it in the data folder. */
  readonly serviceKeys: [Buffer, ...Buffer[]] | undefined;
  readonly role: 'all' | 'web' | 'worker';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Undefined: the channel is off and its webhook answers 404. */
  readonly telegram: TelegramSettings | undefined;
  readonly zalo: ZaloSettings | undefined;
  readonly zaloBot: ZaloBotSettings | undefined;
}

/**
 * Reads and checks the environment. @throws WrongSetting with one clear line; nothing starts half-set.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // An empty value is how shells and compose files write "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const parsed = table.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? '');
    const message = issue?.message ?? '';
    throw new WrongSetting(message.startsWith(name) ? message : `${name}: ${message}`);
  }
  const values = parsed.data;
  demandWholeGroups(values);
  if (values.DATABASE_URL !== undefined && values.SERVICE_KEY === undefined) {
    throw new WrongSetting(
      'SERVICE_KEY is missing. With DATABASE_URL every process needs the same key (make one: openssl rand -base64 32)',
    );
  }
  if (values.ROLE !== 'all' && values.DATABASE_URL === undefined) {
    throw new WrongSetting(
      `ROLE=${values.ROLE} needs DATABASE_URL: the embedded database belongs to one process`,
    );
  }
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    serviceKeys: values.SERVICE_KEY,
    role: values.ROLE,
    logLevel: values.LOG_LEVEL,
    telegram: telegramOf(values),
    zalo: zaloOf(values),
    zaloBot: zaloBotOf(values),
  };
}

const rootOf = (given: string | undefined, usual: string): string => (given ?? usual).replace(/\/+$/, '');

const telegramOf = (values: Values): TelegramSettings | undefined =>
  values.TELEGRAM_BOT_TOKEN === undefined
    ? undefined
    : {
        token: values.TELEGRAM_BOT_TOKEN,
        apiRoot: rootOf(values.TELEGRAM_API_ROOT, 'https://api.telegram.org'),
        webhookSecret: values.TELEGRAM_WEBHOOK_SECRET,
      };

function zaloOf(values: Values): ZaloSettings | undefined {
  const { ZALO_APP_ID: appId, ZALO_APP_SECRET: appSecret, ZALO_OA_SECRET: oaSecret } = values;
  const refreshToken = values.ZALO_REFRESH_TOKEN;
  if (!appId || !appSecret || !oaSecret || !refreshToken) return undefined;
  return {
    appId,
    appSecret,
    oaSecret,
    refreshToken,
    apiRoot: rootOf(values.ZALO_API_ROOT, 'https://openapi.zalo.me'),
    oauthRoot: rootOf(values.ZALO_OAUTH_ROOT, 'https://oauth.zaloapp.com'),
    siteCode: values.ZALO_SITE_CODE,
  };
}

const zaloBotOf = (values: Values): ZaloBotSettings | undefined =>
  values.ZALO_BOT_TOKEN === undefined
    ? undefined
    : {
        token: values.ZALO_BOT_TOKEN,
        apiRoot: rootOf(values.ZALO_BOT_API_ROOT, 'https://bot-api.zaloplatforms.com'),
        webhookSecret: values.ZALO_BOT_WEBHOOK_SECRET,
      };

type Values = z.infer<typeof table>;

/** A channel that is half set would take messages and lose the answers. */
const GROUPS: readonly (readonly (keyof Values)[])[] = [
  ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_SECRET', 'ZALO_REFRESH_TOKEN'],
];

/** Channels that are received by polling, or with PUBLIC_URL by webhook. */
const WEBHOOKS = [
  [
    'Telegram',
    'TELEGRAM_BOT_TOKEN',
    'TELEGRAM_WEBHOOK_SECRET',
    /^[A-Za-z0-9_-]{1,256}$/, // core.telegram.org/bots/api#setwebhook
    '1 to 256 characters of A-Z, a-z, 0-9, _ and -',
  ],
  ['the Zalo Bot', 'ZALO_BOT_TOKEN', 'ZALO_BOT_WEBHOOK_SECRET', /^.{8,256}$/, '8 to 256 characters'],
] as const;

function demandWholeGroups(values: Values): void {
  for (const group of GROUPS) {
    const missing = group.filter((name) => values[name] === undefined);
    if (missing.length > 0 && missing.length < group.length) {
      throw new WrongSetting(
        `${missing.join(', ')} missing: set all of ${group.join(', ')}, or none of them`,
      );
    }
  }
  for (const [platform, token, secret, shape, meaning] of WEBHOOKS) {
    if (values[token] === undefined && values[secret] !== undefined) {
      throw new WrongSetting(`${token} missing: ${secret} alone does nothing`);
    }
    if (values[token] === undefined || values.PUBLIC_URL === undefined) continue;
    if (values[secret] === undefined) {
      throw new WrongSetting(
        `${secret} missing: with PUBLIC_URL set, ${platform} is received by webhook, which must be verified (make one: openssl rand -hex 32)`,
      );
    }
    if (!shape.test(values[secret])) throw new WrongSetting(`${secret} must be ${meaning}`);
  }
}
