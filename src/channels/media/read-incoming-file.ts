import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IncomingFile } from '../channel.js';
import { INCOMING_LIMITS, type IncomingLimits } from './incoming-limits.js';
import { type FileKind, typeOfFile } from './type-of-file.js';

/**
 * Why a file is not kept: `too_big` · `too_slow` · `broken_off` the stream failed before its end (the only one worth
 * another try) · `empty` · `wrong_type` by its content nothing that people may send.
 */
export type FileRefusal = 'too_big' | 'too_slow' | 'broken_off' | 'empty' | 'wrong_type';

/** A file that may be kept as evidence. */
export interface ReadFile extends FileKind {
  readonly bytes: Buffer;
  /** Of the bytes as received, 64 hex characters. */
  readonly sha256: string;
}

export type ReadOutcome =
  | { readonly kind: 'kept'; readonly file: ReadFile }
  | { readonly kind: 'refused'; readonly reason: FileRefusal };

/**
 * Reads a file that a person sent, whole, into memory, and finds out what it is by its content; what its name or its
 * platform claim is not asked. Whatever the outcome, nothing is read any more afterwards: a stream of Node is destroyed,
 * another source is told to return. Never rejects.
 */
export async function readIncomingFile(
  file: IncomingFile,
  limits: IncomingLimits = INCOMING_LIMITS,
): Promise<ReadOutcome> {
  const collected = await collect(file.bytes, limits);
  if (typeof collected === 'string') return { kind: 'refused', reason: collected };
  if (collected.length === 0) return { kind: 'refused', reason: 'empty' };
  const found = await typeOfFile(collected);
  if (found === undefined) return { kind: 'refused', reason: 'wrong_type' };
  const sha256 = createHash('sha256').update(collected).digest('hex');
  return { kind: 'kept', file: { ...found, bytes: collected, sha256 } };
}

async function collect(
  source: AsyncIterable<Uint8Array>,
  limits: IncomingLimits,
): Promise<Buffer | FileRefusal> {
  const chunks: Uint8Array[] = [];
  const whole = createAlarm(limits.whole);
  const reader = source[Symbol.asyncIterator]();
  let total = 0;
  let ended = false;
  try {
    for (;;) {
      const silence = createAlarm(limits.silence);
      const next = await Promise.race([reader.next(), silence.rings, whole.rings]).finally(silence.clear);
      if (next === 'late') return 'too_slow';
      if (next.done) {
        ended = true;
        return Buffer.concat(chunks, total);
      }
      total += next.value.byteLength;
      if (total > limits.bytes) return 'too_big';
      chunks.push(next.value);
    }
  } catch {
    // What failed may name an address or a token; only that it failed is of use.
    return 'broken_off';
  } finally {
    whole.clear();
    if (!ended) stopReading(source, reader);
  }
}

function createAlarm(milliseconds: number): { readonly rings: Promise<'late'>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const rings = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  return { rings, clear: () => clearTimeout(timer) };
}

/** An iterator that still waits for a byte only hears `return` afterwards, if ever; so nobody waits for it here. */
function stopReading(source: AsyncIterable<Uint8Array>, reader: AsyncIterator<Uint8Array>): void {
  if (source instanceof Readable) {
    source.on('error', () => undefined);
    source.destroy();
    return;
  }
  reader.return?.().catch(() => undefined);
}
