import { randomBytes } from 'node:crypto';
import { json, type Reply, refuse, type ZaloCall } from './call.js';

const LIFE = 7 * 24 * 3_600_000;
const IMAGES = [Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from([0xff, 0xd8, 0xff])];
const FILE_NAMES = /\.(pdf|docx?|csv)$/i;

/** What was uploaded to Zalo, for seven days. */
export class ZaloUploads {
  private readonly kept = new Map<string, { kind: 'image' | 'file'; ends: number }>();

  constructor(private readonly now: () => number) {}

  take(kind: 'image' | 'file', call: ZaloCall): Reply {
    const part = filePart(call);
    if (part === undefined) return refuse(-201, 'file is invalid!');
    if (kind === 'image' && !IMAGES.some((begin) => part.bytes.subarray(0, begin.length).equals(begin))) {
      return refuse(-201, 'file is invalid. We only support png and jpeg');
    }
    if (kind === 'file' && !FILE_NAMES.test(part.name)) return refuse(-201, 'file is invalid!');
    if (part.bytes.length > (kind === 'image' ? 1_000_000 : 5_000_000)) {
      return refuse(-210, 'Parameter exceeds allowable limit');
    }
    const reference = randomBytes(16).toString('base64url');
    this.kept.set(reference, { kind, ends: this.now() + LIFE });
    return json({
      error: 0,
      message: 'Success',
      data: kind === 'image' ? { attachment_id: reference } : { token: reference },
    });
  }

  /** Why a message cannot use this upload; undefined when it can. */
  refusalOf(kind: 'image' | 'file', reference: unknown): Reply | undefined {
    const upload = typeof reference === 'string' ? this.kept.get(reference) : undefined;
    if (upload === undefined || upload.kind !== kind) return refuse(-201, 'attachment_id is invalid!');
    return this.now() < upload.ends ? undefined : refuse(-100, 'attachment_id was expired');
  }

  expireAll(): void {
    for (const upload of this.kept.values()) upload.ends = 0;
  }
}

/** The part named "file" of a multipart body. */
function filePart({ headers, body }: ZaloCall): { name: string; bytes: Buffer } | undefined {
  const boundary = /^multipart\/form-data;.*boundary=([^;]+)/i.exec(String(headers['content-type']))?.[1];
  if (boundary === undefined) return undefined;
  const headEnd = body.indexOf('\r\n\r\n');
  const head = body.subarray(0, headEnd).toString('utf8');
  const end = body.indexOf(`\r\n--${boundary}`, headEnd + 4);
  const name = /name="file"; filename="([^"]+)"/.exec(head)?.[1];
  if (headEnd < 0 || end < 0 || name === undefined || !head.startsWith(`--${boundary}`)) return undefined;
  return { name, bytes: body.subarray(headEnd + 4, end) };
}
