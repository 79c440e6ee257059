import { pdfWithEverything } from '../../../tests/support/picture-files.js';
import { GOOD_FILES } from '../../../tests/support/small-files.js';
import { metadataIn } from './metadata.js';

const latin = (text: string) => Buffer.from(text, 'latin1');
const box = (name: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const film = (...inMovie: Buffer[]) =>
  Buffer.concat([
    box('ftyp', latin('isom')),
    box('moov', ...inMovie),
    // The media itself may hold any bytes.
    box('mdat', latin('\xa9xyz meta udta')),
  ]);

test.each([
  [
    'a film with a place',
    'video/mp4',
    film(box('udta', box('\xa9xyz', latin('+10.0123+105.0809/')))),
    'location details',
  ],
  ['a film with a program in it', 'video/mp4', film(box('udta', box('\xa9too', latin('x')))), 'details'],
  ['a film without', 'video/mp4', film(box('mvhd', Buffer.alloc(20))), ''],
  ['a song with a name before it', 'audio/mpeg', latin('ID3\x04\0\0\0\0\0\0'), 'details'],
  [
    'a song with a name behind it',
    'audio/mpeg',
    Buffer.concat([Buffer.alloc(500), latin('TAG'), Buffer.alloc(125)]),
    'details',
  ],
  ['a voice message with comments', 'audio/ogg', latin('OggS OpusTags TITLE=con ke'), 'details'],
  ['a voice message without', 'audio/ogg', latin('OggS OpusHead'), ''],
  [
    'a PDF with a script, an author and a file behind its end',
    'application/pdf',
    pdfWithEverything(),
    'details appended active',
  ],
  ['a plain PDF', 'application/pdf', latin('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n'), ''],
  ['a letter', 'application/msword', latin('\xd0\xcf\x11\xe0 Macros'), 'details active'],
] as const)('%s', (_what, type, file, marks) => {
  expect(metadataIn(type, Buffer.from(file)).join(' ')).toBe(marks);
});

test('files that break off anywhere are read without a fault', () => {
  for (const [type, file] of Object.entries(GOOD_FILES))
    for (let length = 0; length <= file.length; length += 1)
      expect(Array.isArray(metadataIn(type, file.subarray(0, length)))).toBe(true);
});
