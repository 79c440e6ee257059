import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import FormData from 'form-data';
import { z } from 'zod';
import type { Attachment } from '../../conversation/message.js';
import { SendFault } from '../channel.js';
import type { ChannelNotes } from '../push-channel.js';
import type { ZaloApi } from './api.js';

/** Zalo keeps an uploaded file for 7 days; used for a day less, milliseconds. */
const LIFE = 6 * 24 * 3_600_000;
/** Bytes: docs.zaloplatforms.com/docs/OA, images of 1 MB, files of 5 MB. */
const MAX_BYTES = { image: 1_000_000, document: 5_000_000 };

const kept = z.object({ reference: z.string(), at: z.number() });
const answers = {
  image: z.object({ attachment_id: z.string().min(1) }).transform((data) => data.attachment_id),
  document: z.object({ token: z.string().min(1) }).transform((data) => data.token),
};
const PATHS = { image: '/v2.0/oa/upload/image', document: '/v2.0/oa/upload/file' };

/** What Zalo must be shown of a file to believe its kind, by how it begins. */
const TYPES: readonly (readonly [Attachment['kind'], string, Buffer])[] = [
  ['image', 'image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['image', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['document', 'application/pdf', Buffer.from('%PDF-')],
];

/** Our files, as Zalo has them. */
export interface Uploads {
  /** What names the file in a message; uploaded when Zalo does not have it, or `anew`. @throws SendFault, and as `ZaloApi.call` */
  referenceOf(attachment: Attachment, anew: boolean): Promise<string>;
}

export function createUploads(parts: {
  readonly api: ZaloApi;
  readonly notes: ChannelNotes;
  readonly folder: string;
  /** What an upload belongs to; another grant may be of another OA. */
  readonly seed: string;
  now(): number;
}): Uploads {
  const { api, notes, folder, seed, now } = parts;
  return {
    async referenceOf(attachment, anew) {
      const { bytes, type } = await readOwnFile(folder, attachment);
      // By content: a changed file is a new one.
      const note = `upload ${createHash('sha256').update(`${seed} ${attachment.kind} `).update(bytes).digest('hex')}`;
      const known = anew ? undefined : await readKept(notes, note);
      if (known !== undefined && now() - known.at < LIFE) return known.reference;
      const form = new FormData();
      form.append('file', bytes, { filename: path.basename(attachment.file), contentType: type });
      const data = await api.call({
        method: 'POST',
        path: PATHS[attachment.kind],
        headers: form.getHeaders(),
        data: form.getBuffer(),
      });
      const reference = answers[attachment.kind].safeParse(data).data;
      if (reference === undefined) throw new SendFault('answer_unreadable', { kind: 'retry' });
      // Uploaded again next time when it is not kept.
      await notes.write(note, JSON.stringify({ reference, at: now() })).catch(() => undefined);
      return reference;
    },
  };
}

async function readKept(notes: ChannelNotes, note: string) {
  const raw = await notes.read(note).catch(() => undefined);
  return raw === undefined ? undefined : kept.safeParse(JSON.parse(raw)).data;
}

async function readOwnFile(folder: string, { kind, file }: Attachment) {
  const bytes = await readFile(path.join(folder, path.basename(file))).catch(() => {
    throw new SendFault('file_missing', { kind: 'give_up' });
  });
  if (bytes.length > MAX_BYTES[kind]) throw new SendFault('file_too_large', { kind: 'give_up' });
  const type = TYPES.find(
    ([of, , begin]) => of === kind && bytes.subarray(0, begin.length).equals(begin),
  )?.[1];
  if (type === undefined) throw new SendFault('file_type', { kind: 'give_up' });
  return { bytes, type };
}
