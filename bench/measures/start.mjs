// How long a start takes, and how much memory the process holds after it and after some work.
import { backendsHere, makeBackend } from '../lib/backends.mjs';
import { startService } from '../lib/program.mjs';
import { runLoad } from '../load/run-load.mjs';

const TURNS = 2000;
const TARGETS = {
  embedded: { first: { atMost: 6000 }, later: { atMost: 2000 }, memory: { atMost: 450 } },
  postgres: { memory: { atMost: 200 } },
};

/** One run of each backend. `first`: an empty data folder or database; `later`: the same one again. */
export async function measureStart({ snapshot, figures }) {
  for (const kind of (await backendsHere()).filter((each) => each in TARGETS)) {
    const group = `start, ${kind}`;
    const target = TARGETS[kind];
    const backend = await makeBackend[kind]();
    try {
      const first = await startService(snapshot, backend);
      await first.stop();
      figures.add(group, 'first start', 'ms', first.startedIn, target.first);
      const later = await startService(snapshot, backend);
      try {
        figures.add(group, 'later start', 'ms', later.startedIn, target.later);
        figures.add(group, 'memory after the start', 'MB', later.residentMb(), target.memory);
        await runLoad({ port: later.port, connections: 8, turns: TURNS });
        figures.add(group, `memory after ${TURNS} turns`, 'MB', later.residentMb(), target.memory);
      } finally {
        await later.stop();
      }
    } finally {
      await backend.drop();
    }
  }
}
