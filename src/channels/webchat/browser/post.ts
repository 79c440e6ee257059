import type { WireMessage } from '../wire.js';

/** What the person did, as the API takes it. */
export type Content =
  | { readonly text: string }
  | { readonly choice: string }
  | { readonly start: true }
  | { readonly file: Blob };

/**
 * `done` answered · `unavailable` not stored, but there may be an emergency card to show; try again with the same key ·
 * `refused` cannot be taken as it is, `detail` says why · `unreachable` no answer came.
 */
export type Answer =
  | { readonly kind: 'done'; readonly session: string; readonly messages: readonly WireMessage[] }
  | {
      readonly kind: 'unavailable';
      readonly session: string;
      readonly messages: readonly WireMessage[];
      readonly detail: string;
      readonly waitSeconds: number;
    }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unreachable' };

interface Body {
  readonly session?: string;
  readonly messages?: readonly WireMessage[];
  readonly detail?: string;
}

/** Longest wait for an answer before the same message is sent again. */
const PATIENCE_MS = 12_000;
/** A film over a village's line takes its time. */
const FILE_PATIENCE_MS = 180_000;

/** Sends one message once. Never rejects. */
export async function post(session: string, content: Content, key: string): Promise<Answer> {
  const stop = new AbortController();
  const file = 'file' in content ? content.file : undefined;
  const timer = setTimeout(() => stop.abort(), file ? FILE_PATIENCE_MS : PATIENCE_MS);
  try {
    const response = await fetch(file ? '/api/chat/file' : '/api/chat', {
      method: 'POST',
      headers: {
        'Content-Type': file ? 'application/octet-stream' : 'application/json',
        Authorization: `Bearer ${session}`,
        'Idempotency-Key': key,
      },
      // The bytes alone: the name a file has on this phone stays here.
      body: file ?? JSON.stringify(content),
      cache: 'no-store',
      signal: stop.signal,
    });
    const body = (await response.json()) as Body;
    const messages = body.messages ?? [];
    if (response.ok) return { kind: 'done', session: body.session ?? session, messages };
    const detail = body.detail ?? '';
    if (response.status < 500 && response.status !== 429) return { kind: 'refused', detail };
    const waitSeconds = Number(response.headers.get('Retry-After') ?? 0) || 0;
    return { kind: 'unavailable', session: body.session ?? session, messages, detail, waitSeconds };
  } catch {
    return { kind: 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

/** A key that no other message of this talk has. Works on plain http too, where `randomUUID` is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
