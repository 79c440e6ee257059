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

export async function bundled(snapshot, source) {
  const outfile = path.join(snapshot.folder, `${path.basename(source, '.ts')}.mjs`);
  await build({
    entryPoints: [path.join(projectRoot, source)],
    outfile,
    // Packages come into the bundle: beside it the peers' own versions of them would be found.
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
