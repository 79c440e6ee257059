import { fileTypeFromBuffer } from 'file-type/core';
import type { MediaKind } from '../../conversation/message.js';
import { isWordBinary } from './word-binary.js';

/** What a file is by its content. */
export interface FileKind {
  /** E.g. "image/jpeg". */
  readonly type: string;
  readonly kind: MediaKind;
}

/**
 * The types that people may send, by what the content was recognised as: what phones make, and letters. Everything else
 * is refused: programs, pages and drawings that can carry scripts, archives, whatever nobody recognises.
 */
const ALLOWED: Readonly<Record<string, FileKind>> = {
  jpg: { type: 'image/jpeg', kind: 'photo' },
  png: { type: 'image/png', kind: 'photo' },
  apng: { type: 'image/png', kind: 'photo' },
  webp: { type: 'image/webp', kind: 'photo' },
  gif: { type: 'image/gif', kind: 'photo' },
  heic: { type: 'image/heic', kind: 'photo' },
  ogg: { type: 'audio/ogg', kind: 'voice' },
  oga: { type: 'audio/ogg', kind: 'voice' },
  opus: { type: 'audio/ogg', kind: 'voice' },
  spx: { type: 'audio/ogg', kind: 'voice' },
  mp3: { type: 'audio/mpeg', kind: 'voice' },
  m4a: { type: 'audio/mp4', kind: 'voice' },
  aac: { type: 'audio/aac', kind: 'voice' },
  amr: { type: 'audio/amr', kind: 'voice' },
  wav: { type: 'audio/wav', kind: 'voice' },
  mp4: { type: 'video/mp4', kind: 'video' },
  m4v: { type: 'video/mp4', kind: 'video' },
  '3gp': { type: 'video/3gpp', kind: 'video' },
  '3g2': { type: 'video/3gpp2', kind: 'video' },
  mov: { type: 'video/quicktime', kind: 'video' },
  webm: { type: 'video/webm', kind: 'video' },
  pdf: { type: 'application/pdf', kind: 'document' },
  doc: { type: 'application/msword', kind: 'document' },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    kind: 'document',
  },
  odt: { type: 'application/vnd.oasis.opendocument.text', kind: 'document' },
};

/** What the content is, or undefined when it is nothing that people may send. Never rejects, whatever the bytes. */
export async function typeOfFile(file: Buffer): Promise<FileKind | undefined> {
  const found = await fileTypeFromBuffer(file).catch(() => undefined);
  if (found === undefined) return undefined;
  const name = found.ext === 'cfb' && isWordBinary(file) ? 'doc' : found.ext;
  const known = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
  // Which of the two names of this one family it is, the content says itself.
  if (name === 'heic' && found.mime.startsWith('image/heif')) return { type: 'image/heif', kind: 'photo' };
  return known;
}
