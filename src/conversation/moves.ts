import type { Flow } from './flow-schema.js';
import type { Position } from './talk-state.js';
import { renameOnWay } from './way-back.js';

/**
 * Carries a talk on to the version of today by the written rules of its flow, one version after the other.
 * False when a rule is missing: then the talk begins fresh.
 */
export function moveToCurrent(at: Position, flow: Flow): boolean {
  while (at.version !== flow.version) {
    const rule = flow.moves.find(({ from }) => from === at.version);
    if (!rule) return false;
    const renamed = (step: string) => rule.steps?.[step] ?? step;
    at.step = renamed(at.step);
    at.path = renameOnWay(at.path, renamed);
    if (at.returnTo !== undefined) at.returnTo = renamed(at.returnTo);
    for (const name of rule.drop ?? []) at.answers.delete(name);
    for (const [old, now] of Object.entries(rule.answers ?? {})) {
      const value = at.answers.get(old);
      if (value === undefined) continue;
      at.answers.set(now, value);
      at.answers.delete(old);
    }
    at.version += 1;
  }
  return true;
}
