import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import { type PackedAsset, packAsset, sendAsset } from '../../operations/packed-asset.js';

/** Addresses of the files the page needs. They change when the content changes, so browsers may keep them for good. */
export interface AssetPaths {
  readonly script: string;
  readonly style: string;
  readonly icon: string;
  /** The fonts of the first line on the screen. */
  readonly preload: readonly string[];
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
  const files = new Map<string, PackedAsset>();
  const add = (name: string, content: Buffer): string => {
    const asset = packAsset(name, content);
    if (asset) files.set(name, asset);
    return `/page/${name}?v=${asset?.version ?? '0'}`;
  };
  const script = add('chat.js', readFileSync(path.join(assetsFolder, 'chat.js')));
  const style = add('chat.css', readFileSync(path.join(assetsFolder, 'chat.css')));
  const icon = add('icon.svg', Buffer.from(ICON));
  for (const font of FONTS) add(font, readFileSync(path.join(fontsFolder, font)));
  return {
    paths: { script, style, icon, preload: PRELOADED.map((font) => `/page/${font}`) },
    serve(request, response, next) {
      const asset = files.get(String(request.params.file));
      if (!asset) return next();
      sendAsset(request, response, asset);
    },
  };
}
