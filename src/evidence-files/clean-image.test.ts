import fc from 'fast-check';
import sharp from 'sharp';
import {
  decompressionBomb,
  gifAndScript,
  jpegAndZip,
  PLANTED,
  phonePhoto,
  pngWithTexts,
  svgWithScript,
  truncatedJpeg,
  webpWithExif,
} from '../../tests/support/picture-files.js';
import { metadataIn } from '../reports/evidence/metadata.js';
import { CLEAN_SIDE, cleanImage } from './clean-image.js';

async function cleaned(type: string, bytes: Buffer) {
  const outcome = await cleanImage(type, bytes);
  if (outcome.kind !== 'cleaned') throw new Error(outcome.why);
  return outcome;
}

/** The colour of a point, as the picture is seen by a program that knows nothing of orientation. */
async function colourAt(picture: Buffer, left: number, top: number): Promise<'red' | 'blue' | 'other'> {
  const [red = 0, , blue = 0] = await sharp(picture)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer();
  return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : 'other';
}

async function expectNothingLeft(picture: Buffer): Promise<void> {
  for (const words of PLANTED) expect(picture.includes(words, 0, 'latin1')).toBe(false);
  expect(metadataIn('image/jpeg', picture)).toEqual([]);
  const { exif, xmp, iptc, icc, comments, orientation, format } = await sharp(picture).metadata();
  expect({ exif, xmp, iptc, icc, comments, orientation, format }).toEqual({ format: 'jpeg' });
}

test.each([
  ['image/jpeg', phonePhoto, ['location', 'details']],
  ['image/jpeg', jpegAndZip, ['appended']],
  ['image/png', pngWithTexts, ['location', 'details']],
  ['image/webp', webpWithExif, ['location', 'details']],
  ['image/gif', gifAndScript, ['appended']],
] as const)(
  'of a %s (%p) only the pixels remain, in the copy and in the preview',
  async (type, make, marks) => {
    const original = await make();
    expect(PLANTED.some((words) => original.includes(words, 0, 'latin1'))).toBe(true);
    expect(metadataIn(type, original)).toEqual(marks);
    const { clean, preview } = await cleaned(type, original);
    await expectNothingLeft(clean);
    await expectNothingLeft(preview);
  },
);

test('a photo taken with the phone upright stands upright', async () => {
  const { clean } = await cleaned('image/jpeg', await phonePhoto());
  const { width, height } = await sharp(clean).metadata();
  expect({ width, height }).toEqual({ width: 200, height: 300 });
  // What was stored at the upper left is seen at the upper right.
  expect(await colourAt(clean, 150, 70)).toBe('red');
  expect(await colourAt(clean, 50, 70)).toBe('blue');
  expect(await colourAt(clean, 150, 230)).toBe('blue');
});

test('a large picture becomes one of 2,048 pixels, a small one keeps its size', async () => {
  const large = await sharp({ create: { width: 5000, height: 2500, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  const { clean, preview } = await cleaned('image/png', large);
  expect(await sharp(clean).metadata()).toMatchObject({ width: CLEAN_SIDE, height: CLEAN_SIDE / 2 });
  expect(await sharp(preview).metadata()).toMatchObject({ width: 240, height: 120 });
});

test('a preview tells no detail: a fine pattern becomes one colour', async () => {
  const size = 600;
  const lines = Buffer.from(Array.from({ length: size * size }, (_, at) => ((at % size) % 4 < 2 ? 0 : 255)));
  const pattern = await sharp(lines, { raw: { width: size, height: size, channels: 1 } })
    .png()
    .toBuffer();
  const { preview } = await cleaned('image/png', pattern);
  const [grey] = (await sharp(preview).greyscale().stats()).channels;
  expect(grey?.stdev).toBeLessThan(4);
});

test('transparent parts become white, and of a film of pictures the first is kept', async () => {
  const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#0000' } })
    .png()
    .toBuffer();
  const [white = 0] = await sharp((await cleaned('image/png', clear)).clean)
    .raw()
    .toBuffer();
  expect(white).toBeGreaterThan(250);
  const frame = (background: string) =>
    sharp({ create: { width: 20, height: 20, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = [await frame('#ff0000'), await frame('#0000ff')];
  const film = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const { clean } = await cleaned('image/gif', film);
  expect(await sharp(clean).metadata()).toMatchObject({ width: 20, height: 20 });
  expect(await colourAt(clean, 10, 10)).toBe('red');
});

test.each([
  ['a picture that unpacks to 900 million pixels', 'image/png', () => decompressionBomb(), 'too_large'],
  ['a photo that breaks off in the middle', 'image/jpeg', truncatedJpeg, 'damaged'],
  ['a drawing with a script, whatever it calls itself', 'image/png', svgWithScript, 'damaged'],
  ['an iPhone picture, which cannot be read here', 'image/heic', phonePhoto, 'no_reader'],
  ['nothing', 'image/jpeg', () => Buffer.alloc(0), 'damaged'],
] as const)('%s has no clean copy', async (_what, type, make, why) => {
  expect(await cleanImage(type, await make())).toEqual({ kind: 'not_cleaned', why });
});

test('however a file was changed, the cleaner answers, and nothing but pixels comes out', async () => {
  const files = await Promise.all([
    phonePhoto().then((bytes) => ['image/jpeg', bytes] as const),
    pngWithTexts().then((bytes) => ['image/png', bytes] as const),
    webpWithExif().then((bytes) => ['image/webp', bytes] as const),
    gifAndScript().then((bytes) => ['image/gif', bytes] as const),
  ]);
  const changes = fc.array(
    fc.record({
      at: fc.nat(),
      value: fc.integer({ min: 0, max: 255 }),
      how: fc.constantFrom('set', 'cut', 'twice'),
    }),
    { minLength: 1, maxLength: 8 },
  );
  let copies = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), changes, async ([type, bytes], list) => {
      let changed = Buffer.from(bytes);
      for (const { at, value, how } of list) {
        const place = at % Math.max(1, changed.length);
        if (how === 'set') changed[place] = value;
        else if (how === 'cut' && value < 40) changed = changed.subarray(0, place);
        else if (how === 'twice')
          changed = Buffer.concat([changed.subarray(0, place), changed.subarray(Math.max(0, place - value))]);
      }
      for (const named of [
        'image/jpeg',
        'image/png',
        'image/webp',
        'image/gif',
        'video/mp4',
        'audio/mpeg',
        'application/pdf',
      ])
        metadataIn(named, changed);
      const outcome = await cleanImage(type, changed);
      if (outcome.kind !== 'cleaned') return;
      copies += 1;
      await expectNothingLeft(outcome.clean);
      await expectNothingLeft(outcome.preview);
    }),
    { numRuns: 150 },
  );
  // A fuzz in which no file survives would prove nothing of what comes out.
  expect(copies).toBeGreaterThan(20);
}, 120_000);
