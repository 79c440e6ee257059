import type { MetadataMark } from './marks.js';

type Marks = Set<MetadataMark>;

/** Where cameras write the place: QuickTime File Format "User data", 3GPP TS 26.244 8.2, Exif inside HEIF is not searched. */
const PLACES = ['\xa9xyz', 'loci', 'com.apple.quicktime.location'];
const DETAILS = ['udta', 'meta', 'uuid', 'Exif', '\xa9too', '\xa9day'];

/** MP4, QuickTime, 3GP, HEIF: the top boxes (ISO/IEC 14496-12) but for the media itself are searched for known names. */
export function boxMarks(file: Buffer): Marks {
  const marks: Marks = new Set();
  for (let at = 0; at + 8 <= file.length; ) {
    const short = file.readUInt32BE(at);
    const long = short === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : short;
    const size = short === 0 ? file.length - at : long;
    if (size < 8) break;
    const name = file.toString('latin1', at + 4, at + 8);
    const content = file.subarray(at, at + size);
    if (name !== 'mdat') {
      if (PLACES.some((place) => content.includes(place, 0, 'latin1'))) marks.add('location');
      if (DETAILS.some((detail) => content.includes(detail, 0, 'latin1'))) marks.add('details');
    }
    at += size;
  }
  if (marks.has('location')) marks.add('details');
  return marks;
}

/** Matroska's ids of tags, title, date and attachments (matroska.org/technical/elements.html). */
const WEBM_DETAILS = ['1254c367', '7ba9', '4461', '1941a469'].map((id) => Buffer.from(id, 'hex'));
/** They stand before the media or at the very end, bytes. */
const EDGE = 64 * 1024;

export function webmMarks(file: Buffer): Marks {
  const edges = [file.subarray(0, EDGE), file.subarray(-EDGE)];
  const found = WEBM_DETAILS.some((id) => edges.some((edge) => edge.includes(id)));
  return new Set(found ? ['details'] : []);
}

const AUDIO_DETAILS = ['bext', 'iXML', 'id3 ', 'LIST', 'TITLE=', 'ARTIST=', 'DATE=', 'LOCATION=', 'ENCODER='];

/** ID3 before or after the sound, the chunks of WAV, the comments of Ogg. */
export function audioMarks(file: Buffer): Marks {
  const marks: Marks = new Set();
  const edges = [file.subarray(0, EDGE), file.subarray(-EDGE)];
  const isTagged =
    file.toString('latin1', 0, 3) === 'ID3' || file.subarray(-128).toString('latin1', 0, 3) === 'TAG';
  if (isTagged || edges.some((edge) => AUDIO_DETAILS.some((name) => edge.includes(name, 0, 'latin1'))))
    marks.add('details');
  if (edges.some((edge) => edge.includes('LOCATION=', 0, 'latin1'))) marks.add('location');
  return marks;
}
