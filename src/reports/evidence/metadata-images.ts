import type { MetadataMark } from './marks.js';

type Marks = Set<MetadataMark>;

/** Segments of a JPEG that say nothing beside the picture: APP0 (JFIF), APP14 (colour transform). ITU-T T.81 B.1.1.3. */
const PLAIN_APPLICATION = new Set([0xe0, 0xee]);
const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe];

/** Walks the segments: APP1…APP15 and comments before the picture, and whatever follows its end. */
export function jpegMarks(file: Buffer): Marks {
  const marks: Marks = new Set();
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === SOI || marker === EOI) break;
    const length = file.readUInt16BE(at + 2);
    const content = file.subarray(at + 4, at + 2 + length);
    const isApplication = marker >= 0xe0 && marker <= 0xef && !PLAIN_APPLICATION.has(marker);
    if (isApplication || marker === COM) marks.add('details');
    if (marker === 0xe1 && saysWhere(content)) marks.add('location');
    at += 2 + length;
    if (marker === SOS) at = afterScan(file, at);
  }
  if (at + 2 < file.length) marks.add('appended');
  return marks;
}

/** The next marker behind compressed data: 0xff followed by neither a stuffed zero nor a restart. */
function afterScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return file.length;
}

/** Exif with a GPS directory (tag 0x8825), or XMP with a GPS property. */
function saysWhere(content: Buffer): boolean {
  if (content.subarray(0, 6).toString('latin1') === 'Exif\0\0') return exifSaysWhere(content.subarray(6));
  return content.includes('exif:GPS') || content.includes('Iptc4xmpCore:Location');
}

const GPS_DIRECTORY = 0x8825;

/** Looks through the first directory of a TIFF header: TIFF 6.0 section 2, Exif 2.32 section 4.6.3. */
function exifSaysWhere(tiff: Buffer): boolean {
  if (tiff.length < 8) return false;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return false;
  for (let entry = 0; entry < short(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return false;
    if (short(at) === GPS_DIRECTORY) return true;
  }
  return false;
}

/** Chunks that describe and do not draw: PNG 1.2 section 4.2, eXIf of the extensions. */
const PNG_DETAILS = new Set(['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf', 'iCCP']);

export function pngMarks(file: Buffer): Marks {
  const marks: Marks = new Set();
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    if (PNG_DETAILS.has(name)) marks.add('details');
    if (name === 'eXIf' && exifSaysWhere(file.subarray(at + 8, at + 8 + length))) marks.add('location');
    at += 12 + length;
    if (name !== 'IEND') continue;
    if (at < file.length) marks.add('appended');
    break;
  }
  return marks;
}

/** WebP: the chunks of a RIFF file (developers.google.com/speed/webp/docs/riff_container). */
export function riffMarks(file: Buffer): Marks {
  const marks: Marks = new Set();
  if (file.length < 12) return marks;
  const end = 8 + file.readUInt32LE(4);
  for (let at = 12; at + 8 <= Math.min(end, file.length); ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const content = file.subarray(at + 8, at + 8 + length);
    if (name === 'EXIF' || name === 'XMP ' || name === 'ICCP') marks.add('details');
    const tiff = content.toString('latin1', 0, 4) === 'Exif' ? content.subarray(6) : content;
    if (name === 'EXIF' && exifSaysWhere(tiff)) marks.add('location');
    at += 8 + length + (length % 2);
  }
  if (end < file.length) marks.add('appended');
  return marks;
}

const [GIF_EXTENSION, GIF_IMAGE, GIF_COMMENT] = [0x21, 0x2c, 0xfe];

/** GIF89a: blocks until the trailer; comments are extensions of their own (section 24). */
export function gifMarks(file: Buffer): Marks {
  const marks: Marks = new Set();
  const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + colours(file[10] ?? 0);
  while (at < file.length && (file[at] === GIF_EXTENSION || file[at] === GIF_IMAGE)) {
    if (file[at] === GIF_EXTENSION && file[at + 1] === GIF_COMMENT) marks.add('details');
    at += file[at] === GIF_EXTENSION ? 2 : 11 + colours(file[at + 9] ?? 0);
    for (let length = file[at] ?? 0; length > 0; length = file[at] ?? 0) at += 1 + length;
    at += 1;
  }
  if (at + 1 < file.length) marks.add('appended');
  return marks;
}
