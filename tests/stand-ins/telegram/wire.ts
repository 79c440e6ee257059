import type { File } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** What the Bot API refuses, as it says so: {"ok":false,"error_code":…,"description":…}. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly description: string,
    readonly retryAfter?: number,
  ) {
    super(description);
  }
  get body(): object {
    return {
      ok: false,
      error_code: this.status,
      description: this.description,
      ...(this.retryAfter === undefined ? {} : { parameters: { retry_after: this.retryAfter } }),
    };
  }
}
export const bad = (cause: string): Refused => new Refused(400, `Bad Request: ${cause}`);

/** A file in a form. */
export interface Upload {
  readonly bytes: Buffer;
  readonly name: string;
}
export type Fields = Readonly<Record<string, unknown>>;

/** A call's parameters from query, JSON, form or multipart: core.telegram.org/bots/api#making-requests */
export async function readFields(request: IncomingMessage, url: URL): Promise<Fields> {
  const fields: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return fields;
  if (type.startsWith('application/json'))
    return { ...fields, ...(JSON.parse(body.toString('utf8')) as object) };
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form as unknown as Iterable<[string, string | File]>) {
    fields[name] =
      typeof value === 'string'
        ? value
        : ({ bytes: Buffer.from(await value.arrayBuffer()), name: value.name } satisfies Upload);
  }
  return fields;
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'bytes' in value;

/** Numbers and objects may come as text. */
export const integer = (fields: Fields, name: string): number | undefined => {
  const value = Number(fields[name] ?? Number.NaN);
  return Number.isInteger(value) ? value : undefined;
};
export function json(fields: Fields, name: string): unknown {
  const value = fields[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw bad(`can't parse ${name} JSON object`);
  }
}
export function text(fields: Fields, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string') throw bad(`parameter "${name}" must be a string`);
  if (/\p{Surrogate}/u.test(value)) throw bad('strings must be encoded in UTF-8');
  return value;
}
