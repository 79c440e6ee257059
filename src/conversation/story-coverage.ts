import { waysOut } from './flow-graph.js';
import type { Flow, Step } from './flow-schema.js';
import type { Trace } from './house.js';

/** What stories have touched of the flows. */
export interface Coverage {
  readonly touched: number;
  readonly all: number;
  /** "report.where" or "report.where → skip", in the order of the files. */
  readonly untouched: readonly string[];
}

/** Counts steps and the ways out of them; give `trace` to the engine, play, then ask. */
export function createCoverage(flows: readonly Flow[]): { trace: Trace; measure(): Coverage } {
  const seen = new Set<string>();
  const nameOf = (flow: string, step: string, way?: string) =>
    way === undefined ? `${flow}.${step}` : `${flow}.${step} → ${way}`;
  const all = flows.flatMap((flow) =>
    [...flow.steps].flatMap(([name, step]) => [
      nameOf(flow.name, name),
      ...branchesOf(step).map((way) => nameOf(flow.name, name, way)),
    ]),
  );
  return {
    trace: (flow, step, way) => {
      seen.add(nameOf(flow, step, way));
    },
    measure() {
      const untouched = all.filter((name) => !seen.has(name));
      return { touched: all.length - untouched.length, all: all.length, untouched };
    },
  };
}

/** The ways out of a step where there is more than one to take. */
function branchesOf(step: Step): string[] {
  const ways = waysOut(step).flatMap(({ way }) => (way === undefined ? [] : [way]));
  return [...new Set(ways)];
}
