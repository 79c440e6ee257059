import type { Job } from './job.js';

/** Wakes one talk in which nobody has written for as long as it said. The sweeper finds the talks; its beat is exact enough. */
export const wakeJob = (parts: { readonly wake: (talkId: string) => Promise<void> }): Job => ({
  name: 'wake',
  concurrency: 2,
  async run(talkId) {
    await parts.wake(talkId);
    return undefined;
  },
});
