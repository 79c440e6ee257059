/** Where things stand in a compound file: [MS-CFB] 2.2, learn.microsoft.com/openspecs/windows_protocols/ms-cfb. */
const SECTOR_SHIFT = 30;
const FIRST_DIRECTORY_SECTOR = 48;
const FAT_SECTORS = 76;
const FAT_SECTORS_IN_HEADER = 109;
const ENTRY_BYTES = 128;
const LAST_SECTOR = 0xfffffffa;
/** A letter has a few dozen streams; a longer directory is somebody's trick. */
const MAX_DIRECTORY_SECTORS = 256;
/** The stream that makes a compound file a Word document: [MS-DOC] 2.1.1. */
const WORD_STREAM = 'WordDocument';

/**
 * Whether a compound file (the container of .doc, but of .xls and of the installer .msi too) is a Word document: its
 * directory lists a stream "WordDocument". False on anything that does not hold together.
 */
export function isWordBinary(file: Buffer): boolean {
  if (file.length < 512) return false;
  const shift = file.readUInt16LE(SECTOR_SHIFT);
  if (shift !== 9 && shift !== 12) return false;
  const size = 1 << shift;
  let sector = file.readUInt32LE(FIRST_DIRECTORY_SECTOR);
  for (let count = 0; count < MAX_DIRECTORY_SECTORS && sector < LAST_SECTOR; count += 1) {
    const start = (sector + 1) * size;
    if (start + size > file.length) return false;
    for (let at = start; at < start + size; at += ENTRY_BYTES) {
      if (nameOf(file, at) === WORD_STREAM) return true;
    }
    sector = sectorAfter(file, sector, size);
  }
  return false;
}

function nameOf(file: Buffer, entry: number): string {
  const bytes = file.readUInt16LE(entry + 64);
  return bytes < 2 || bytes > 64 ? '' : file.toString('utf16le', entry, entry + bytes - 2);
}

/** The next sector of a chain, as the allocation table has it; the end when the table cannot be read. */
function sectorAfter(file: Buffer, sector: number, size: number): number {
  const perTable = size / 4;
  const table = Math.floor(sector / perTable);
  if (table >= FAT_SECTORS_IN_HEADER) return LAST_SECTOR;
  const at = (file.readUInt32LE(FAT_SECTORS + table * 4) + 1) * size + (sector % perTable) * 4;
  return at + 4 <= file.length ? file.readUInt32LE(at) : LAST_SECTOR;
}
