// Measures Lắng Nghe and says on what machine.
//   node bench/run.mjs [start] [turns] [dispatch] [clocks] [understanding] [engine] [sealing] [engine-peers] [search-peers] [--runs=3] [--seconds=6] [--backend=postgres] [--json]
// Without names all are measured. BENCH_DATABASE_URL and BENCH_REDIS_URL name servers to make (and drop) databases on.
import { parseArgs } from 'node:util';
import { createFigures, writeTable } from './lib/figures.mjs';
import { coresBusyWithOthers, describeMachine } from './lib/machine.mjs';
import { takeSnapshot } from './lib/snapshot.mjs';
import { measureClocks } from './measures/clocks.mjs';
import { measureDispatch } from './measures/dispatch.mjs';
import { measureEngine } from './measures/engine.mjs';
import { measureEnginePeers } from './measures/engine-peers.mjs';
import { measureSealing } from './measures/sealing.mjs';
import { measureSearchPeers } from './measures/search-peers.mjs';
import { measureStart } from './measures/start.mjs';
import { measureTurns } from './measures/turns.mjs';
import { measureUnderstanding } from './measures/understanding.mjs';

const MEASURES = {
  start: measureStart,
  turns: measureTurns,
  dispatch: measureDispatch,
  clocks: measureClocks,
  understanding: measureUnderstanding,
  engine: measureEngine,
  sealing: measureSealing,
  'engine-peers': measureEnginePeers,
  'search-peers': measureSearchPeers,
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    backend: { type: 'string' },
  },
});
// The peers need packages of their own (npm ci in bench/): they are measured when named.
const names =
  positionals.length > 0 ? positionals : Object.keys(MEASURES).filter((name) => !name.endsWith('-peers'));
for (const name of names)
  if (!(name in MEASURES))
    throw new Error(`No such measure: ${name}. There are: ${Object.keys(MEASURES).join(', ')}`);

const machine = describeMachine();
const figures = createFigures();
const snapshot = takeSnapshot();
try {
  for (let run = 1; run <= Number(values.runs); run += 1) {
    figures.add(
      'the machine',
      'cores busy with other work before a run',
      'cores',
      await coresBusyWithOthers(),
    );
    for (const name of names) {
      process.stderr.write(`run ${run} of ${values.runs}: ${name}\n`);
      await MEASURES[name]({ snapshot, figures, seconds: Number(values.seconds), only: values.backend });
    }
  }
} finally {
  snapshot.remove();
}

if (values.json) console.log(JSON.stringify({ machine, figures: figures.rows() }, null, 2));
else {
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.loadBefore.toFixed(1)} at the start\n`,
  );
  console.log(writeTable(figures.rows()));
}
