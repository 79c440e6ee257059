import { METADATA_MARKS, type MetadataMark } from './marks.js';
import { documentMarks } from './metadata-documents.js';
import { gifMarks, jpegMarks, pngMarks, riffMarks } from './metadata-images.js';
import { audioMarks, boxMarks, webmMarks } from './metadata-recordings.js';

const READERS: readonly (readonly [RegExp, (file: Buffer) => ReadonlySet<MetadataMark>])[] = [
  [/^image\/jpeg$/, jpegMarks],
  [/^image\/png$/, pngMarks],
  [/^image\/webp$/, riffMarks],
  [/^image\/gif$/, gifMarks],
  [/^image\/hei[cf]$|^video\/(mp4|3gpp2?|quicktime)$|^audio\/mp4$/, boxMarks],
  [/^video\/webm$/, webmMarks],
  [/^audio\//, audioMarks],
  [/^application\//, documentMarks],
];

/**
 * Finds metadata by walking the parts of a file of this type (as recognised by content). It is a note for staff, not a proof of
 * absence: what a format hides in its compressed parts is not searched. Never throws, whatever the bytes.
 */
export function metadataIn(type: string, file: Buffer): readonly MetadataMark[] {
  const reader = READERS.find(([types]) => types.test(type))?.[1];
  if (!reader) return [];
  const found = reader(file);
  return METADATA_MARKS.filter((mark) => found.has(mark));
}
