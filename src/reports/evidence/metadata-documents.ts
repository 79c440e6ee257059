import type { MetadataMark } from './marks.js';

const PDF_DETAILS = ['/Info', '/Metadata', '<x:xmpmeta', '/Author', '/Producer'];
/** What may act or hide when a PDF is opened: ISO 32000-1 12.6 (actions), 7.11.4 (embedded files). */
const PDF_ACTIVE = ['/JavaScript', '/JS', '/OpenAction', '/Launch', '/EmbeddedFile', '/AA'];
/** Behind `%%EOF` nothing but an end of line belongs. */
const END_OF_PDF = '%%EOF';
const SLACK = 4;

/** PDF and letters. Word and OpenDocument files always carry who wrote them and when. */
export function documentMarks(file: Buffer): Set<MetadataMark> {
  const marks = new Set<MetadataMark>();
  const has = (name: string): boolean => file.includes(name, 0, 'latin1');
  if (file.toString('latin1', 0, 5) !== '%PDF-') {
    marks.add('details');
    if (has('vbaProject') || has('_VBA_PROJECT') || has('Macros')) marks.add('active');
    return marks;
  }
  if (PDF_DETAILS.some(has)) marks.add('details');
  if (PDF_ACTIVE.some(has)) marks.add('active');
  const end = file.lastIndexOf(END_OF_PDF, undefined, 'latin1');
  if (end !== -1 && end + END_OF_PDF.length + SLACK < file.length) marks.add('appended');
  return marks;
}
