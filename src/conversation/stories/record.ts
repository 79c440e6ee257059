import { stringify } from 'yaml';
import type { ChannelName, IncomingContent, Outgoing } from '../message.js';
import type { Call } from '../talk.js';
import type { RecordingTexts } from './recording-texts.js';
import type { TranscriptStep } from './transcript.js';

/** Writes a talk down as a story, while it is held. */
export interface StoryRecorder {
  said(content: IncomingContent): void;
  answered(messages: readonly Outgoing[]): void;
  called(call: Call): void;
  /** Minutes passed; what the clock made us say follows as `answered`. */
  silent(minutes: number): void;
  /** The file of tests/conversations, ready to be read by people and then kept. */
  asYaml(story: string): string;
}

/** @param texts the texts the engine speaks with, so that the story names their keys and not their words */
export function createStoryRecorder(texts: RecordingTexts, channel: ChannelName): StoryRecorder {
  const steps: TranscriptStep[] = [];
  const calls: string[] = [];
  return {
    said: (content) => {
      steps.push(stepOf(content));
    },
    answered: (messages) => {
      steps.push({ bot: messages.map((message) => texts.describe(message)) });
    },
    called: ({ action }) => {
      calls.push(action);
    },
    silent: (minutes) => {
      steps.push({ silence: minutes });
    },
    asYaml: (story) =>
      stringify(
        {
          story,
          ...(channel === 'webchat' ? {} : { channels: [channel] }),
          steps,
          // biome-ignore lint/suspicious/noThenProperty: a word of the transcripts, nothing awaits it.
          then: { calls: calls.map((action) => ({ action })) },
        },
        { lineWidth: 0 },
      ),
  };
}

function stepOf(content: IncomingContent): TranscriptStep {
  switch (content.kind) {
    case 'start':
      return { start: content.parameter ?? true };
    case 'text':
      return { user: content.text };
    case 'choice':
      return { choose: content.id };
    case 'media':
      return { file: content.media, ...(content.text === undefined ? {} : { caption: content.text }) };
    case 'location':
      return { location: [content.latitude, content.longitude] };
    case 'edited':
      return { edited: content.text };
    case 'other':
      return content.what === 'sticker' ? { sticker: true } : { sends: content.what };
  }
}
