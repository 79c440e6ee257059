// Turns src/ into dist/: the service and its commands as ES modules for Node, the chat page's and the console's
// scripts for the browser. Takes well under a second, so every npm command builds first and dist/ is never stale.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const commands = readdirSync('src/commands').filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);
rmSync('dist', { recursive: true, force: true });

await build({
  entryPoints: ['src/main.ts', ...commands.map((name) => `src/commands/${name}`)].filter((file) =>
    existsSync(file),
  ),
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
