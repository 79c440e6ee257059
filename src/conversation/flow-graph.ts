import { END, type Flow, type Step } from './flow-schema.js';

/** A way from one step to another, with what leads there. */
export interface Way {
  readonly to: string;
  /** Text key of the choice, an outcome, a value, or "skip". */
  readonly by?: string;
  /** As the engine names it when it is taken, see `Trace`; absent for the only way and for returns. */
  readonly way?: string;
}

/** All ways out of a step within its flow; the end counts as a step. */
export function waysOut(step: Step): Way[] {
  switch (step.kindOf) {
    case 'say':
    case 'show':
      return [{ to: step.next }];
    case 'flow':
    case 'answer':
      return [{ to: step.next }];
    case 'goto':
    case 'do':
      return [];
    case 'cases':
      return [
        ...step.cases.map(({ next }, place) => ({
          to: next,
          by: `case:${place + 1}`,
          way: `case:${place + 1}`,
        })),
        { to: step.else, by: 'else', way: 'else' },
      ];
    case 'branch':
      return [
        ...Object.entries(step.when).map(([by, to]) => ({ to, by, way: by })),
        { to: step.else, by: 'else', way: 'else' },
      ];
    case 'call':
      return Object.entries(step.outcomes).map(([by, to]) => ({ to, by, way: by }));
    case 'ask': {
      const ways: Way[] = step.choices.map((choice) => ({
        to: choice.next ?? step.next ?? END,
        by: choice.label,
        way: `choice:${choice.id}`,
      }));
      for (const choice of step.choices)
        if (choice.return_to) ways.push({ to: choice.return_to, by: 'return' });
      if (step.text || step.place || step.code || step.proof || step.number || step.date || step.several)
        ways.push({ to: step.next ?? END, way: 'input' });
      if (step.told) ways.push({ to: step.told.next, way: 'told' });
      if (step.skip !== undefined) ways.push({ to: step.skip, by: 'skip', way: 'skip' });
      return ways;
    }
  }
}

/** The steps that can come to pass from the start. */
export function reachableSteps(flow: Flow): Set<string> {
  const seen = new Set<string>();
  const open = [flow.start, ...(flow.sendNow === undefined ? [] : [flow.sendNow])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = flow.steps.get(name);
    if (!step || seen.has(name)) continue;
    seen.add(name);
    open.push(...waysOut(step).map((way) => way.to));
  }
  return seen;
}

/** A step from which the flow goes round without ever asking the person; undefined when there is none. */
export function stepInSilentLoop(flow: Flow): string | undefined {
  const silent = (name: string) => {
    const step = flow.steps.get(name);
    return step && step.kindOf !== 'ask' ? waysOut(step).map((way) => way.to) : [];
  };
  for (const start of flow.steps.keys()) {
    const seen = new Set<string>();
    const open = silent(start);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === start) return start;
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...silent(name));
    }
  }
  return undefined;
}
