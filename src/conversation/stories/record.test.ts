import { parse } from 'yaml';
import type { Outgoing } from '../message.js';
import { createStoryRecorder } from './record.js';
import type { RecordingTexts } from './recording-texts.js';
import { transcriptSchema } from './transcript.js';

const texts = { describe: (message: Outgoing) => message.id } as RecordingTexts;
const message = (id: string): Outgoing => ({ id, kind: 'text', text: '', choices: [], sources: [] });

test('a talk that was written down is a story that can be played', () => {
  const recorder = createStoryRecorder(texts, 'zalo');
  recorder.said({ kind: 'start', parameter: 'report' });
  recorder.answered([message('welcome.hello'), message('report.safe.ask')]);
  recorder.said({ kind: 'media', media: 'photo', source: 's', text: 'ảnh nè' });
  recorder.said({ kind: 'location', latitude: 10, longitude: 105 });
  recorder.said({ kind: 'edited', text: 'a' });
  recorder.said({ kind: 'other', what: 'contact_card' });
  recorder.said({ kind: 'choice', id: 'skip' });
  recorder.silent(12);
  recorder.answered([message('conversation.still_there')]);
  recorder.called({ action: 'open_mailbox', code: 'secret' });
  const yaml = recorder.asYaml('một chuyện');
  expect(yaml).not.toContain('secret');
  expect(transcriptSchema.parse(parse(yaml))).toEqual({
    story: 'một chuyện',
    channels: ['zalo'],
    steps: [
      { start: 'report' },
      { bot: ['welcome.hello', 'report.safe.ask'] },
      { file: 'photo', caption: 'ảnh nè' },
      { location: [10, 105] },
      { edited: 'a' },
      { sends: 'contact_card' },
      { choose: 'skip' },
      { silence: 12 },
      { bot: ['conversation.still_there'] },
    ],
    // biome-ignore lint/suspicious/noThenProperty: a word of the transcripts, nothing awaits it.
    then: { calls: [{ action: 'open_mailbox' }] },
  });
});
