import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import { type PackedAsset, packAsset, sendAsset } from '../operations/packed-asset.js';

export interface Assets {
  /** Address of a file with its version, so that browsers may keep it for good. */
  url(name: string): string;
  /** Serves `/:name`; an unknown name goes on to the 404 page. */
  readonly serve: RequestHandler<{ name: string }>;
}

/** Reads the console's own files (console*) into memory once. */
export function loadAssets(folder: string): Assets {
  const assets = new Map<string, PackedAsset>();
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const asset = name.startsWith('console')
      ? packAsset(name, readFileSync(path.join(folder, name)))
      : undefined;
    if (asset) assets.set(name, asset);
  }
  return {
    url: (name) => `/console/assets/${name}?v=${assets.get(name)?.version ?? '0'}`,
    serve(req, res, next) {
      const asset = assets.get(req.params.name);
      if (asset) sendAsset(req, res, asset);
      else next();
    },
  };
}
