import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

/** A file of ours that a flow may send. */
export interface AttachmentFile {
  readonly bytes: number;
  /** By its content, not its name; absent for anything but PNG, JPEG and PDF. */
  readonly kind?: 'image' | 'document';
}

const MEGABYTE = 1024 * 1024;
/** What every channel takes, in bytes: Zalo shows images up to 1 MB and files up to 5 MB. */
export const MAX_ATTACHMENT = { image: MEGABYTE, document: 5 * MEGABYTE } as const;

const SIGNATURES = [
  ['89504e470d0a1a0a', 'image'],
  ['ffd8ff', 'image'],
  ['255044462d', 'document'],
] as const;

/** The files of locales/vi/attachments by name; none when there is no such folder. */
export function readAttachments(folder: string): ReadonlyMap<string, AttachmentFile> {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((name) => [name, describe(path.join(folder, name))]));
}

function describe(file: string): AttachmentFile {
  const head = Buffer.alloc(8);
  const opened = openSync(file, 'r');
  const length = readSync(opened, head);
  closeSync(opened);
  const start = head.subarray(0, length).toString('hex');
  const kind = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  return { bytes: statSync(file).size, ...(kind === undefined ? {} : { kind }) };
}
