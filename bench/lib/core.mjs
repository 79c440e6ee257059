// The thinking half of the service bundled from src, to be measured without HTTP and database.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectRoot } from './snapshot.mjs';

const today = () => new Date().toISOString().slice(0, 10);

/** Everything of src/start/core.ts: the engine with its flows and texts. */
export async function loadCore(snapshot) {
  const bundle = await bundled(snapshot, 'src/start/core.ts');
  return bundle.loadCore({ root: snapshot.folder, today: today() });
}

/** Danger screen and answer search alone. */
export async function loadUnderstanding(snapshot) {
  const bundle = await bundled(snapshot, 'src/understanding/create-understanding.ts');
  return bundle.createUnderstanding({ root: snapshot.folder, today: today() });
}

async function bundled(snapshot, source) {
  const outfile = path.join(snapshot.folder, `${path.basename(source, '.ts')}.mjs`);
  await build({
    entryPoints: [path.join(projectRoot, source)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
