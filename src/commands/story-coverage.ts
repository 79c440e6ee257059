import path from 'node:path';
import { createEngine } from '../conversation/engine.js';
import type { Flow } from '../conversation/flow-schema.js';
import { CHANNEL_NAMES } from '../conversation/message.js';
import { readOfficeHours } from '../conversation/office-hours.js';
import { createPlayer } from '../conversation/stories/play.js';
import { contentOf, officeOf, readTranscripts } from '../conversation/stories/transcript.js';
import { type Coverage, createCoverage } from '../conversation/story-coverage.js';
import type { Texts } from '../texts/texts.js';
import { createMind } from './practice-mind.js';

/** Plays all stories on every channel and says which steps and branches of the flows they touched. */
export function coverStories(
  root: string,
  flows: readonly Flow[],
  texts: Texts,
): Coverage & { stories: number } {
  const mind = createMind(root);
  const coverage = createCoverage(flows);
  const officeAt = readOfficeHours(path.join(root, 'data/office-hours.yaml'));
  const transcripts = readTranscripts(path.join(root, 'tests/conversations'));
  for (const transcript of transcripts) {
    const office = officeOf(transcript) ?? officeAt;
    const engine = createEngine({ flows, texts, mind, officeAt: office, trace: coverage.trace });
    for (const channel of transcript.channels ?? CHANNEL_NAMES) {
      const player = createPlayer(engine, mind, transcript, channel);
      for (const step of transcript.steps) {
        const said = contentOf(step);
        if (said) player.take(said);
        else if ('wait' in step) player.wait(step.wait);
        else if ('silence' in step) player.silence(step.silence);
      }
    }
  }
  return { ...coverage.measure(), stories: transcripts.length };
}
