import { appSecretProof } from './api.js';
import { faultOf, outgoing, processOf, startZalo, type ZaloInTest } from './testing/zalo-in-test.js';

const SEND = /oa\/message/;
const image = { kind: 'image', file: 'so.png', alt: 'Số 111' } as const;
const document = { kind: 'document', file: 'to-roi.pdf', alt: 'Tờ rơi' } as const;
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, label: `Nút ${index + 1}` }));
const paths = (zalo: ZaloInTest, path: RegExp = SEND) => zalo.platform.callsTo(path).map((call) => call.path);

describe('sending on Zalo', () => {
  let zalo: ZaloInTest;
  const begin = async (options: Parameters<typeof startZalo>[0] = {}) => {
    zalo = await startZalo(options);
    const person = zalo.platform.person();
    await person.write('chào');
    return person;
  };
  const send = (more: Parameters<typeof outgoing>[0] = {}) => zalo.send(zalo.address(), outgoing(more));
  afterEach(() => zalo.close());

  it.each([
    [2, 'business', '/v3.0/oa/message/cs'],
    [4, 'government', '/v2.0/oa/message'],
  ] as const)('asks once for the type of OA (%i, %s) and uses its API', async (oaType, _, path) => {
    const person = await begin({ oaType });
    const [id] = await send({ text: 'một' });
    await send({ text: 'hai' });
    expect(person.screen.map(({ text }) => text)).toEqual(['một', 'hai']);
    expect(id).toBe(person.screen[0]?.id);
    expect(paths(zalo)).toEqual([path, path]);
    expect(zalo.platform.callsTo(/getoa/)).toHaveLength(1);
    // A restart finds it in the notes.
    const again = processOf(zalo.platform, zalo.settings, zalo);
    await again.channel.sender.send(zalo.address(), outgoing(), 0);
    expect(zalo.platform.callsTo(/getoa/)).toHaveLength(1);
  });

  it.each([
    [4, ['/v3.0/oa/message/cs', '/v2.0/oa/message', '/v2.0/oa/message']],
    [2, ['/v3.0/oa/message/cs', '/v3.0/oa/message/cs']],
  ] as const)(
    'finds the API of OA type %i by its refusal when Zalo does not say the type',
    async (oaType, tried) => {
      const person = await begin({ oaType });
      zalo.platform.failNext(/getoa/, { status: 502, body: '<html>' });
      await send();
      await send();
      expect(person.screen).toHaveLength(2);
      expect(paths(zalo)).toEqual(tried);
    },
  );

  it('changes from v2.0 to v3.0 when Zalo says so, once, and remembers', async () => {
    const person = await begin({ oaType: 2 });
    await send();
    const raw = zalo.notes.values.get('oa') ?? '';
    zalo.notes.values.set('oa', raw.replace('v3.0', 'v2.0'));
    const again = processOf(zalo.platform, zalo.settings, zalo).channel.sender;
    await again.send(zalo.address(), outgoing(), 0);
    await again.send(zalo.address(), outgoing(), 0);
    expect(person.screen).toHaveLength(3);
    expect(paths(zalo).slice(1)).toEqual(['/v2.0/oa/message', '/v3.0/oa/message/cs', '/v3.0/oa/message/cs']);
    expect(JSON.parse(zalo.notes.values.get('oa') ?? '')).toEqual(JSON.parse(raw));
  });

  it('never tries the other API for any other error, and does not repeat what may have been delivered', async () => {
    const person = await begin();
    zalo.platform.failNext(SEND, { error: -200, acts: true });
    expect(await faultOf(send())).toEqual({ code: 'result_unknown', decision: { kind: 'give_up' } });
    expect(person.screen).toHaveLength(1);
    expect(paths(zalo)).toHaveLength(1);
  });

  it('raises an alarm when both APIs refuse, until something is taken again', async () => {
    await begin();
    await send();
    zalo.platform.failNext(SEND, { error: -235 });
    zalo.platform.failNext(SEND, { error: -240 });
    expect(await faultOf(send())).toEqual({ code: 'endpoint_refused', decision: { kind: 'operator' } });
    await send();
    expect(zalo.alarms).toEqual([undefined, 'endpoint_refused', undefined]);
  });

  it.each([
    [-210, 'too_long', 'give_up'],
    [-224, 'package_needed', 'operator'],
    [-230, 'window_closed', 'hold'],
    [-232, 'window_closed', 'hold'],
    [-217, 'blocked', 'gone'],
  ])('decides %i: %s, %s', async (error, code, kind) => {
    await begin();
    zalo.platform.failNext(SEND, { error });
    expect(await faultOf(send())).toEqual({ code, decision: { kind } });
  });

  it('holds what comes after seven days, and what somebody who unfollowed cannot get', async () => {
    const person = await begin();
    const address = zalo.address();
    zalo.platform.advance(7 * 24 * 3_600_000 + 1);
    expect((await faultOf(zalo.send(address, outgoing()))).decision).toEqual({ kind: 'hold' });
    await person.write('con đây');
    await zalo.send(address, outgoing());
    await person.leave();
    expect((await faultOf(zalo.send(address, outgoing()))).decision).toEqual({ kind: 'hold' });
  });

  it('reads the body before the HTTP status: a refusal with 500 is that refusal, a success with 500 is success', async () => {
    await begin();
    zalo.platform.failNext(SEND, { status: 500, error: -230 });
    expect((await faultOf(send())).code).toBe('window_closed');
    zalo.platform.failNext(SEND, { status: 500, body: '{"error":0,"data":{"message_id":"m"}}' });
    expect(await send()).toEqual(['m']);
  });

  it.each([
    [{ status: 502, body: '<html>bad gateway</html>' }, 'platform_troubled', 'retry'],
    [{ status: 403, body: '<html>' }, 'http_refused', 'operator'],
    [{ status: 301, body: '' }, 'http_refused', 'operator'],
    [{ status: 200, body: '<html>' }, 'answer_unreadable', 'retry'],
    [{ status: 200, body: '{"message":"Success"}' }, 'answer_unreadable', 'retry'],
    [{ drop: true }, 'cut_off', 'retry'],
  ])('decides %j', async (fault, code, kind) => {
    await begin();
    await send();
    zalo.platform.failNext(SEND, fault);
    expect(await faultOf(send())).toEqual({ code, decision: { kind } });
  });

  it('has no word for a person, a text or a token in its faults', async () => {
    await begin();
    await zalo.platform.close();
    const error: unknown = await send({ text: 'bí mật' }).catch((thrown: unknown) => thrown);
    expect(Object.keys(error as object).sort()).toEqual(['code', 'decision']);
    const everything = `${(error as Error).stack} ${JSON.stringify([error, zalo.logged])}`;
    expect(everything).not.toMatch(/bí mật|access-|refresh-|stand-in-app-secret/);
    expect(error).toMatchObject({ code: 'oauth_unreachable', decision: { kind: 'retry' } });
  });

  it('waits until the minute turns when the calls are used up, without calling meanwhile', async () => {
    await begin({ callsPerMinute: 3 });
    zalo.platform.advance(60_000 - (zalo.platform.now() % 60_000)); // a minute begins
    await send(); // getoa and this
    await send();
    const fault = await faultOf(send());
    expect(fault).toMatchObject({ code: 'rate_limited', decision: { kind: 'wait', scope: 'channel' } });
    expect(fault.decision).toMatchObject({ milliseconds: expect.any(Number) });
    expect(zalo.platform.callsTo(/oa\//).filter(({ path }) => path.startsWith('/v'))).toHaveLength(4); // the token's too
    zalo.platform.advance(61_000);
    await send();
  });

  it('waits also when Zalo refuses with -32', async () => {
    await begin();
    await send();
    zalo.platform.failNext(SEND, { error: -32 });
    expect((await faultOf(send())).code).toBe('rate_limited');
    expect((await faultOf(send())).code).toBe('rate_limited');
    expect(paths(zalo)).toHaveLength(2);
  });

  it('proves the app secret only after Zalo wanted it, and then always', async () => {
    const person = await begin({ demandsProof: true });
    await send();
    await send();
    expect(person.screen).toHaveLength(2);
    const proofs = zalo.platform
      .callsTo(/\/oa\/(getoa|message)/)
      .map(({ headers }) => headers.appsecret_proof);
    const proof = appSecretProof(zalo.settings.appSecret, zalo.platform.oauth.access ?? '');
    expect(proofs).toEqual([undefined, proof, proof, proof]);
    const again = processOf(zalo.platform, zalo.settings, zalo).channel.sender;
    await again.send(zalo.address(), outgoing(), 0);
    expect(zalo.platform.calls.at(-1)?.headers.appsecret_proof).toBe(proof);
  });

  it('computes the proof as Zalo does', () => {
    expect(appSecretProof('app-secret', 'access-token')).toBe(
      'dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799',
    );
  });

  it('raises an alarm when the proof itself is refused', async () => {
    await begin();
    zalo.platform.failNext(SEND, { error: -242 }, 2);
    expect(await faultOf(send())).toEqual({ code: 'proof_refused', decision: { kind: 'operator' } });
  });

  it('has buttons pressed and lists answered come back as choices', async () => {
    const person = await begin();
    await send({ text: 'Chọn nhé', choices: choices(5) });
    await person.press('Nút 4');
    await send({ text: 'Chọn nữa', choices: choices(6) });
    await person.press('Nút 6');
    expect(zalo.received.slice(1).map(({ content }) => content)).toEqual([
      { kind: 'choice', id: 'c3' },
      { kind: 'text', text: '6' },
    ]);
  });

  it('gives somebody anonymous a numbered list, over v2.0 whatever the OA is', async () => {
    await begin({ oaType: 2 });
    const person = zalo.platform.anonymousPerson();
    await person.write('chào');
    await send({ text: 'Chọn nhé', choices: choices(2), attachment: image });
    expect(person.screen).toMatchObject([
      { attachment: 'image' },
      { text: 'Chọn nhé\n\nSố 111\n\n1. Nút 1\n2. Nút 2', buttons: [] },
    ]);
    await person.press('Nút 2');
    expect(zalo.received.at(-1)?.content).toEqual({ kind: 'text', text: '2' });
    expect(paths(zalo)).toEqual(['/v2.0/oa/message', '/v2.0/oa/message']);
  });

  it('uploads an image once, and anew when Zalo has dropped it', async () => {
    const person = await begin();
    await send({ attachment: image });
    await send({ attachment: image });
    expect(zalo.platform.callsTo(/upload\/image/)).toHaveLength(1);
    zalo.platform.uploads.expireAll();
    await send({ attachment: image });
    expect(zalo.platform.callsTo(/upload\/image/)).toHaveLength(2);
    zalo.platform.advance(6 * 24 * 3_600_000 + 1);
    await send({ attachment: image });
    expect(zalo.platform.callsTo(/upload\/image/)).toHaveLength(3);
    expect(person.screen.filter(({ attachment }) => attachment === 'image')).toHaveLength(4);
  });

  it('sends a document by its upload token', async () => {
    const person = await begin({ oaType: 4 });
    await send({ text: 'Đây', attachment: document });
    expect(person.screen).toMatchObject([{ attachment: 'document' }, { text: 'Đây\n\nTờ rơi' }]);
  });

  it.each(['sai.png', 'absent.png', '../../../package.json'])(
    'lets the words go without a file that cannot be sent: %s',
    async (file) => {
      const person = await begin();
      expect(await send({ text: 'Đây', attachment: { ...image, file } })).toEqual(['', expect.any(String)]);
      expect(person.screen).toMatchObject([{ text: 'Đây\n\nSố 111' }]);
      expect(zalo.logged).toHaveLength(2); // the seed, the file
    },
  );

  it('gives up an address that is none', async () => {
    await begin();
    for (const address of ['', 'x', '{"user":""}', '{"group":"1"}']) {
      expect(await faultOf(zalo.send(address, outgoing()))).toEqual({
        code: 'address_unreadable',
        decision: { kind: 'give_up' },
      });
    }
  });

  it('follows no redirect and takes no proxy from the environment', async () => {
    await begin();
    process.env.http_proxy = 'http://127.0.0.1:9';
    try {
      await send();
      zalo.platform.failNext(SEND, { status: 307, body: '', location: `${zalo.platform.root}/elsewhere` });
      expect((await faultOf(send())).code).toBe('http_refused');
      expect(paths(zalo)).toHaveLength(2);
      expect(zalo.platform.callsTo(/elsewhere/)).toEqual([]);
    } finally {
      delete process.env.http_proxy;
    }
  });
});
