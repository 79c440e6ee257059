/** Where a flow that was called leads back to. */
export interface Return {
  flow: string;
  version: number;
  next: string;
  returnTo?: string;
}

/** A question passed in a flow that was called by another. */
export interface Spot {
  flow: string;
  step: string;
  calls: readonly Return[];
}

/** What the way back needs to know of where the person is. */
interface Passing {
  readonly flow: string;
  readonly step: string;
  readonly calls?: readonly Return[];
  path: string;
}

/** The deepest way back that is kept, in questions. */
const LONGEST = 40;
/** Only a way this long, in characters, can be deeper. */
const SHORT_ENOUGH = 2 * LONGEST;

/**
 * The questions passed, as one line of names: a question of the outermost flow by its name, any other as JSON, which begins
 * with a brace and holds no space. A talk is read and written at every message; a line costs a third of a list.
 */
export function passQuestion(at: Passing): void {
  const passed = at.calls
    ? JSON.stringify({ flow: at.flow, step: at.step, calls: at.calls } satisfies Spot)
    : at.step;
  at.path = at.path === '' ? passed : `${at.path} ${passed}`;
  if (at.path.length > SHORT_ENOUGH) at.path = at.path.split(' ').slice(-LONGEST).join(' ');
}

/** Takes the last question off the way: its name in the outermost flow, or where it is; undefined at the start. */
export function lastPassed(at: Passing): string | Spot | undefined {
  if (at.path === '') return undefined;
  const cut = at.path.lastIndexOf(' ');
  const passed = at.path.slice(cut + 1);
  at.path = cut < 0 ? '' : at.path.slice(0, cut);
  return passed.startsWith('{') ? (JSON.parse(passed) as Spot) : passed;
}

/** The way with the questions of the outermost flow named anew. */
export const renameOnWay = (path: string, renamed: (step: string) => string): string =>
  path
    .split(' ')
    .map((passed) => (passed.startsWith('{') ? passed : renamed(passed)))
    .join(' ');

/** The line that an older list is written as. */
export const wayOf = (passed: readonly (string | Spot)[]): string =>
  passed.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ');
