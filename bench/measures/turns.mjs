// Turns a second over true HTTP, from a load process of its own to one service process, on each backend; beside it,
// in the same run, a bare Express handler that makes the same durable writes. Processor time a turn is measured too:
// it says the same on a busy machine, where turns a second do not.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { backendsHere, makeBackend, postgresCpuMs } from '../lib/backends.mjs';
import { countRoundTrips } from '../lib/counting-proxy.mjs';
import { startProgram, startService } from '../lib/program.mjs';
import { storedBytes } from '../lib/stored-bytes.mjs';
import { runLoad } from '../load/run-load.mjs';

const CONNECTIONS = { embedded: 16, postgres: 32, 'postgres+redis': 32 };
const WARM_UP_TURNS = 1500;
const TARGET = {
  embedded: { atLeast: 300 },
  postgres: { atLeast: 1500 },
  'postgres+redis': { atLeast: 1500 },
};

export async function measureTurns({ snapshot, figures, seconds, only }) {
  for (const kind of await backendsHere()) {
    if (only !== undefined && only !== kind) continue;
    const group = `turns, ${kind}`;
    const add = (name, unit, value, target) => figures.add(group, name, unit, value, target);
    const backend = await makeBackend[kind]();
    let service;
    let bytes;
    try {
      service = await underLoad(
        await startService(snapshot, backend),
        backend,
        seconds,
        async (program, full) => {
          const rate = full.turnsPerSecond / 2;
          return runLoad({ port: program.port, connections: CONNECTIONS[kind] * 2, seconds, rate });
        },
      );
      bytes = { ...(await storedBytes(backend)), answerBytes: service.full.answerBytes };
      await tellLoss(service, bytes.turns, backend, add);
    } finally {
      await backend.drop();
    }
    if (bytes.turns === 0) continue;
    const peer = await measurePeer(kind, bytes, seconds);
    add('service', 'turns/s', service.full.turnsPerSecond, TARGET[kind]);
    add('bare Express, same writes', 'turns/s', peer.full.turnsPerSecond);
    add(
      'service of bare',
      '%',
      (100 * service.full.turnsPerSecond) / peer.full.turnsPerSecond,
      kind === 'embedded' ? undefined : { atLeast: 60 },
    );
    add('processor time a turn, service', 'µs', service.cpuMicroseconds);
    add('processor time a turn, bare', 'µs', peer.cpuMicroseconds);
    if (!Number.isNaN(peer.postgresMicroseconds)) {
      add('processor time of PostgreSQL a turn, service', 'µs', service.postgresMicroseconds);
      add('processor time of PostgreSQL a turn, bare', 'µs', peer.postgresMicroseconds);
    }
    add('full load p50', 'ms', service.full.p50);
    add('full load p99', 'ms', service.full.p99);
    add('half load p50', 'ms', service.half.p50);
    add('half load p99', 'ms', service.half.p99, { atMost: 50 });
    add('load process', 'cores', service.full.loadCores);
    add('stored a turn, talk', 'bytes', bytes.talkBytes);
    add('stored a turn, messages', 'bytes', bytes.messageBytes * bytes.messagesPerTurn);
    if (kind === 'postgres') await countTrips(snapshot, add);
  }
}

/** Warms the program up, measures it at full load, then does `more`; stops it whatever happens. */
async function underLoad(program, backend, seconds, more) {
  try {
    const load = { port: program.port, connections: CONNECTIONS[backend.kind] };
    const warmUp = await runLoad({ ...load, turns: WARM_UP_TURNS });
    const cpuBefore = program.cpuMs();
    const postgresBefore = postgresCpuMs(backend);
    const full = await runLoad({ ...load, seconds });
    const cpuMicroseconds = ((program.cpuMs() - cpuBefore) * 1000) / full.turns;
    const postgresMicroseconds = ((postgresCpuMs(backend) - postgresBefore) * 1000) / full.turns;
    const half = await more?.(program, full);
    const acknowledged = warmUp.turns + full.turns + (half?.turns ?? 0);
    return { full, cpuMicroseconds, postgresMicroseconds, half, acknowledged, output: program.output };
  } finally {
    await program.stop();
  }
}

/** Every turn that was answered with 200 must be in the database after the stop, or the speed is worth nothing. */
async function tellLoss({ acknowledged, output }, stored, backend, add) {
  add('answered but not stored', 'turns', acknowledged - stored, { atMost: 0 });
  if (stored >= acknowledged) return;
  const kept = `${backend.dataDir}-lost`;
  cpSync(backend.dataDir, kept, { recursive: true });
  process.stderr.write(
    `LOST: ${acknowledged} answered, ${stored} stored; the data folder is kept in ${kept}\n${output()}\n`,
  );
}

async function measurePeer(kind, bytes, seconds) {
  const backend = await makeBackend[kind]();
  try {
    const program = await startProgram({
      args: [path.join(import.meta.dirname, '../peers/bare-express.mjs')],
      env: {
        DATA_DIR: backend.dataDir,
        DATABASE_URL: backend.databaseUrl,
        BYTES: JSON.stringify(bytes),
        NODE_ENV: 'production',
      },
      ready: '/readyz',
    });
    return await underLoad(program, backend, seconds);
  } finally {
    await backend.drop();
  }
}

/** Round trips and parsed statements a turn, counted on the wire; what the idle service sends meanwhile is subtracted. */
async function countTrips(snapshot, add) {
  const backend = await makeBackend.postgres();
  const proxy = await countRoundTrips(backend.databaseUrl);
  try {
    const program = await startService(snapshot, {
      ...backend,
      env: { ...backend.env, DATABASE_URL: proxy.url },
    });
    try {
      await runLoad({ port: program.port, connections: 8, turns: 200 });
      const before = proxy.counts();
      const { turns } = await runLoad({ port: program.port, connections: 8, turns: 1000 });
      const after = proxy.counts();
      add('round trips to PostgreSQL a turn', '', (after.roundTrips - before.roundTrips) / turns);
      add('statements parsed a turn', '', (after.parses - before.parses) / turns);
      add('bytes sent to PostgreSQL a turn', 'bytes', (after.bytes - before.bytes) / turns);
    } finally {
      await program.stop();
    }
  } finally {
    proxy.close();
    await backend.drop();
  }
}
