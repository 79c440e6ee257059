import type { ConsoleDeps, DeadJobLine } from '../deps.js';

type Operations = Pick<ConsoleDeps, 'clocks' | 'onCall' | 'deadJobs' | 'yearsToEnter'>;

/** No clocks run, nobody is on call, nothing is dead; tests put in what they look for. */
export function fakeOperations(dead: DeadJobLine[] = []): Operations & { readonly dead: DeadJobLine[] } {
  const take = (fits: (line: DeadJobLine) => boolean): number => {
    const left = dead.filter((line) => !fits(line));
    const count = dead.length - left.length;
    dead.splice(0, dead.length, ...left);
    return count;
  };
  return {
    dead,
    clocks: {
      ofCase: async () => ({ clocks: [], steps: [], rings: [] }),
      noteStep: async () => 'done',
      withdrawStep: async () => 'done',
      missed: async () => ({ own: [], below: [] }),
    },
    onCall: {
      list: async () => [],
      addMember: async () => true,
      addWebhook: async () => undefined,
      remove: async () => undefined,
      chatOf: async () => undefined,
      expectWord: async () => undefined,
      unbindChat: async () => undefined,
      unreached: async () => [],
    },
    deadJobs: {
      dead: async () => dead,
      retry: async (job, id) => take((line) => line.job === job && line.id === id) > 0,
      retryAll: async () => take(() => true),
    },
    yearsToEnter: () => [],
  };
}
