import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZALO_RETRIES } from './zalo/webhook.js';
import { ZaloStandIn } from './zalo.js';

interface Envelope {
  readonly error: number;
  readonly data?: Readonly<Record<string, string>>;
}

describe('the stand-in of Zalo', () => {
  let zalo: ZaloStandIn;
  beforeEach(async () => {
    zalo = await ZaloStandIn.start();
  });
  afterEach(() => zalo.close());

  async function call(path: string, body: object, headers: Record<string, string> = {}): Promise<Envelope> {
    const response = await fetch(`${zalo.root}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', access_token: zalo.oauth.access ?? '', ...headers },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Envelope;
  }
  async function writer() {
    zalo.oauth.newGrant();
    const person = zalo.person();
    await person.write('chào');
    const send = (message: object) =>
      call('/v3.0/oa/message/cs', { recipient: { user_id: person.id }, message }).then(({ error }) => error);
    return { person, send };
  }
  const buttons = (count: number, more: object = {}) => ({
    text: 'a',
    attachment: {
      type: 'template',
      payload: {
        buttons: Array.from({ length: count }, () => ({
          title: 'b',
          type: 'oa.query.hide',
          payload: 'c',
          ...more,
        })),
      },
    },
  });

  it('refuses what Zalo refuses of a message', async () => {
    const { person, send } = await writer();
    expect(await send({ text: 'a'.repeat(2_000) })).toBe(0);
    expect(await send({ text: 'a'.repeat(2_001) })).toBe(-210);
    expect(await send({ text: '' })).toBe(-201);
    expect(await send(buttons(5))).toBe(0);
    expect(await send(buttons(6))).toBe(-210);
    expect(await send(buttons(1, { title: 'a'.repeat(101) }))).toBe(-210);
    expect(await send(buttons(1, { payload: 'a'.repeat(1_001) }))).toBe(-210);
    expect(await send(buttons(1, { type: 'oa.query' }))).toBe(-201);
    expect(await send({ attachment: { type: 'file', payload: { token: 'none' } } })).toBe(-201);
    expect(await send({ attachment: { type: 'template', payload: { template_type: 'list' } } })).toBe(-233);
    expect(person.screen).toHaveLength(2);
  });

  it('refuses a wrong token, a token in the query, a wrong person, a path that does not exist', async () => {
    const { person } = await writer();
    const body = { recipient: { user_id: person.id }, message: { text: 'a' } };
    const path = '/v3.0/oa/message/cs';
    expect((await call(path, body, { access_token: 'x' })).error).toBe(-216);
    expect((await call(`${path}?access_token=${zalo.oauth.access}`, body, { access_token: '' })).error).toBe(
      -216,
    );
    expect((await call(path, { ...body, recipient: { user_id: '1' } })).error).toBe(-201);
    expect((await call('/v3.0/oa/message', body)).error).toBe(-404);
    expect((await call('/v2.0/oa/message', body)).error).toBe(-240);
  });

  it('takes a refresh token once and kills the access token before it', async () => {
    const refresh = zalo.oauth.newGrant();
    const before = zalo.oauth.access;
    const ask = async (): Promise<Record<string, unknown>> => {
      const environment = zalo.environment();
      const response = await fetch(`${zalo.root}/v4/oa/access_token`, {
        method: 'POST',
        headers: { secret_key: environment.ZALO_APP_SECRET ?? '' },
        body: new URLSearchParams({
          app_id: zalo.appId,
          grant_type: 'refresh_token',
          refresh_token: refresh,
        }),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    expect(await ask()).toMatchObject({ access_token: expect.any(String), expires_in: '90000' });
    expect(zalo.oauth.isAlive(before)).toBe(false);
    expect(await ask()).toMatchObject({ error: -14014 });
  });

  it('closes the window after seven days', async () => {
    const { person, send } = await writer();
    zalo.advance(7 * 24 * 3_600_000 + 1);
    zalo.oauth.newGrant(); // the token has ended too
    expect(await send({ text: 'a' })).toBe(-230);
    await person.write('a');
    expect(await send({ text: 'a' })).toBe(0);
  });

  it('brings an undelivered event again, the same bytes with num_retry, and gives up after the last', async () => {
    const seen: { retry: string | undefined; body: string }[] = [];
    const server = await new Promise<Server>((ready) => {
      const started = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          seen.push({ retry: request.headers.num_retry?.toString(), body: Buffer.concat(chunks).toString() });
          response.writeHead(503).end();
        });
      }).listen(0, '127.0.0.1', () => ready(started));
    });
    zalo.webhook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await zalo.person().write('chào');
    for (const _ of ZALO_RETRIES) await zalo.webhook.redeliver();
    expect(seen.map(({ retry }) => retry)).toEqual([undefined, '1', '2', '3', '4', '5']);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
    expect(zalo.webhook.switchedOff).toBe(true);
    await zalo.person().write('có ai không');
    expect(seen).toHaveLength(6);
    await new Promise((done) => server.close(done));
  });
});
