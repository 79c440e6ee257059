import path from 'node:path';
import { readTranscripts } from '../../src/conversation/stories/transcript.js';
import { CANDIDATES, canDo } from './candidates.js';
import { type Plan, planStory } from './plan.js';
import { type Difference, playStory } from './play.js';
import { createCore, createStage } from './stage.js';

/** The stories that people can play to the letter on every channel; fewer would examine little. */
const AT_LEAST = 40;

const core = createCore();
const transcripts = readTranscripts(path.join(process.cwd(), 'tests/conversations'));
const plans = Object.fromEntries(
  Object.entries(CANDIDATES).map(([name, entry]) => [
    name,
    transcripts.map((transcript) => planStory(transcript, core, entry.channel, canDo(entry))),
  ]),
);
const isWhole = ({ leftOut }: Plan): boolean => leftOut === 0;

test.each(Object.entries(plans))(
  `at least ${AT_LEAST} stories are played to the letter on %s`,
  (_, planned) => {
    expect(planned.filter(isWhole).length).toBeGreaterThanOrEqual(AT_LEAST);
  },
);

test.each(
  Object.entries(plans).flatMap(([name, planned]) =>
    planned.filter(isWhole).map((plan) => [name, plan.story, plan] as const),
  ),
)('as written, on %s: %s', (_, __, { transcript, calls, forgot }) => {
  expect(calls).toMatchObject(transcript.then?.calls ?? calls);
  expect(forgot).toBe(transcript.then?.forget ?? forgot);
});

test.each(Object.entries(CANDIDATES))(
  'the stories go on %s as they are written',
  async (name, { open }) => {
    const stage = createStage(core);
    const candidate = await open(stage, core);
    const planned = plans[name] ?? [];
    const differences: Difference[] = [];
    try {
      for (const plan of planned) differences.push(...(await playStory(candidate, stage, plan)));
    } finally {
      await candidate.close();
    }
    if (differences.length > 0) throw new Error(tableOf(name, planned.length, differences));
  },
  120_000,
);

/** What went differently, to be read by whoever broke it. */
const tableOf = (name: string, count: number, differences: readonly Difference[]): string =>
  [
    `${differences.length} of ${count} stories go differently on ${name}:`,
    ...differences.map(
      ({ story, turn, expected, got }) =>
        `\n${story}, ${turn === 0 ? 'at its end' : `turn ${turn}`}\n  as written: ${JSON.stringify(expected)}\n  as it went: ${JSON.stringify(got)}`,
    ),
  ].join('\n');
