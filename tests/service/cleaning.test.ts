import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createCleaner } from '../../src/evidence-files/clean-in-child.js';
import { decompressionBomb, phonePhoto, truncatedJpeg } from '../support/picture-files.js';

const SCRIPT = 'dist/evidence-files/cleaning-process.js';

describe('the process that cleans pictures', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cleaning-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const script = (name: string, code: string): string => {
    const file = path.join(folder, `${name}.mjs`);
    writeFileSync(file, code);
    return file;
  };

  it('cleans a photo, and says why it cannot clean others, one after another', async () => {
    const clean = createCleaner(SCRIPT);
    const [photo, bomb, broken, again] = await Promise.all([
      clean('image/jpeg', await phonePhoto()),
      clean('image/png', decompressionBomb()),
      clean('image/jpeg', await truncatedJpeg()),
      clean('image/jpeg', await phonePhoto()),
    ]);
    expect([photo.kind, bomb, broken, again.kind]).toEqual([
      'cleaned',
      { kind: 'not_cleaned', why: 'too_large' },
      { kind: 'not_cleaned', why: 'damaged' },
      'cleaned',
    ]);
    if (photo.kind === 'cleaned')
      expect(await sharp(photo.clean).metadata()).toMatchObject({ width: 200, height: 300 });
  });

  it('is killed when it hangs, and the next picture has its turn', async () => {
    const hangs = createCleaner(script('hangs', 'setInterval(() => undefined, 1000)'), 300);
    const both = await Promise.all([hangs('image/jpeg', Buffer.of(1)), hangs('image/jpeg', Buffer.of(1))]);
    expect(both).toEqual(Array(2).fill({ kind: 'not_cleaned', why: 'too_slow' }));
  });

  it.each([
    ['dies', 'process.abort()'],
    ['says something else', 'process.stdout.write("<html>")'],
    ['promises more than it gives', 'process.stdout.write(Buffer.from([0x43,0,0,0,9,0,0,0,9,1]))'],
    [
      'never stops talking',
      'for (;;) if (!process.stdout.write(Buffer.alloc(1 << 20))) await new Promise((r) => process.stdout.once("drain", r))',
    ],
  ])('counts as crashed when it %s', async (name, code) => {
    const clean = createCleaner(script(name.replaceAll(' ', '-'), code));
    expect(await clean('image/jpeg', Buffer.alloc(100_000))).toEqual({ kind: 'not_cleaned', why: 'crashed' });
  });

  it('gets no setting and no key of the service', async () => {
    process.env.SERVICE_KEY = 'planted';
    const tells = script(
      'tells',
      'if (Object.keys(process.env).some((name) => !name.startsWith("__"))) process.abort(); process.stdout.write(Buffer.of(2))',
    );
    expect(await createCleaner(tells)('image/jpeg', Buffer.of(1))).toEqual({
      kind: 'not_cleaned',
      why: 'damaged',
    });
    delete process.env.SERVICE_KEY;
  });
});
