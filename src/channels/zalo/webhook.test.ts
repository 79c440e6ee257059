import { createHash } from 'node:crypto';
import { until } from '../../../tests/support/until.js';
import type { TurnOutcome } from '../../conversation/turn.js';
import type { PushChannelDeps } from '../push-channel.js';
import { OLDEST_EVENT } from './signature.js';
import { outgoing, startZalo, type ZaloInTest } from './testing/zalo-in-test.js';

const event = (zalo: ZaloInTest, more: object = {}) =>
  JSON.stringify({ ...zalo.platform.person().messageEvent('text', { text: 'chào' }), ...more });
const contents = (zalo: ZaloInTest) => zalo.received.map(({ content }) => content);

describe('the webhook of Zalo', () => {
  let zalo: ZaloInTest;
  let outcome: TurnOutcome['kind'] | 'never' = 'done';
  let ports: Pick<PushChannelDeps, 'left' | 'forget'>;
  const away = () => Promise.reject(new Error('The database is away.'));
  beforeEach(async () => {
    outcome = 'done';
    ports = {
      left: async (contact) => void zalo.left.push(contact),
      forget: async (contact) => void zalo.forgotten.push(contact),
    };
    zalo = await startZalo(
      {},
      {
        left: (contact) => ports.left(contact),
        forget: (contact) => ports.forget(contact),
        async receive(incoming) {
          zalo.received.push(incoming);
          if (outcome === 'never') return new Promise(() => undefined);
          return { kind: outcome, messages: outcome === 'done' ? [] : [outgoing({ text: 'Gọi 111.' })] };
        },
      },
    );
  });
  afterEach(() => zalo.close());

  it('answers the check of the address and does nothing: unsigned {}, empty, GET, HEAD', async () => {
    expect(await zalo.platform.webhook.probe()).toBe(200);
    expect(await zalo.platform.webhook.probe('')).toBe(200);
    for (const method of ['GET', 'HEAD']) {
      expect((await fetch(`${zalo.origin}/webhooks/zalo`, { method })).status).toBe(200);
    }
    expect([zalo.received, zalo.observed]).toEqual([[], []]);
  });

  it('shows the file that proves the domain, and no other', async () => {
    const page = await fetch(`${zalo.origin}/zalo_verifierKzABC123.html`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toMatch(
      /content="KzABC123"[\s\S]*There Is No Limit To What You Can Accomplish Using Zalo!/,
    );
    expect((await fetch(`${zalo.origin}/zalo_verifierOther.html`)).status).toBe(404);
  });

  it('takes a genuine event, and keeps no id of a person in clear', async () => {
    const person = zalo.platform.person();
    await person.write('  xin chào ');
    expect(zalo.platform.webhook.answers).toEqual([200]);
    expect(contents(zalo)).toEqual([{ kind: 'text', text: 'xin chào' }]);
    const [incoming] = zalo.received;
    expect(incoming?.contact).toBe(zalo.deps.contactOf(person.id));
    expect(JSON.stringify({ ...incoming, address: '' })).not.toContain(person.id);
    expect(JSON.stringify([zalo.logged, zalo.observed])).not.toContain(person.id);
    expect(zalo.observed).toEqual(['user_send_text taken']);
  });

  it.each([
    ['tampered', (text: string, mac: string) => [text.replace('chào', 'cháo'), mac]],
    ['signed with another key', (text: string) => [text, `mac=${'0'.repeat(64)}`]],
    ['unsigned', (text: string) => [text, '']],
    ['upper case', (text: string, mac: string) => [text, mac.toUpperCase()]],
    ['without prefix', (text: string, mac: string) => [text, mac.slice(4)]],
    ['signed, but no JSON', () => ['{', `mac=${'0'.repeat(64)}`]],
  ])('refuses what is not genuine: %s', async (_, change) => {
    const text = event(zalo);
    const { timestamp } = JSON.parse(text) as { timestamp: string };
    const [body = '', mac = ''] = change(text, zalo.platform.webhook.sign(Buffer.from(text), timestamp));
    const response = await fetch(`${zalo.origin}/webhooks/zalo`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(mac === '' ? {} : { 'X-ZEvent-Signature': mac }) },
      body,
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toEqual({ type: 'about:blank', title: 'Unauthorized', status: 401 });
    expect(zalo.received).toEqual([]);
    expect(zalo.observed).toEqual(['other refused']);
  });

  it('refuses unsigned bodies of any size alike, and signed ones that are too large', async () => {
    const { webhook } = zalo.platform;
    expect(await webhook.post(Buffer.alloc(50_000, 'a'), {})).toBe(401);
    expect(
      await webhook.post(Buffer.alloc(1_100_000, 'a'), { 'X-ZEvent-Signature': `mac=${'0'.repeat(64)}` }),
    ).toBe(413);
    expect(zalo.received).toEqual([]);
  });

  it('verifies the bytes that came, not what they mean', async () => {
    const text = event(zalo, { message: { text: 'Phản ánh', msg_id: 'm1' }, link: 'https://a.vn' })
      .replace(/[^\u0020-\u007e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .replaceAll('/', '\\/');
    expect(await zalo.platform.webhook.bring(text)).toBe(200);
    expect(contents(zalo)).toEqual([{ kind: 'text', text: 'Phản ánh' }]);
  });

  it('takes a number for a timestamp', async () => {
    expect(await zalo.platform.webhook.bring(event(zalo, { timestamp: zalo.platform.now() }))).toBe(200);
    expect(zalo.received).toHaveLength(1);
  });

  it('takes retries of two hours ago, refuses replays of long ago, and names the clock once a minute', async () => {
    const at = (ago: number) => event(zalo, { timestamp: String(zalo.platform.now() - ago) });
    expect(await zalo.platform.webhook.bring(at(111 * 60_000))).toBe(200);
    expect(await zalo.platform.webhook.bring(at(OLDEST_EVENT + 60_000))).toBe(401);
    expect(await zalo.platform.webhook.bring(at(-600_000))).toBe(401);
    expect(zalo.received).toHaveLength(1);
    expect(zalo.logged).toEqual([
      [{ channel: 'zalo', code: 'event_time' }, expect.stringContaining('clock')],
    ]);
    zalo.platform.advance(60_000);
    expect(await zalo.platform.webhook.bring(at(OLDEST_EVENT + 60_000))).toBe(401);
    expect(zalo.logged).toHaveLength(2);
  });

  it('tells the operator that the two secrets were swapped, without telling them', async () => {
    const text = event(zalo);
    const mac = createHash('sha256')
      .update(zalo.settings.appId + text + String((JSON.parse(text) as { timestamp: string }).timestamp))
      .update(zalo.settings.appSecret)
      .digest('hex');
    await zalo.platform.webhook.post(Buffer.from(text), { 'X-ZEvent-Signature': `mac=${mac}` });
    expect(zalo.logged[0]?.[0]).toEqual({ channel: 'zalo', code: 'signature_app_id+body_time+app_secret' });
    expect(JSON.stringify(zalo.logged)).not.toContain(zalo.settings.appSecret);
  });

  it('gives the same message the same id, also when it comes again with num_retry', async () => {
    await zalo.platform.person().write('một');
    await zalo.platform.webhook.redeliver(...zalo.platform.webhook.made);
    expect(zalo.received).toHaveLength(2);
    expect(new Set(zalo.received.map(({ messageId }) => messageId)).size).toBe(1);
    expect(zalo.platform.webhook.answers).toEqual([200, 200]);
  });

  it('acknowledges duplicates, not what could not be stored; says the card once and has it brought again', async () => {
    outcome = 'duplicate';
    const person = zalo.platform.person();
    await person.write('một');
    outcome = 'unavailable';
    await person.write('cứu con');
    await until(() => person.screen.length > 0);
    await zalo.platform.webhook.redeliver();
    outcome = 'done';
    await zalo.platform.webhook.redeliver();
    expect(zalo.observed.filter((line) => line.startsWith('user_send'))).toEqual([
      'user_send_text duplicate',
      'user_send_text not_stored',
      'user_send_text not_stored',
      'user_send_text taken',
    ]);
    expect(person.screen.map(({ text }) => text)).toEqual(['Gọi 111.']);
    expect(zalo.platform.webhook.undelivered).toEqual([]);
  });

  it('sends the card with what is in memory when the whole database is away', async () => {
    const running = zalo.channel.start();
    await until(() => zalo.platform.callsTo(/getoa/).length === 1 && zalo.notes.values.has('oa'));
    zalo.notes.broken = 'read';
    zalo.platform.advance(22 * 3_600_000); // the token in hand should be renewed by now, but cannot be
    outcome = 'unavailable';
    const person = zalo.platform.person();
    await person.write('cứu con');
    await until(() => person.screen.length > 0);
    expect(person.screen.map(({ text }) => text)).toEqual(['Gọi 111.']);
    await running.stop();
  });

  it('answers within two seconds whatever happens', async () => {
    outcome = 'never';
    const started = Date.now();
    await zalo.platform.person().write('một');
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(zalo.platform.webhook.answers).toEqual([503]);
  });

  it('opens the talk for who follows or taps "chat", lets go of who leaves, forgets who withdraws', async () => {
    const person = zalo.platform.person();
    const contact = zalo.deps.contactOf(person.id);
    await person.start();
    const click = { app_id: zalo.platform.appId, oa_id: zalo.platform.oaId, user_id: person.id };
    const timestamp = String(zalo.platform.now());
    await zalo.platform.webhook.bring(
      JSON.stringify({ ...click, event_name: 'user_click_chatnow', timestamp }),
    );
    await person.leave();
    await person.withdraw();
    expect(contents(zalo)).toEqual([{ kind: 'start' }, { kind: 'start' }]);
    expect(zalo.received.map((incoming) => incoming.contact)).toEqual([contact, contact]);
    expect([zalo.left, zalo.forgotten]).toEqual([[contact], [contact]]);
    expect(zalo.platform.webhook.answers).toEqual([200, 200, 200, 200]);
  });

  it('has leaving and withdrawing brought again while they cannot be stored', async () => {
    ports = { left: away, forget: away };
    const person = zalo.platform.person();
    await person.leave();
    await person.withdraw();
    expect(zalo.platform.webhook.answers).toEqual([503, 503]);
  });

  it('acknowledges and leaves alone: echoes, receipts, groups, notices, unknown names, what is no event', async () => {
    const timestamp = String(zalo.platform.now());
    const base = {
      app_id: zalo.platform.appId,
      sender: { id: '1' },
      recipient: { id: zalo.platform.oaId },
      timestamp,
    };
    const bring = (more: object, headers = {}) =>
      zalo.platform.webhook.bring(JSON.stringify({ ...base, ...more }), headers);
    const info = { name: 'A', phone: 84900000000, address: 'B', city: 'C', district: 'D', ward: 'E' };
    await bring({ event_name: 'oa_send_text', message: { text: 'a', msg_id: '1' } });
    await bring({ event_name: 'user_seen_message', message: { msg_ids: ['1'] } });
    await bring({ event_name: 'user_submit_info', info });
    await bring({
      event_name: 'user_submit_info',
      info: { name: 'A', phone: '84', user_dob: '1', gender: 'Nam', full_address: { user_city: 'C' } },
    });
    await bring({ event_name: 'user_send_group_text', message: { text: 'a', msg_id: '1' } });
    await bring(
      { event_name: 'user_send_text', message: { text: 'a', msg_id: '1' } },
      { 'X-ZEvent-Server': 'ZNS' },
    );
    await bring({ event_name: 'something_new' });
    await bring({});
    expect(zalo.platform.webhook.answers).toEqual([200, 200, 200, 200, 200, 200, 200, 200]);
    expect(zalo.received).toEqual([]);
    expect(zalo.observed).toEqual([
      'oa_send_text ignored',
      'user_seen_message ignored',
      'user_submit_info ignored',
      'user_submit_info ignored',
      'group_message ignored',
      'user_send_text ignored',
      'other ignored',
      'other ignored',
    ]);
  });

  it('leaves other apps and other OAs alone, once it knows its own', async () => {
    await zalo.platform.webhook.bring(event(zalo, { recipient: { id: '42' } }));
    await zalo.platform.webhook.bring(event(zalo, { app_id: '42' }));
    expect(zalo.received).toHaveLength(1);
    const person = zalo.platform.person();
    await person.write('một');
    await zalo.send(zalo.address(), outgoing());
    await zalo.platform.webhook.bring(event(zalo, { recipient: { id: '42' } }));
    await person.write('hai');
    expect(zalo.received).toHaveLength(3);
  });

  it('reads everything a person can send', async () => {
    const person = zalo.platform.person();
    await person.sendSticker();
    await person.sendLocation(10.0125, 105.0809);
    await person.sendBusinessCard('Cô Ba', '84900000000');
    await person.sendFile({ kind: 'photo', bytes: Buffer.from('a'), caption: 'đây' });
    await person.sendFile({ kind: 'voice', bytes: Buffer.from('a') });
    await person.sendFile({ kind: 'video', bytes: Buffer.from('a') });
    await person.sendFile({ kind: 'document', bytes: Buffer.from('a'), name: 'a.docx' });
    await person.sendFile({ kind: 'document', bytes: Buffer.from('a'), name: 'a.mp4' });
    await person.sendLink('https://example.vn/', 'coi nè');
    const source = expect.stringContaining(zalo.platform.root);
    expect(contents(zalo)).toEqual([
      { kind: 'other', what: 'sticker' },
      { kind: 'location', latitude: 10.0125, longitude: 105.0809 },
      { kind: 'other', what: 'contact_card' },
      { kind: 'media', media: 'photo', source, text: 'đây' },
      { kind: 'media', media: 'voice', source },
      { kind: 'media', media: 'video', source },
      { kind: 'media', media: 'document', source },
      { kind: 'media', media: 'video', source },
      { kind: 'text', text: 'coi nè\nhttps://example.vn/' },
    ]);
    expect(JSON.stringify(zalo.received)).not.toMatch(/84900000000|Cô Ba/);
  });

  it('tells somebody anonymous apart from every user, and can write back', async () => {
    const person = zalo.platform.anonymousPerson();
    await person.write('em không có Zalo');
    const [incoming] = zalo.received;
    expect(incoming?.contact).not.toBe(zalo.deps.contactOf(person.id));
    await zalo.send(zalo.address(), outgoing({ text: 'Mình nghe.' }));
    expect(person.screen.map(({ text }) => text)).toEqual(['Mình nghe.']);
  });
});
