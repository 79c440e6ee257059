import { randomBytes } from 'node:crypto';
import { readSettings, WrongSetting } from './settings.js';

const key = randomBytes(32).toString('base64');

describe('settings', () => {
  it('needs nothing: everything embedded, on this machine', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './var',
      role: 'all',
      databaseUrl: undefined,
    });
  });

  it('takes a server installation', () => {
    const settings = readSettings({
      DATABASE_URL: 'postgres://a@b/c',
      REDIS_URL: 'redis://r',
      SERVICE_KEY: `${key},${'ab'.repeat(32)}`,
      ROLE: 'web',
    });
    expect(settings.serviceKeys?.map((each) => each.length)).toEqual([32, 32]);
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT must be a number'],
    [{ ROLE: 'both' }, 'ROLE must be all, web or worker'],
    [{ ROLE: 'worker' }, 'ROLE=worker needs DATABASE_URL'],
    [{ DATABASE_URL: 'mysql://x', SERVICE_KEY: key }, 'DATABASE_URL must be an address'],
    [{ DATABASE_URL: 'postgres://a@b/c' }, 'SERVICE_KEY is missing'],
    [{ SERVICE_KEY: 'short' }, 'SERVICE_KEY must be 32 random bytes'],
    [{ SERVICE_KEY: `${key},short` }, 'SERVICE_KEY must be 32 random bytes'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must be an address'],
    [{ ZALO_APP_ID: '1' }, 'ZALO_APP_SECRET, ZALO_OA_SECRET, ZALO_REFRESH_TOKEN missing'],
    [{ TELEGRAM_WEBHOOK_SECRET: 's' }, 'TELEGRAM_BOT_TOKEN missing'],
    [{ TELEGRAM_BOT_TOKEN: 't', PUBLIC_URL: 'https://a.vn' }, 'TELEGRAM_WEBHOOK_SECRET missing'],
    [{ TELEGRAM_API_ROOT: 'http://example.com' }, 'TELEGRAM_API_ROOT must be https'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
  ])('refuses %o with one clear line', (environment, message) => {
    expect(() => readSettings(environment)).toThrow(WrongSetting);
    expect(() => readSettings(environment)).toThrow(message);
    try {
      readSettings(environment);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it('takes an empty value for none', () => {
    expect(readSettings({ DATABASE_URL: '', TELEGRAM_BOT_TOKEN: ' ', PORT: '' })).toMatchObject({
      databaseUrl: undefined,
      port: 3000,
    });
  });

  it('allows a stand-in platform on this machine', () => {
    expect(() => readSettings({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).not.toThrow();
  });
});
