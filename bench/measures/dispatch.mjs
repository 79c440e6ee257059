// How long a report waits for its case: 100 reports a minute on the embedded engine, through the true turn, queue and job, in the
// true service with the demo's agencies. From the moment the turn began to the moment the case was opened, as stored.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { makeBackend } from '../lib/backends.mjs';
import { quantile } from '../lib/figures.mjs';
import { projectRoot } from '../lib/snapshot.mjs';

const PER_MINUTE = 100;
const PLACES = ['30742', '30952', '31108'];

/** The service to be run in this process; packages stay outside, as PGlite brings files of its own. */
async function loadService(snapshot) {
  const outfile = path.join(snapshot.folder, 'dispatch-bench.mjs');
  await build({
    stdin: {
      contents: `export { startService } from './src/service.ts';
        export { loadCore } from './src/start/core.ts';
        export { fillWithSample } from './src/start/sample-data.ts';
        export { readSettings } from './src/settings.ts';`,
      resolveDir: projectRoot,
    },
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { UNDERSTANDING_SOURCE: '"bench"' },
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

export async function measureDispatch({ snapshot, figures, seconds }) {
  const backend = await makeBackend.embedded();
  const { startService, loadCore, fillWithSample, readSettings } = await loadService(snapshot);
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent, fatal: silent };
  const root = snapshot.folder;
  const core = loadCore({ root, today: new Date().toISOString().slice(0, 10) });
  const settings = readSettings({ PORT: '0', DATA_DIR: backend.dataDir });
  const service = await startService({ settings, core, root, log });
  try {
    const parts = await service.ready;
    await fillWithSample(parts, core, root);
    const began = Date.now();
    const until = began + Math.max(seconds, 30) * 1000;
    for (let n = 0; Date.now() < until; n += 1) {
      await submit(parts, n);
      const next = began + ((n + 1) * 60_000) / PER_MINUTE;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - Date.now())));
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { rows } = await parts.database.db.execute(
      `select extract(epoch from c.opened_at - r.received_at) * 1000 as wait
       from lang_nghe.reports r left join lang_nghe.cases c on c.report_id = r.id
       where r.received_at >= to_timestamp(${began / 1000}) order by 1`,
    );
    const waits = rows.map(({ wait }) => (wait === null ? Infinity : Number(wait)));
    figures.add('dispatch, embedded', `reports at ${PER_MINUTE} a minute`, '', waits.length);
    figures.add(
      'dispatch, embedded',
      'never opened',
      'reports',
      waits.filter((wait) => wait === Infinity).length,
      {
        atMost: 0,
      },
    );
    figures.add('dispatch, embedded', 'report to case p50', 'ms', quantile(waits, 0.5));
    figures.add('dispatch, embedded', 'report to case p99', 'ms', quantile(waits, 0.99), { atMost: 2000 });
  } finally {
    await service.stop();
    await backend.drop();
  }
}

/** One report, stored by a turn and put in as after every turn. */
async function submit(parts, n) {
  const messageId = randomUUID();
  const now = Date.now();
  const urgency = n % 5 === 0 ? 'urgent' : 'normal';
  const draft = {
    category: 'physical_abuse',
    urgency,
    placeCode: PLACES[n % PLACES.length],
    words: 'x'.repeat(500),
    details: {},
    contactWish: 'nothing',
    voice: 'adult',
  };
  const incoming = {
    channel: 'webchat',
    messageId,
    contact: parts.cipher.contactHash('bench', messageId),
    content: { kind: 'start' },
  };
  const turn = await parts.turns.takeTurn(incoming, now, async (open) => {
    await open.perform({ action: 'submit_report', draft }, now);
    return { talk: { format: 0, lastHeard: now }, outgoing: [], forget: false };
  });
  for (const { id } of turn.committed.reports)
    await parts.queue.add('dispatch', id, urgency === 'urgent' ? 1 : 2);
}
