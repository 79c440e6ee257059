import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { ZaloStandIn } from '../../../tests/stand-ins/zalo.js';
import { until } from '../../../tests/support/until.js';
import { loadTexts } from '../../texts/texts.js';
import { login } from './login.js';
import { MemoryLeases, MemoryNotes } from './testing/memory.js';
import { outgoing, processOf, zaloSettings } from './testing/zalo-in-test.js';

/** The steps of docs/zalo-oa-in-ten-minutes.md, in their order, for both types of OA. */
describe.each([
  ['business', 2],
  ['government', 4],
] as const)('Zalo OA in ten minutes, a %s OA', (_, oaType) => {
  const shared = { notes: new MemoryNotes(), leases: new MemoryLeases() };
  let platform: ZaloStandIn;
  let environment: Record<string, string>;
  let server: Server | undefined;

  /** Starts the service anew with the settings as they stand, in place of the one before. */
  async function startService() {
    await stopService();
    const service = processOf(platform, zaloSettings(environment), shared);
    const app = express().use(service.channel.routes);
    const started = await new Promise<Server>((ready) => {
      const listening = app.listen(0, '127.0.0.1', () => ready(listening));
    });
    server = started;
    const origin = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
    platform.webhook.url = `${origin}/webhooks/zalo`;
    return { ...service, origin, running: service.channel.start() };
  }
  async function stopService() {
    server?.closeAllConnections();
    await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
  }

  beforeAll(async () => {
    platform = await ZaloStandIn.start({ oaType });
    environment = { ...platform.environment(), ZALO_REFRESH_TOKEN: 'none-yet', ZALO_OA_SECRET: 'none-yet' };
  });
  afterAll(async () => {
    await stopService();
    await platform.close();
  });

  it('step 2: shows the domain as ours and takes the address, before anything is allowed', async () => {
    environment.ZALO_SITE_CODE = 'KzABC123';
    const service = await startService();
    await until(() => service.alarms.length > 0);
    expect(service.alarms).toEqual(['grant_lost']);
    expect((await fetch(`${service.origin}/zalo_verifierKzABC123.html`)).status).toBe(200);
    expect(await platform.webhook.probe()).toBe(200);
    await service.running.stop();
  });

  it('step 3: takes events once the OA Secret Key is set', async () => {
    const person = platform.person();
    await person.write('trước');
    environment.ZALO_OA_SECRET = platform.environment().ZALO_OA_SECRET ?? '';
    const service = await startService();
    await person.write('sau');
    expect(platform.webhook.answers).toEqual([401, 200]);
    expect(service.received.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'sau' }]);
    await service.running.stop();
  });

  it('step 4: gets the grant, after which a person is answered', async () => {
    const printed: string[] = [];
    const code = await login(
      {
        texts: loadTexts('locales/vi/terminal'),
        environment: { ...environment, PUBLIC_URL: 'https://langnghe.example' },
        print: (line) => void printed.push(line),
        ask: async () => platform.oauth.consent(/http:\S+permission\S+/.exec(printed.join())?.[0] ?? ''),
        randomBytes,
      },
      [],
    );
    expect(code).toBe(0);
    environment.ZALO_REFRESH_TOKEN = /ZALO_REFRESH_TOKEN=(\S+)/.exec(printed.join())?.[1] ?? '';
    const service = await startService();
    const person = platform.person();
    await person.start();
    await person.write('xin chào');
    const address = service.received.at(-1)?.address ?? '';
    await service.channel.sender.send(address, outgoing({ text: 'Lắng Nghe đây.' }), 0);
    expect(person.screen.map(({ text }) => text)).toEqual(['Lắng Nghe đây.']);
    expect(service.alarms).toEqual([undefined]);
    await service.running.stop();
  });
});
