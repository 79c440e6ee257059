import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

/** Addresses of the files the page needs. They change when the content changes, so browsers may keep them for good. */
export interface AssetPaths {
  readonly script: string;
  readonly style: string;
  readonly icon: string;
  /** The fonts of the first line on the screen. */
  readonly preload: readonly string[];
}

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli?: Buffer;
  readonly gzip?: Buffer;
}

/** The stylesheet names these; the latin half of Vietnamese is in `latin`, the rest in `vietnamese`. */
const FONTS = ['vietnamese-400', 'latin-400', 'vietnamese-600', 'latin-600'].map(
  (cut) => `be-vietnam-pro-${cut}-normal.woff2`,
);
const PRELOADED = FONTS.slice(0, 2);
/** A sheet of paper with lines: goes with a title that tells nothing. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="6" y="3" width="20" height="26" rx="3" fill="#f4efe6" stroke="#7a7368" stroke-width="1.500"/><path d="M10 11h12M10 16h12M10 21h7" stroke="#9a9387" stroke-width="1.800" stroke-linecap="round"/></svg>';

/**
 * Reads the page's files once, at start, and keeps them compressed in memory. Pages themselves are never compressed:
 * they hold a session token beside words of others.
 * @throws when a file is missing, i.e. the build did not run.
 */
export function loadAssets(
  assetsFolder: string,
  fontsFolder: string,
): { readonly paths: AssetPaths; readonly serve: RequestHandler } {
  const script = readFileSync(path.join(assetsFolder, 'chat.js'));
  const style = readFileSync(path.join(assetsFolder, 'chat.css'));
  const icon = Buffer.from(ICON);
  const files = new Map<string, Asset>([
    ['chat.js', squeezed('text/javascript; charset=utf-8', script)],
    ['chat.css', squeezed('text/css; charset=utf-8', style)],
    ['icon.svg', squeezed('image/svg+xml', icon)],
  ]);
  for (const font of FONTS)
    files.set(font, { type: 'font/woff2', plain: readFileSync(path.join(fontsFolder, font)) });
  const versioned = (name: string, content: Buffer) =>
    `/page/${name}?v=${createHash('sha256').update(content).digest('hex').slice(0, 10)}`;
  return {
    paths: {
      script: versioned('chat.js', script),
      style: versioned('chat.css', style),
      icon: versioned('icon.svg', icon),
      preload: PRELOADED.map((font) => `/page/${font}`),
    },
    serve(request, response, next) {
      const asset = files.get(String(request.params.file));
      if (!asset) return next();
      response.set({
        'Content-Type': asset.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        Vary: 'Accept-Encoding',
      });
      const encoding = request.acceptsEncodings(['br', 'gzip', 'identity']);
      const packed = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : undefined;
      if (packed && encoding) response.set('Content-Encoding', encoding);
      response.end(packed ?? asset.plain);
    },
  };
}

function squeezed(type: string, plain: Buffer): Asset {
  return { type, plain, brotli: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }) };
}
