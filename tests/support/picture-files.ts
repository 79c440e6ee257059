import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { zip } from './small-files.js';

/** Pictures as phones and attackers make them, painted by code so that no person's picture lies in the project. */

/** Words planted where a cleaner must not leave them. */
export const PLANTED = [
  'NGUYEN-VAN-BI-MAT',
  'So 12 duong Bi Mat',
  'may-cua-ai-do',
  'RUT-TIEN',
  '<script>',
] as const;
const [AUTHOR, ADDRESS, DEVICE, ARCHIVED, SCRIPT] = PLANTED;

const latin = (text: string) => Buffer.from(text, 'latin1');

/** A picture whose upper left quarter is red, the rest blue: one can see which way up it is. */
const painted = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    {
      input: {
        create: { width: width / 2, height: height / 2, channels: 3, background: '#ff0000' },
      },
      left: 0,
      top: 0,
    },
  ]);

/** A JPEG segment: marker, length, content. */
function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Exif in a little-endian TIFF: orientation, maker, a GPS directory with a latitude, and a thumbnail. */
function exif(orientation: number, thumbnail: Buffer): Buffer {
  const tiff = Buffer.alloc(256);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(3, 8);
  entry(10, 0x010f, 2, DEVICE.length + 1, 140);
  entry(22, 0x0112, 3, 1, orientation);
  entry(34, 0x8825, 4, 1, 60);
  // The next directory holds the thumbnail.
  tiff.writeUInt32LE(100, 46);
  tiff.writeUInt16LE(2, 60);
  entry(62, 1, 2, 2, 0x4e);
  entry(74, 2, 5, 3, 200);
  for (const [index, value] of [10, 1, 0, 1, 4521, 100].entries()) tiff.writeUInt32LE(value, 200 + index * 4);
  tiff.writeUInt16LE(2, 100);
  entry(102, 0x0201, 4, 1, 256);
  entry(114, 0x0202, 4, 1, thumbnail.length);
  tiff.write(`${DEVICE}\0`, 140, 'latin1');
  return Buffer.concat([latin('Exif\0\0'), tiff, thumbnail]);
}

/** A photo of a phone held upright (orientation 6), with place, maker, author, thumbnail, comment. 300 × 200 as stored, 200 × 300 as seen. */
export async function phonePhoto(): Promise<Buffer> {
  const plain = await painted(300, 200).jpeg().toBuffer();
  const small = await painted(32, 20).jpeg().toBuffer();
  const xmp = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="10,1N" dc:creator="${AUTHOR}"/></rdf:RDF></x:xmpmeta>`;
  const iptc = `Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x5a\0\x12${ADDRESS}`;
  return Buffer.concat([
    plain.subarray(0, 2),
    segment(0xe1, exif(6, small)),
    segment(0xe1, latin(xmp)),
    segment(0xed, latin(iptc)),
    segment(0xfe, latin(`chup boi ${AUTHOR}`)),
    plain.subarray(2),
  ]);
}

const plainJpeg = () => painted(120, 80).jpeg().toBuffer();

/** A photo that is an archive as well: whoever looks from the end finds a ZIP file. */
export const jpegAndZip = async () => Buffer.concat([await plainJpeg(), zip({ 'a.txt': ARCHIVED })]);

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([latin(name), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A picture of a screen with a text, a time and Exif in it. */
export async function pngWithTexts(): Promise<Buffer> {
  const plain = await painted(120, 80).png().toBuffer();
  const afterHeader = 8 + 25;
  return Buffer.concat([
    plain.subarray(0, afterHeader),
    chunk('tEXt', latin(`Author\0${AUTHOR}`)),
    chunk('iTXt', latin(`XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>${ADDRESS}</x:xmpmeta>`)),
    chunk('tIME', Buffer.from([7, 234, 11, 24, 8, 0, 0])),
    chunk('eXIf', exif(1, Buffer.alloc(0)).subarray(6)),
    plain.subarray(afterHeader),
  ]);
}

/** A GIF that a careless page would run as a script. */
export async function gifAndScript(): Promise<Buffer> {
  const plain = await painted(60, 40).gif().toBuffer();
  return Buffer.concat([plain, latin(`=1;/*${SCRIPT}alert("${AUTHOR}")</script>*/`)]);
}

export const webpWithExif = () =>
  painted(120, 80)
    .withExif({ IFD0: { Artist: AUTHOR }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '10/1 1/1 4521/100' } })
    .webp()
    .toBuffer();

export const svgWithScript = () =>
  latin(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${SCRIPT}alert(1)</script></svg>`);

export const truncatedJpeg = async () => {
  const photo = await painted(800, 600).jpeg({ quality: 100 }).toBuffer();
  return photo.subarray(0, photo.length / 2);
};

/** One colour, 30,000 × 30,000: some hundred kilobytes that unpack to 900 MB. Written line by line, packed as one. */
export function decompressionBomb(side = 30_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // Nothing unpacks so far that the lines must all be there: a promise of the header is the attack.
  const lines = deflateSync(Buffer.alloc((side + 1) * 1000));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', lines),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF with a script, an author, a packed stream that grows a thousandfold, and something behind its end. */
export function pdfWithEverything(): Buffer {
  const packed = deflateSync(Buffer.alloc(5_000_000));
  return Buffer.concat([
    latin('%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n'),
    latin(`2 0 obj<</Producer(${DEVICE})/Author(${AUTHOR})>>endobj\n`),
    latin(`3 0 obj<</Filter/FlateDecode/Length ${packed.length}>>stream\n`),
    packed,
    latin('\nendstream endobj\ntrailer<</Root 1 0 R/Info 2 0 R>>\n%%EOF\n'),
    zip({ 'a.txt': ARCHIVED }),
  ]);
}
