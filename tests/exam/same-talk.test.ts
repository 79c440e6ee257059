import path from 'node:path';
import { readTranscripts } from '../conversations/transcript.js';
import { CANDIDATES } from './candidates.js';
import { planStory } from './plan.js';
import { type Difference, playStory } from './play.js';
import { createCore, createStage } from './stage.js';

/** The stories that people can play everywhere; fewer would examine little. */
const AT_LEAST = 40;

const core = createCore();
const plans = readTranscripts(path.join(process.cwd(), 'tests/conversations')).map((transcript) =>
  planStory(transcript, core),
);
const whole = plans.filter(({ leftOut }) => leftOut === 0);

test(`at least ${AT_LEAST} stories are played on every channel, most of them to the letter`, () => {
  expect(plans.length).toBeGreaterThanOrEqual(AT_LEAST);
  expect(whole.length).toBeGreaterThan(plans.length * 0.8);
});

test.each(whole.map((plan) => [plan.story, plan] as const))(
  'as written: %s',
  (_, { transcript, calls, forgot }) => {
    expect(calls).toMatchObject(transcript.then?.calls ?? calls);
    expect(forgot).toBe(transcript.then?.forget ?? forgot);
  },
);

test.each(Object.entries(CANDIDATES))(
  'the stories go on %s as they are written',
  async (name, open) => {
    const stage = createStage(core);
    const candidate = await open(stage, core);
    const differences: Difference[] = [];
    try {
      for (const plan of plans) differences.push(...(await playStory(candidate, stage, plan)));
    } finally {
      await candidate.close();
    }
    if (differences.length > 0) throw new Error(tableOf(name, differences));
  },
  60_000,
);

/** What went differently, to be read by whoever broke it. */
const tableOf = (name: string, differences: readonly Difference[]): string =>
  [
    `${differences.length} of ${plans.length} stories go differently on ${name}:`,
    ...differences.map(
      ({ story, turn, expected, got }) =>
        `\n${story}, ${turn === 0 ? 'at its end' : `turn ${turn}`}\n  as written: ${JSON.stringify(expected)}\n  as it went: ${JSON.stringify(got)}`,
    ),
  ].join('\n');
