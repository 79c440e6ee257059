import sharp, { type CreateRaw } from 'sharp';
import { metadataIn } from '../reports/evidence/metadata.js';

// Only these readers of libvips may ever touch what strangers send: no SVG, no PDF, no file of its own formats.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** Longest side of a clean copy, pixels. */
export const CLEAN_SIDE = 2048;
/** A preview holds no more of the picture than this many pixels a side, whatever size it is shown in. */
const PREVIEW_HOLDS = 10;
/** Longest side of a preview as it is shown, pixels. */
const PREVIEW_SIDE = 240;
/** Longest that libvips may work on one step, seconds. */
const STEP_SECONDS = 12;
/**
 * Most pixels that are decoded. JPEG is made smaller while it is read, so the largest that phones take (108 million) is
 * possible; the others are unpacked whole.
 */
const MOST_PIXELS = { jpeg: 128_000_000, other: 40_000_000 };

/** Types that can be cleaned. HEIC is not among them: its decoder is patented and not part of sharp as it is published. */
export const CLEANABLE: Readonly<Record<string, 'jpeg' | 'other'>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'other',
  'image/webp': 'other',
  'image/gif': 'other',
};

/** What remains of a picture when only its pixels are kept: two JPEG files. */
export interface CleanImage {
  readonly clean: Buffer;
  readonly preview: Buffer;
}

/** Why there is no clean copy: `too_large` more pixels than we unpack · `damaged` it cannot be read to its end · `no_reader`. */
export type NotCleaned = 'too_large' | 'damaged' | 'no_reader';

export type CleaningOutcome =
  | ({ readonly kind: 'cleaned' } & CleanImage)
  | { readonly kind: 'not_cleaned'; readonly why: NotCleaned };

/**
 * Paints a picture anew: the pixels of its first frame, upright, at most 2,048 on the longest side, without metadata of any
 * kind and whatever hung at its end. Runs untrusted bytes through decoders: call it in a process of its own only
 * (`clean-in-child.ts`). Never rejects.
 * @param type as recognised by content
 */
export async function cleanImage(type: string, bytes: Buffer): Promise<CleaningOutcome> {
  const family = CLEANABLE[type];
  if (family === undefined) return { kind: 'not_cleaned', why: 'no_reader' };
  try {
    // Pixels alone pass from the first step to the second: what the decoder knew besides (density, profile) stays behind.
    const { data, info } = await sharp(bytes, {
      failOn: 'error',
      limitInputPixels: MOST_PIXELS[family],
      sequentialRead: true,
      autoOrient: true,
    })
      .timeout({ seconds: STEP_SECONDS })
      .resize({ width: CLEAN_SIDE, height: CLEAN_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const clean = await sharp(data, { raw })
      .timeout({ seconds: STEP_SECONDS })
      .jpeg({ quality: 85 })
      .toBuffer();
    const preview = await previewOf(data, raw);
    if (metadataIn('image/jpeg', clean).length > 0) return { kind: 'not_cleaned', why: 'damaged' };
    return { kind: 'cleaned', clean, preview };
  } catch (error) {
    const tooLarge = error instanceof Error && /pixel limit|too large/i.test(error.message);
    return { kind: 'not_cleaned', why: tooLarge ? 'too_large' : 'damaged' };
  }
}

/** Colours and rough shapes: enough to tell one file from another, too little to see what is on it. */
async function previewOf(data: Buffer, raw: CreateRaw): Promise<Buffer> {
  const { data: tiny, info } = await sharp(data, { raw })
    .resize({ width: PREVIEW_HOLDS, height: PREVIEW_HOLDS, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(tiny, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .resize({ width: PREVIEW_SIDE, height: PREVIEW_SIDE, fit: 'inside', kernel: 'cubic' })
    .blur(6)
    .jpeg({ quality: 60 })
    .toBuffer();
}
