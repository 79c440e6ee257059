import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole } from './testing/console-in-test.js';

let folder: string;
let running: RunningConsole;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'assets-'));
  writeFileSync(path.join(folder, 'console.css'), 'main { color: teal }'.repeat(50));
  writeFileSync(path.join(folder, 'chat.js'), 'not of the console');
  running = await startConsole({ assetsFolder: folder });
});
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true });
});

const asset = (name: string, encoding: string) =>
  fetch(`${running.url}/console/assets/${name}`, { headers: { 'Accept-Encoding': encoding } });

test('files of the console come compressed and may be kept for a year', async () => {
  const response = await asset('console.css', 'gzip');
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(await response.text()).toContain('main { color: teal }');
  expect((await asset('console.css', 'identity')).headers.get('content-encoding')).toBeNull();
});

test('pages name a file with its version, so that a new one is fetched at once', async () => {
  const html = await (await fetch(`${running.url}/console/sign-in`)).text();
  expect(html).toMatch(/\/console\/assets\/console\.css\?v=[\w-]{10}"/);
});

test.each(['chat.js', '..%2Fpackage.json', 'console-none.css'])('%s is not one of them', async (name) => {
  expect((await asset(name, 'gzip')).status).toBe(404);
});
