import { createHash } from 'node:crypto';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file of our pages, kept in memory, compressed once for slow lines. Its address carries the version, so browsers may keep it for good. */
export interface PackedAsset {
  readonly type: string;
  readonly version: string;
  readonly plain: Buffer;
  /** Absent for fonts, which are compressed already. */
  readonly brotli?: Buffer;
  readonly gzip?: Buffer;
}

/** Packs a file by its name; undefined for a kind that pages do not use. */
export function packAsset(name: string, plain: Buffer): PackedAsset | undefined {
  const type = TYPES[path.extname(name)];
  if (type === undefined) return undefined;
  const version = createHash('sha256').update(plain).digest('hex').slice(0, 10);
  if (type === 'font/woff2') return { type, version, plain };
  return { type, version, plain, brotli: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }) };
}

/** Sends it in the best encoding the browser takes. */
export function sendAsset(request: Request, response: Response, asset: PackedAsset): void {
  response.set({
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  });
  const encoding = request.acceptsEncodings(['br', 'gzip', 'identity']);
  const packed = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : undefined;
  if (packed && encoding) response.set('Content-Encoding', encoding);
  response.end(packed ?? asset.plain);
}
