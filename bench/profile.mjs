// Where a turn's processor time goes: runs the service under load with node's profiler and adds the samples up.
//   node bench/profile.mjs [embedded|postgres|postgres+redis] [--turns=5000]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackend } from './lib/backends.mjs';
import { startService } from './lib/program.mjs';
import { takeSnapshot } from './lib/snapshot.mjs';
import { runLoad } from './load/run-load.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { turns: { type: 'string', default: '5000' } },
});
const ROWS = 45;
const WARM_UP_TURNS = 1500;
const turns = Number(values.turns);
const snapshot = takeSnapshot();
const backend = await makeBackend[positionals[0] ?? 'postgres']();
const folder = mkdtempSync(path.join(tmpdir(), 'lang-nghe-profile-'));
try {
  const service = await startService(snapshot, backend, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  let since;
  let cpu;
  try {
    await runLoad({ port: service.port, connections: 16, turns: WARM_UP_TURNS });
    // The profile's clock is the monotonic one, the same as hrtime, in microseconds.
    since = Number(process.hrtime.bigint() / 1000n);
    cpu = service.cpuMs();
    await runLoad({ port: service.port, connections: 16, turns });
    cpu = service.cpuMs() - cpu;
  } finally {
    await service.stop();
  }
  const [file] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  console.log(
    `${((cpu * 1000) / turns).toFixed(0)} µs of processor time a turn, all threads; of the main thread:`,
  );
  tell(profile, since);
} finally {
  await backend.drop();
  snapshot.remove();
  rmSync(folder, { recursive: true, force: true });
}

/** Prints µs a turn by own time and by total time of each function after `since`. */
function tell({ nodes, samples, timeDeltas, startTime }, since) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const parts = new Map();
  const own = new Map();
  const total = new Map();
  const add = (map, key, time) => map.set(key, (map.get(key) ?? 0) + time);
  let now = startTime;
  for (const [index, id] of samples.entries()) {
    now += timeDeltas[index];
    if (now < since) continue;
    const time = timeDeltas[index];
    add(own, nameOf(byId.get(id)), time);
    add(parts, partOf(id, byId, parent), time);
    // A function that calls itself counts once.
    const seen = new Set();
    for (let each = id; each !== undefined; each = parent.get(each)) seen.add(nameOf(byId.get(each)));
    for (const name of seen) add(total, name, time);
  }
  for (const [title, map] of [
    ['by part of ours or package', parts],
    ['own time', own],
    ['with all it calls', total],
  ]) {
    console.log(`\n${title}, µs a turn`);
    for (const [name, time] of [...map].sort(([, a], [, b]) => b - a).slice(0, ROWS))
      console.log(`${(time / turns).toFixed(1).padStart(8)}  ${name}`);
  }
}

/** Whose work a sample is: the innermost folder of src or package on the stack; what node does counts for its caller. */
function partOf(id, byId, parent) {
  for (let each = id; each !== undefined; each = parent.get(each)) {
    const name = nameOf(byId.get(each));
    const place = / {2}(src\/[^:]+\.tsx?|(?:@[^/]+\/)?[^/:]+)(?=[/:])/.exec(name)?.[1];
    if (place !== undefined && place !== 'node') return place;
    if (/^\((idle|program|garbage collector)\)/.test(name)) return name;
  }
  return 'node itself: HTTP, sockets, timers, promises';
}

/** Function, file and line; of our own bundle the line of the source. */
function nameOf({ callFrame: { functionName, url, lineNumber, columnNumber } }) {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const place =
    url.includes('/dist/') && !url.includes('node_modules')
      ? sourceOf(url, lineNumber, columnNumber)
      : undefined;
  return `${name}  ${place ?? `${url.replace(/^.*node_modules\//, '')}:${lineNumber + 1}`}`;
}

function sourceOf(url, line, column) {
  sourceOf.maps ??= new Map();
  const file = new URL(url).pathname;
  if (!sourceOf.maps.has(file))
    sourceOf.maps.set(file, new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
  const { originalSource, originalLine } = sourceOf.maps.get(file).findEntry(line, column);
  return originalSource === undefined
    ? undefined
    : `${originalSource.replace(/^.*\/src\//, 'src/')}:${originalLine + 1}`;
}
