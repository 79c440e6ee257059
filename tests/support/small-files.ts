/** The smallest files that begin as the real ones do, made byte by byte so that no person's file lies in the project. */

const bytes = (...values: number[]) => Buffer.from(values);
const text = (value: string) => Buffer.from(value, 'latin1');
const filled = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.alloc(64)]);

/** An MP4 family file with the given brand: RFC 4337 / ISO 14496-12 `ftyp` box. */
const boxed = (brand: string) =>
  filled(bytes(0, 0, 0, 24), text(`ftyp${brand}`), bytes(0, 0, 2, 0), text(`isom${brand}`));

const riff = (form: string) => filled(text('RIFF'), bytes(64, 0, 0, 0), text(form));

/** An Ogg page that begins a stream of the given codec. */
const ogg = (codec: string) => filled(text('OggS'), Buffer.alloc(24), text(codec));

/** An EBML header with the document type, as WebM and Matroska have it. */
const ebml = (documentType: string) =>
  filled(
    bytes(0x1a, 0x45, 0xdf, 0xa3, 0x80 | (3 + documentType.length)),
    bytes(0x42, 0x82, 0x80 | documentType.length),
    text(documentType),
  );

/** A ZIP archive of stored entries. */
export function zip(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([text('PK\x03\x04'), facts, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([text('PK\x01\x02'), bytes(20, 0), facts, rest, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, list, text('PK\x05\x06'), end]);
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A compound file (the container of .doc, .xls, .msi) whose directory lists the given streams, four entries a sector. */
export function compound(...streams: string[]): Buffer {
  const size = 512;
  const names = ['Root Entry', ...streams];
  const sectors = Math.ceil(names.length / 4);
  const file = Buffer.alloc(size * (2 + sectors));
  text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.fill(0xff, 76, size);
  file.writeUInt32LE(0, 76);
  // Sector 0 is the allocation table; the directory goes from sector 1 to the last one, which ends it.
  file.fill(0xff, size, size * 2);
  file.writeUInt32LE(0xfffffffd, size);
  for (let sector = 1; sector <= sectors; sector += 1) {
    file.writeUInt32LE(sector === sectors ? 0xfffffffe : sector + 1, size + sector * 4);
  }
  names.forEach((name, index) => {
    const entry = size * 2 + index * 128;
    file.write(name, entry, 'utf16le');
    file.writeUInt16LE((name.length + 1) * 2, entry + 64);
  });
  return file;
}

const WORD_CONTENT =
  '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** What people may send, by the type that must be found in it. */
export const GOOD_FILES = {
  'image/jpeg': filled(
    bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16),
    text('JFIF\0'),
    bytes(1, 1, 0, 0, 1, 0, 1, 0, 0),
  ),
  'image/png': filled(
    bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    bytes(0, 0, 0, 13),
    text('IHDR'),
    bytes(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde),
    bytes(0, 0, 0, 0),
    text('IDAT'),
  ),
  'image/webp': riff('WEBPVP8 '),
  'image/gif': filled(text('GIF89a'), bytes(1, 0, 1, 0)),
  'image/heic': boxed('heic'),
  'image/heif': boxed('mif1'),
  'audio/ogg': ogg('OpusHead'),
  'audio/mpeg': filled(text('ID3'), bytes(3, 0, 0, 0, 0, 0, 0), bytes(0xff, 0xfb, 0x90, 0)),
  'audio/mp4': boxed('M4A '),
  'audio/aac': filled(bytes(0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc)),
  'audio/amr': filled(text('#!AMR\n')),
  'audio/wav': riff('WAVEfmt '),
  'video/mp4': boxed('isom'),
  'video/3gpp': boxed('3gp4'),
  'video/quicktime': boxed('qt  '),
  'video/webm': ebml('webm'),
  'application/pdf': filled(text('%PDF-1.4\n')),
  'application/msword': compound('WordDocument'),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': zip({
    '[Content_Types].xml': WORD_CONTENT,
    'word/document.xml': '<w:document/>',
  }),
  'application/vnd.oasis.opendocument.text': zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': '<office:document-content/>',
  }),
} as const;

/** What nobody may send us, by what it is. */
export const BAD_FILES = {
  'a Windows program': filled(text('MZ'), bytes(0x90, 0, 3, 0)),
  'a Linux program': filled(bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0)),
  'a web page': text('<!DOCTYPE html><html><script>alert(1)</script></html>'),
  'a drawing with a script': text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  'a shell script': text('#!/bin/sh\nexit 0\n'),
  'an archive': zip({ 'a.txt': 'a' }),
  'an Android program': zip({ 'AndroidManifest.xml': 'a', 'classes.dex': 'a' }),
  'a spreadsheet': compound('Workbook'),
  'an installer': compound('䡀䌏䈯'),
  'a document with macros': zip({
    '[Content_Types].xml': WORD_CONTENT.replace(
      'vnd.openxmlformats-officedocument.wordprocessingml.document.main',
      'vnd.ms-word.document.macroEnabled.main',
    ),
    'word/document.xml': '<w:document/>',
  }),
  'a Matroska film': ebml('matroska'),
  'plain words': text('chi la chu'),
  noise: Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 73 + 19) % 251)),
} as const;
