// Turns src/ into dist/: the service and its commands as ES modules for Node, the chat page's and the console's
// scripts for the browser; and what the first start would wait for: the content of understanding, weighed and compiled,
// and the files of an empty embedded database. Takes about a second, so every npm command builds first and dist/ is never
// stale; some twenty more when content or the database's version has changed, and says so.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { sourceOfUnderstanding } from './source-of-understanding.mjs';

const commands = readdirSync('src/commands').filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);
// What was prepared before stays as long as it holds; it carries keys of its own.
const PREPARED = ['understanding.state', 'first-database'];
if (existsSync('dist'))
  for (const name of readdirSync('dist'))
    if (!PREPARED.includes(name)) rmSync(path.join('dist', name), { recursive: true, force: true });

await build({
  entryPoints: [
    'src/main.ts',
    // A process of its own: src/evidence-files/clean-in-child.ts starts it.
    'src/evidence-files/cleaning-process.ts',
    ...commands.map((name) => `src/commands/${name}`),
  ].filter((file) => existsSync(file)),
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: true,
  // Node reads the maps at the start and keeps them: without our sources in them they are half as large.
  sourcesContent: false,
  define: { UNDERSTANDING_SOURCE: JSON.stringify(sourceOfUnderstanding()) },
  logLevel: 'warning',
});

const browserEntries = ['src/channels/webchat/browser/chat.ts', 'src/console/browser/console.ts'];
await build({
  entryPoints: browserEntries
    .filter((file) => existsSync(file))
    .map((file) => ({ in: file, out: file.split('/').at(-1).replace('.ts', '') })),
  outdir: 'dist/public',
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2020',
  format: 'iife',
  logLevel: 'warning',
});

// The chat page's stylesheet; the addresses in it are ours at run time, not files of the build.
await build({
  entryPoints: ['src/channels/webchat/browser/chat.css'],
  outdir: 'dist/public',
  bundle: true,
  minify: true,
  external: ['/page/*'],
  logLevel: 'warning',
});

const fonts = 'node_modules/@fontsource/be-vietnam-pro/files';
for (const cut of ['vietnamese-400', 'latin-400', 'vietnamese-600', 'latin-600']) {
  const file = `be-vietnam-pro-${cut}-normal.woff2`;
  cpSync(`${fonts}/${file}`, `dist/public/fonts/${file}`);
}

// The console's stylesheet with its fonts, htmx and its extension: everything the console serves is called console*.
await build({
  entryPoints: [{ in: 'src/console/browser/console.css', out: 'console' }],
  outdir: 'dist/public',
  bundle: true,
  minify: true,
  loader: { '.woff2': 'file' },
  assetNames: 'console-[name]-[hash]',
  logLevel: 'warning',
});
cpSync('node_modules/htmx.org/dist/htmx.min.js', 'dist/public/console-htmx.js');
cpSync('node_modules/htmx-ext-sse/dist/sse.min.js', 'dist/public/console-sse.js');
cpSync('src/console/browser/console-icon.svg', 'dist/public/console-icon.svg');

await import('../dist/commands/prepare.js');
