import { randomBytes, randomUUID } from 'node:crypto';
import { type Channel, type SendDecision, SendFault } from '../../src/channels/channel.js';
import type { Incoming, Outgoing } from '../../src/conversation/message.js';
import type { Directory } from '../../src/directory/directory.js';
import { deliverJob, type SendingChannel } from '../../src/jobs/deliver.js';
import { fetchJob } from '../../src/jobs/fetch.js';
import { retractJob } from '../../src/jobs/retract.js';
import { createCodeLookup } from '../../src/reports/code-lookup.js';
import { createChannelAlarms } from '../../src/store/channel-alarms.js';
import { createChannelNotes } from '../../src/store/channel-notes.js';
import { createContacts } from '../../src/store/contacts.js';
import type { Database } from '../../src/store/database.js';
import { createDeliveries } from '../../src/store/deliveries.js';
import { createEvidenceStore } from '../../src/store/evidence.js';
import { alone, createLeaseRows } from '../../src/store/leases.js';
import { createRetractions } from '../../src/store/retractions.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createTurnStore } from '../../src/store/turns.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';

const serviceKey = randomBytes(32);
const cipher = createServiceCipher([serviceKey]);
const PACE = { overall: 5, perTalk: 20 };
const telegram: SendingChannel['channel'] = {
  name: 'telegram',
  reachesAway: true,
  pace: PACE,
  limits: { textCharacters: 4096, choices: 16, labelCharacters: 64, choiceIdBytes: 64 },
} satisfies Channel;

const message = (text: string, kind: Outgoing['kind'] = 'text'): Outgoing => ({
  id: randomUUID(),
  kind,
  text,
  choices: [],
  sources: [],
});

/** A platform that takes messages of two pieces and answers as told. */
function fakePlatform() {
  const taken: { address: string; text: string; at: number }[] = [];
  const faults: SendDecision[] = [];
  const retracted: string[] = [];
  return {
    taken,
    faults,
    retracted,
    sender: {
      pieces: (what: Outgoing) => what.text.split('|').length,
      send: async (address: string, what: Outgoing, piece: number) => {
        const fault = faults.shift();
        if (fault) throw new SendFault('told', fault);
        taken.push({ address, text: what.text.split('|')[piece] ?? '', at: Date.now() });
        return `receipt ${taken.length}`;
      },
      retract: async (_address: string, receipts: readonly string[]) => void retracted.push(...receipts),
    },
  };
}

describeOnEachDatabase('bringing messages to their people', (make) => {
  let backend: Backend;
  let database: Database;
  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });

  const now = (): number => Date.now();
  const turns = () =>
    createTurnStore({
      db: database.db,
      cipher,
      codeLookup: createCodeLookup(Buffer.alloc(16, 7)),
      directory: {} as Directory,
      answersInPlace: () => false,
      onLostTalk: () => undefined,
    });
  const incoming = (contact: string): Incoming => ({
    channel: 'telegram',
    messageId: randomUUID(),
    contact: cipher.contactHash('telegram', contact),
    address: `address of ${contact}`,
    receipt: `heard from ${contact}`,
    content: { kind: 'text', text: 'x' },
  });
  /** One turn of this person that says these messages; the ids to deliver. */
  const say = async (contact: string, messages: readonly Outgoing[], forget = false) => {
    const turn = await turns().takeTurn(incoming(contact), now(), async () => ({
      talk: { format: 1, lastHeard: now() },
      outgoing: messages,
      forget,
    }));
    if (turn.kind !== 'done') throw new Error('A new message is no duplicate.');
    return turn.committed;
  };
  const start = (platform: ReturnType<typeof fakePlatform>) => {
    const alarms: (string | undefined)[] = [];
    const job = deliverJob({
      deliveries: createDeliveries(database.db, cipher, now),
      announced: ['webchat'],
      sending: { telegram: { channel: telegram, sender: platform.sender } },
      left: createContacts(database.db).left,
      alarm: async (_channel, code) => void alarms.push(code),
      observe: () => undefined,
    });
    /** As the queue does: again when asked to, again after a rejection. */
    const deliver = async (id: string): Promise<void> => {
      for (let tries = 0; tries < 200; tries += 1) {
        const again = await job.run(id, false).catch(() => ({ againIn: 10 }));
        if (!again) return;
        await new Promise((resolve) => setTimeout(resolve, Math.min(again.againIn, 30)));
      }
      throw new Error('It never ended.');
    };
    return { job, deliver, alarms };
  };
  const stateOf = async (id: string): Promise<unknown> =>
    (
      (await database.db.execute(
        `select state, length(sealed_content) as words from lang_nghe.outbox where id = '${id}'`,
      )) as unknown as { rows: unknown[] }
    ).rows[0];

  it('keeps each person’s order and pace, whoever works off the jobs first', async () => {
    const platform = fakePlatform();
    const { deliver } = start(platform);
    const people = ['a', 'b', 'c'];
    const ids: string[] = [];
    for (const person of people) {
      for (const part of ['1|2', '3', '4|5']) {
        const { outbox } = await say(person, [message(part)]);
        ids.push(...outbox.map((each) => each.id));
      }
    }
    await Promise.all([...ids].reverse().map(deliver));
    for (const person of people) {
      const got = platform.taken.filter((each) => each.address === `address of ${person}`);
      expect(got.map((each) => each.text)).toEqual(['1', '2', '3', '4', '5']);
      for (const [index, each] of got.entries()) {
        const before = got[index - 1];
        if (before) expect(each.at - before.at).toBeGreaterThanOrEqual(PACE.perTalk - 2);
      }
    }
    expect(await stateOf(ids[0] ?? '')).toEqual({ state: 'sent', words: 0 });
  });

  it('sends an emergency card before what else waits for the person', async () => {
    const platform = fakePlatform();
    const { deliver } = start(platform);
    const earlier = await say('urgent', [message('hỏi thăm')]);
    const card = await say('urgent', [message('Gọi 113', 'danger')]);
    expect(card.outbox).toEqual([expect.objectContaining({ urgent: true })]);
    await Promise.all([...earlier.outbox, ...card.outbox].map(({ id }) => deliver(id)));
    expect(platform.taken.map(({ text }) => text)).toEqual(['Gọi 113', 'hỏi thăm']);
  });

  it('tries again in order through a storm of refusals, nothing lost, nothing doubled', async () => {
    const platform = fakePlatform();
    const { deliver } = start(platform);
    const ids: string[] = [];
    for (const text of ['1', '2|3', '4'])
      ids.push(...(await say('storm', [message(text)])).outbox.map(({ id }) => id));
    platform.faults.push(
      { kind: 'retry' },
      { kind: 'wait', milliseconds: 30, scope: 'talk' },
      { kind: 'retry' },
      { kind: 'wait', milliseconds: 30, scope: 'channel' },
      { kind: 'retry' },
    );
    await Promise.all(ids.map(deliver));
    expect(platform.taken.map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
  });

  it('raises an alarm for an operator, keeps the message, and sends it when that is mended', async () => {
    const platform = fakePlatform();
    const { job, alarms } = start(platform);
    const { outbox } = await say('operator', [message('chờ')]);
    const id = outbox[0]?.id ?? '';
    platform.faults.push({ kind: 'operator' });
    expect(await job.run(id, false)).toEqual({ againIn: 60_000 });
    expect(alarms).toEqual(['told']);
    expect(await stateOf(id)).toMatchObject({ state: 'pending' });
    expect(await job.run(id, false)).toMatchObject({ againIn: expect.any(Number) });
    expect(platform.taken).toEqual([]);
    await database.db.execute('update lang_nghe.channel_states set next_send_at = null');
    expect(await job.run(id, false)).toBeUndefined();
    expect(alarms).toEqual(['told', undefined]);
  });

  it('holds what staff wrote until the person writes again, and lets go of what a turn said', async () => {
    const platform = fakePlatform();
    const { job, deliver } = start(platform);
    const first = await say('away', []);
    expect(first.outbox).toEqual([]);
    const talk = (await database.db.execute(
      `select id from lang_nghe.talks where contact = '\\x${cipher.contactHash('telegram', 'away')}'`,
    )) as unknown as { rows: { id: string }[] };
    const reply = message('Cô chú đã nhận.', 'reply');
    await database.db.execute(
      `insert into lang_nghe.outbox (id, talk_id, state, sealed_content, created_at)
       values ('${reply.id}', '${talk.rows[0]?.id}', 'pending', '\\x${Buffer.from(cipher.seal(`outbox:${reply.id}`, JSON.stringify(reply))).toString('hex')}', now())`,
    );
    platform.faults.push({ kind: 'hold' });
    await job.run(reply.id, false);
    expect(await stateOf(reply.id)).toMatchObject({ state: 'held' });
    await deliver(reply.id);
    expect(platform.taken).toEqual([]);
    const again = await say('away', [message('chào lại')]);
    expect(again.outbox.map(({ id }) => id)).toContain(reply.id);
    platform.faults.push();
    await Promise.all(again.outbox.map(({ id }) => deliver(id)));
    expect(platform.taken.map(({ text }) => text)).toEqual(['Cô chú đã nhận.', 'chào lại']);
  });

  it('sends nothing more to somebody who left', async () => {
    const platform = fakePlatform();
    const { deliver } = start(platform);
    const { outbox } = await say('left', [message('một'), message('hai')]);
    platform.faults.push({ kind: 'gone' });
    for (const { id } of outbox) await deliver(id);
    expect(platform.taken).toEqual([]);
    expect(await stateOf(outbox[1]?.id ?? '')).toBeUndefined();
  });

  it('goes on when the process that was sending died', async () => {
    const platform = fakePlatform();
    const { outbox } = await say('dead', [message('còn đây')]);
    const id = outbox[0]?.id ?? '';
    const long = { now: Date.now() };
    const deliveries = createDeliveries(database.db, cipher, () => long.now);
    expect(await deliveries.claim(id, PACE)).toMatchObject({ kind: 'send' });
    expect(await deliveries.claim(id, PACE)).toMatchObject({ kind: 'later' });
    long.now += 31_000;
    expect(await deliveries.claim(id, PACE)).toMatchObject({
      kind: 'send',
      claimed: { address: 'address of dead' },
    });
    expect(platform.taken).toEqual([]);
    // The clock of this test ran ahead of the others'.
    await database.db.execute('update lang_nghe.channel_states set next_send_at = null');
  });

  it('takes back what both sides wrote when a person asks to forget, once, and says goodbye', async () => {
    const platform = fakePlatform();
    const { deliver } = start(platform);
    const { outbox } = await say('forgets', [message('một|hai')]);
    for (const { id } of outbox) await deliver(id);
    const asked = incoming('forgets');
    const forget = async () =>
      turns().takeTurn(asked, now(), async () => ({
        talk: { format: 1, lastHeard: now() },
        outgoing: [message('Đã xoá.')],
        forget: true,
      }));
    const [once, twice] = [await forget(), await forget()];
    const retractions = once.kind === 'done' ? once.committed.retractions : [];
    expect(retractions).toHaveLength(1);
    expect(twice.kind === 'done' && twice.committed.retractions).toEqual([]);
    const job = retractJob({
      retractions: createRetractions(database.db, cipher),
      sending: { telegram: { channel: telegram, sender: platform.sender } },
      now: () => now() + 60_000,
      observe: () => undefined,
    });
    platform.taken.length = 0;
    await job.run(retractions[0] ?? '', false);
    await job.run(retractions[0] ?? '', false);
    expect(platform.retracted).toEqual([
      'heard from forgets',
      'heard from forgets',
      'receipt 1',
      'receipt 2',
    ]);
    expect(platform.taken.map(({ text }) => text)).toEqual(['Đã xoá.']);
  });

  it('fetches a file once, keeps it sealed, and tells the person when it cannot', async () => {
    const evidence = createEvidenceStore(database.db, cipher, now);
    const note = async (contact: string, source: string): Promise<string> => {
      const id = randomUUID();
      await turns().takeTurn(incoming(contact), now(), async (turn) => {
        await turn.keepEvidence(id, { media: 'photo', source }, now());
        return { talk: { format: 1, lastHeard: now(), voice: 'child' }, outgoing: [], forget: false };
      });
      return id;
    };
    const bytes = Buffer.concat([Buffer.from('ảnh bí mật'), randomBytes(700_000)]);
    const said: string[] = [];
    const job = fetchJob({
      evidence,
      ours: {},
      sending: {
        telegram: {
          channel: telegram,
          sender: {
            ...fakePlatform().sender,
            fetch: async (source) => ({ bytes: iterate(Buffer.from(source)) }),
          },
        },
      },
      read: async (file) => {
        let source = '';
        for await (const chunk of file.bytes) source += Buffer.from(chunk).toString();
        return source === 'good'
          ? { kind: 'kept', file: { kind: 'photo', type: 'image/png', bytes, sha256: 'ab'.repeat(32) } }
          : { kind: 'refused', reason: 'wrong_type' };
      },
      clean: async () => ({ kind: 'not_cleaned', why: 'damaged' }),
      refusal: (reason, voice) => `${reason} ${voice}`,
      afterRefusal: (id) => said.push(id),
      observe: () => undefined,
    });
    const good = await note('file', 'good');
    await Promise.all([job.run(good, false), job.run(good, false)]);
    const stored = (await database.db.execute(
      `select sealed_bytes as b from lang_nghe.evidence_parts where evidence_id = '${good}' order by part`,
    )) as unknown as { rows: { b: Uint8Array }[] };
    expect(stored.rows).toHaveLength(2);
    expect(stored.rows.some(({ b }) => Buffer.from(b).includes('ảnh bí mật'))).toBe(false);

    const bad = await note('file too', 'bad');
    await job.run(bad, false);
    await job.run(bad, false);
    expect(said).toHaveLength(1);
  });

  it('lets one at a time do what must be done alone, and lets go of what a dead process held', async () => {
    const clock = { now: Date.now() };
    const rows = createLeaseRows(database.db, () => clock.now);
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    const times = { life: 5000, patience: 5000 };
    await Promise.all([1, 2, 3].map(() => alone(rows, 'token', times, work)));
    expect(most).toBe(1);
    expect(await rows.take('dead', randomUUID(), 1000)).toBe(true);
    expect(await alone(rows, 'dead', { life: 1000, patience: 0 }, work)).toBeUndefined();
    clock.now += 1001;
    expect(await alone(rows, 'dead', { life: 1000, patience: 0 }, async () => 'mine')).toEqual({
      value: 'mine',
    });
  });

  it('keeps notes encrypted and alarms until they end', async () => {
    const notes = createChannelNotes(database.db, cipher);
    await notes.write('zalo token', 'mã bí mật');
    await notes.write('zalo token', 'mã bí mật mới');
    expect(await notes.read('zalo token')).toBe('mã bí mật mới');
    const newer = createServiceCipher([randomBytes(32), serviceKey]);
    expect(await createChannelNotes(database.db, newer).read('zalo token')).toBe('mã bí mật mới');
    await expect(notes.read('zalo token')).rejects.toThrow('SERVICE_KEY');
    const alarms = createChannelAlarms(database.db, now);
    expect(await alarms.set('zalo', 'grant_lost')).toBe(true);
    expect(await alarms.set('zalo', 'grant_lost')).toBe(false);
    expect(await alarms.list()).toMatchObject([{ channel: 'zalo', code: 'grant_lost' }]);
    expect(await alarms.set('zalo', undefined)).toBe(true);
    expect(await alarms.list()).toEqual([]);
  });
});

async function* iterate(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
