import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BAD_FILES, compound, GOOD_FILES, zip } from '../../../tests/support/small-files.js';
import { INCOMING_LIMITS, type IncomingLimits } from './incoming-limits.js';
import { type ReadOutcome, readIncomingFile } from './read-incoming-file.js';

const small: IncomingLimits = { bytes: 1_000, whole: 400, silence: 100 };

const read = (bytes: AsyncIterable<Uint8Array>, limits?: IncomingLimits): Promise<ReadOutcome> =>
  readIncomingFile({ bytes }, limits);
const readAll = (content: Buffer) => read(Readable.from([content]));
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A source that says whether it was told to stop. */
function watched(give: () => AsyncGenerator<Uint8Array>) {
  const seen = { stopped: false };
  const source = (async function* () {
    try {
      yield* give();
    } finally {
      seen.stopped = true;
    }
  })();
  return { source, seen };
}

const KINDS = { image: 'photo', audio: 'voice', video: 'video', application: 'document' } as const;

describe('a file that people may send', () => {
  test.each(Object.entries(GOOD_FILES))('%s is kept as what it is', async (type, content) => {
    const family = type.split('/')[0] as keyof typeof KINDS;
    expect(await readAll(content)).toEqual({
      kind: 'kept',
      file: {
        type,
        kind: KINDS[family],
        bytes: content,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    });
  });

  it('is whole, in however many pieces it came', async () => {
    const content = GOOD_FILES['application/pdf'];
    const outcome = await read(Readable.from([...content].map((byte) => Buffer.from([byte]))));
    expect(outcome).toMatchObject({ file: { bytes: content, type: 'application/pdf' } });
  });

  it('is a picture when it begins as one, whatever hangs at its end', async () => {
    const polyglot = Buffer.concat([GOOD_FILES['image/jpeg'], zip({ 'run.exe': 'MZ' })]);
    expect(await readAll(polyglot)).toMatchObject({ file: { type: 'image/jpeg', bytes: polyglot } });
  });

  it('is a Word document only when its directory says so, however long that is', async () => {
    const streams = ['1Table', 'Data', 'ObjectPool', 'CompObj', 'SummaryInformation', 'WordDocument'];
    expect(await readAll(compound(...streams))).toMatchObject({ file: { type: 'application/msword' } });
    const cut = compound(...streams).subarray(0, 1_600);
    expect(await readAll(cut)).toEqual({ kind: 'refused', reason: 'wrong_type' });
    const round = compound(...streams.slice(0, 5));
    // The directory leads back into itself.
    round.writeUInt32LE(1, 512 + 2 * 4);
    expect(await readAll(round)).toEqual({ kind: 'refused', reason: 'wrong_type' });
  });
});

describe('what is refused', () => {
  test.each(Object.entries(BAD_FILES))('%s', async (_, content) => {
    expect(await readAll(content)).toEqual({ kind: 'refused', reason: 'wrong_type' });
  });

  it('a program that its platform calls a photo', async () => {
    const lying = {
      bytes: Readable.from([BAD_FILES['a Windows program']]),
      name: 'con.jpg',
      type: 'image/jpeg',
    };
    expect(await readIncomingFile(lying)).toEqual({ kind: 'refused', reason: 'wrong_type' });
  });

  it('nothing at all', async () => {
    expect(await read(Readable.from([]))).toEqual({ kind: 'refused', reason: 'empty' });
    expect(await readAll(Buffer.alloc(0))).toEqual({ kind: 'refused', reason: 'empty' });
  });

  it('one byte over 20 MB, while exactly 20 MB is kept', async () => {
    const full = Buffer.alloc(20 * 1024 * 1024);
    GOOD_FILES['video/mp4'].copy(full);
    const pieces = (content: Buffer) =>
      Readable.from(
        (function* () {
          for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
        })(),
      );
    expect(INCOMING_LIMITS.bytes).toBe(full.length);
    expect(await read(pieces(full))).toMatchObject({ kind: 'kept' });
    const over = Buffer.concat([full, Buffer.alloc(1)]);
    expect(await read(pieces(over))).toEqual({ kind: 'refused', reason: 'too_big' });
  });

  it('a stream without end, which is stopped', async () => {
    const { source, seen } = watched(async function* () {
      for (;;) yield Buffer.alloc(100);
    });
    expect(await read(source, small)).toEqual({ kind: 'refused', reason: 'too_big' });
    await sleep(0);
    expect(seen.stopped).toBe(true);
  });

  it('a stream that always has another byte but never comes to its end', async () => {
    const { source, seen } = watched(async function* () {
      for (;;) {
        await sleep(20);
        yield Buffer.from([0xff]);
      }
    });
    const began = Date.now();
    expect(await read(source, small)).toEqual({ kind: 'refused', reason: 'too_slow' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(small.whole - 5);
    await sleep(50);
    expect(seen.stopped).toBe(true);
  });

  it('a stream that falls silent, long before the whole time is up; it is destroyed in the middle of its wait', async () => {
    const silent = new Readable({ read: () => undefined });
    silent.push(GOOD_FILES['image/jpeg']);
    const began = Date.now();
    expect(await read(silent, small)).toEqual({ kind: 'refused', reason: 'too_slow' });
    expect(Date.now() - began).toBeLessThan(small.whole);
    expect(silent.destroyed).toBe(true);
  });

  it('a stream that breaks, of which nothing is told further', async () => {
    const broken = watched(async function* () {
      yield GOOD_FILES['image/jpeg'];
      throw new Error('https://files.example/secret-token');
    });
    const outcome = await read(broken.source, small);
    expect(outcome).toEqual({ kind: 'refused', reason: 'broken_off' });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });
});
