// Turns src/ into dist/: the service and its commands as ES modules for Node, the chat page's and the console's
// scripts for the browser; and the content of understanding, weighed and compiled. Takes about a second, so every npm
// command builds first and dist/ is never stale; some ten more when content has changed, and says so.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const commands = readdirSync('src/commands').filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);
// What was weighed before stays as long as it holds; it carries a key of its own.
const STATE = 'dist/understanding.state';
const kept = existsSync(STATE) ? readFileSync(STATE) : undefined;
rmSync('dist', { recursive: true, force: true });
if (kept) {
  mkdirSync('dist');
  writeFileSync(STATE, kept);
}

function sourceOfUnderstanding() {
  const hash = createHash('sha256');
  const names = readdirSync('src/understanding').filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  for (const file of [...names.sort().map((name) => `src/understanding/${name}`), 'src/texts/fold.ts'])
    hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

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

await import('../dist/commands/keep-understanding.js');
