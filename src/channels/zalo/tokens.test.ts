import { until } from '../../../tests/support/until.js';
import { faultOf, outgoing, processOf, startZalo, type ZaloInTest } from './testing/zalo-in-test.js';

const HOUR = 3_600_000;
const OAUTH = /access_token$/;

describe('the tokens of Zalo', () => {
  let zalo: ZaloInTest;
  let address: string;
  beforeEach(async () => {
    zalo = await startZalo();
    await zalo.platform.person().write('chào');
    address = zalo.address();
  });
  afterEach(() => zalo.close());

  const send = (by: { channel: ZaloInTest['channel'] } = zalo) =>
    by.channel.sender.send(address, outgoing(), 0);
  /** Another process of the service, with the same store. */
  const another = (more: Partial<ZaloInTest['settings']> = {}) =>
    processOf(zalo.platform, { ...zalo.settings, ...more }, zalo);
  const asked = () => zalo.platform.callsTo(OAUTH).length;
  const kept = () =>
    JSON.parse(zalo.notes.values.get('token') ?? '{}') as {
      pair?: { access: string };
      previous?: { access: string };
    };

  it('begin with the seed of the settings, which is used once', async () => {
    await send();
    await send();
    await send(another());
    expect(asked()).toBe(1);
    expect(zalo.platform.callsTo(OAUTH)[0]?.headers).toMatchObject({
      secret_key: zalo.settings.appSecret,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(zalo.alarms).toEqual([undefined]);
  });

  it('are renewed once when two processes want them at the same time', async () => {
    await send();
    const processes = [another(), another()];
    zalo.platform.advance(26 * HOUR);
    await Promise.all(processes.flatMap((one) => [send(one), send(one), send(one)]));
    expect(zalo.platform.oauth.refreshes).toBe(2); // the seed, then one renewal
    expect(asked()).toBe(2);
    expect(zalo.platform.callsTo(/message/)).toHaveLength(7);
  });

  it('are adopted once when two processes start at the same time', async () => {
    const processes = [another(), another(), zalo];
    await Promise.all(processes.map((one) => send(one)));
    expect(asked()).toBe(1);
  });

  it('are renewed after 20 hours, not before, and the pair before is kept', async () => {
    await send();
    const first = kept().pair?.access;
    zalo.platform.advance(19 * HOUR);
    await send();
    expect(asked()).toBe(1);
    zalo.platform.advance(HOUR);
    await send();
    expect(asked()).toBe(2);
    expect(kept().previous?.access).toBe(first);
    expect(zalo.platform.calls.at(-1)?.headers.access_token).toBe(kept().pair?.access);
  });

  it('are renewed though nobody sends anything', async () => {
    await send();
    zalo.platform.advance(21 * HOUR);
    const quiet = another();
    const running = quiet.channel.start();
    await until(() => asked() === 2);
    await running.stop();
    await send();
    expect(asked()).toBe(2);
  });

  it('come from the store when another process has newer ones', async () => {
    await send();
    const other = another();
    await send(other);
    zalo.platform.oauth.killAccessTokens();
    await send(); // renews
    expect(asked()).toBe(2);
    await send(other); // -216, then the store
    expect(asked()).toBe(2);
  });

  it.each([-216, -220, -124])('are renewed once on %i; refused again, an operator is told', async (error) => {
    await send();
    zalo.platform.failNext(/message/, { error });
    await send();
    expect(asked()).toBe(2);
    zalo.platform.failNext(/message/, { error }, 2);
    expect(await faultOf(send())).toEqual({ code: 'token_dead', decision: { kind: 'operator' } });
    expect(asked()).toBe(3);
  });

  it('are written before they are used; a pair that could not be written is written first of all', async () => {
    await send();
    zalo.platform.advance(26 * HOUR);
    zalo.notes.broken = 'write';
    const calls = zalo.platform.callsTo(/message/).length;
    expect(await faultOf(send())).toEqual({ code: 'store_away', decision: { kind: 'retry' } });
    expect(await faultOf(send())).toEqual({ code: 'store_away', decision: { kind: 'retry' } });
    expect(zalo.platform.callsTo(/message/)).toHaveLength(calls);
    zalo.notes.broken = undefined;
    await send();
    expect(asked()).toBe(2);
    expect(zalo.platform.calls.at(-1)?.headers.access_token).toBe(kept().pair?.access);
  });

  it('survive a crash between writing and using', async () => {
    await send();
    zalo.platform.advance(26 * HOUR);
    zalo.platform.failNext(/message/, { drop: true });
    await expect(send()).rejects.toMatchObject({ code: 'cut_off' });
    await send(another()); // what would start after the crash
    expect(asked()).toBe(2);
  });

  it('are lost when the answer to a renewal was lost: said once, alarmed, mended by a new seed alone', async () => {
    await send();
    zalo.platform.advance(26 * HOUR);
    zalo.platform.failNext(OAUTH, { drop: true, acts: true });
    expect(await faultOf(send())).toEqual({ code: 'oauth_cut_off', decision: { kind: 'retry' } });
    for (const _ of [1, 2, 3])
      expect(await faultOf(send())).toEqual({ code: 'grant_lost', decision: { kind: 'operator' } });
    expect(asked()).toBe(3); // the seed, the lost answer, the refusal
    expect(zalo.alarms).toEqual([undefined, 'grant_lost']);

    const restarted = another();
    expect((await faultOf(send(restarted))).code).toBe('grant_lost');
    expect(restarted.alarms).toEqual(['grant_lost']);

    const consented = another({ refreshToken: zalo.platform.oauth.newGrant() });
    await send(consented);
    expect(consented.alarms).toEqual([undefined]);
    await send(); // also the processes that still have the old seed
    expect(zalo.alarms.at(-1)).toBeUndefined();
  });

  it('are tried again when the request itself was lost', async () => {
    zalo.platform.failNext(OAUTH, { drop: true });
    expect((await faultOf(send())).decision).toEqual({ kind: 'retry' });
    await send();
    expect(asked()).toBe(2);
  });

  it('are not overwritten by an old seed', async () => {
    await send();
    const consented = another({ refreshToken: zalo.platform.oauth.newGrant() });
    await send(consented);
    const calls = asked();
    await send(another()); // started with the settings of before
    expect(asked()).toBe(calls);
    expect(kept().pair?.access).toBe(zalo.platform.oauth.access);
  });

  it('stay when a seed is set that was used elsewhere', async () => {
    await send();
    const before = kept().pair;
    const confused = another({ refreshToken: 'refresh-spent-long-ago' });
    await send(confused);
    await send(confused);
    expect(asked()).toBe(2);
    expect(kept().pair).toEqual(before);
    expect(JSON.stringify(confused.logged)).toContain('seed_spent');
  });

  it('are lost from the beginning when the only seed is spent', async () => {
    const fresh = another({ refreshToken: 'refresh-spent-long-ago' });
    for (const _ of [1, 2]) expect((await faultOf(send(fresh))).code).toBe('grant_lost');
    expect(asked()).toBe(1);
  });

  it('do not burn the seed on a wrong app secret', async () => {
    const wrong = another({ appSecret: 'typo' });
    expect(await faultOf(send(wrong))).toEqual({ code: 'app_secret_wrong', decision: { kind: 'operator' } });
    expect(wrong.alarms).toEqual(['app_secret_wrong']);
    await send();
  });

  it('are used to their end while Zalo cannot renew them, asking now and then', async () => {
    await send();
    zalo.platform.advance(21 * HOUR);
    zalo.platform.failNext(OAUTH, { status: 502, body: '<html>' }, 100);
    for (const _ of [1, 2, 3]) await send();
    expect(asked()).toBe(2);
    zalo.platform.advance(2 * 60_000);
    await send();
    expect(asked()).toBe(3);
    zalo.platform.advance(5 * HOUR);
    expect(await faultOf(send())).toEqual({ code: 'oauth_troubled', decision: { kind: 'retry' } });
  });

  it('wait for their turn', async () => {
    zalo.leases.busy = true;
    expect(await faultOf(send())).toEqual({ code: 'token_busy', decision: { kind: 'retry' } });
    zalo.notes.broken = 'read';
    expect(await faultOf(send())).toEqual({ code: 'store_away', decision: { kind: 'retry' } });
  });

  it('stand in no log', async () => {
    await send();
    zalo.platform.oauth.revoke();
    zalo.platform.advance(26 * HOUR);
    await faultOf(send());
    const logs = JSON.stringify(zalo.logged);
    expect(logs).toContain('grant_lost');
    expect(logs).not.toMatch(/access-|refresh-/);
  });
});
