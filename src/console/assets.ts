import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const YEAR_SECONDS = 31_536_000;

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  /** Made once; fonts are already compressed. */
  readonly gzip?: Buffer;
  readonly version: string;
}

export interface Assets {
  /** Address of a file with its version, so that browsers may keep it for a year. */
  url(name: string): string;
  /** Serves `/:name`; an unknown name goes on to the 404 page. */
  readonly serve: RequestHandler<{ name: string }>;
}

/** Reads the console's own files (console*) into memory once, compressed for slow lines. */
export function loadAssets(folder: string): Assets {
  const assets = new Map<string, Asset>();
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const type = TYPES[path.extname(name)];
    if (type === undefined || !name.startsWith('console')) continue;
    const plain = readFileSync(path.join(folder, name));
    const version = createHash('sha256').update(plain).digest('base64url').slice(0, 10);
    assets.set(
      name,
      type === 'font/woff2' ? { type, plain, version } : { type, plain, gzip: gzipSync(plain), version },
    );
  }
  return {
    url: (name) => `/console/assets/${name}?v=${assets.get(name)?.version ?? '0'}`,
    serve(req, res, next) {
      const asset = assets.get(req.params.name);
      if (!asset) {
        next();
        return;
      }
      res.set('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
      res.set('Content-Type', asset.type);
      res.set('Vary', 'Accept-Encoding');
      if (asset.gzip && req.acceptsEncodings('gzip') === 'gzip') {
        res.set('Content-Encoding', 'gzip');
        res.send(asset.gzip);
        return;
      }
      res.send(asset.plain);
    },
  };
}
