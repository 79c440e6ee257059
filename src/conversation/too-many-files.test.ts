import path from 'node:path';
import { mindThat } from '../../tests/support/engine-mind.js';
import { loadTexts } from '../texts/texts.js';
import { createEngine } from './engine.js';
import { loadFlows } from './load-flows.js';
import type { IncomingContent } from './message.js';
import type { StepContext, Talk } from './talk.js';
import { copyTalk } from './talk-state.js';

const root = process.cwd();
const texts = loadTexts(path.join(root, 'locales/vi/messages'));
const mind = mindThat();
const { flows } = loadFlows(path.join(root, 'flows'));
const engine = createEngine({ flows, texts, mind });
let ids = 0;
const context = (change: Partial<StepContext> = {}): StepContext => ({
  now: Date.UTC(2026, 10, 2),
  newId: () => `id-${++ids}`,
  channel: 'telegram',
  danger: null,
  ...change,
});
const photo: IncomingContent = { kind: 'media', media: 'photo', source: 'x', text: 'ảnh thứ hai mươi mốt' };
const heldBy = (talk: Talk | undefined) => (talk && copyTalk(talk)?.evidence) ?? [];

test('a file beyond what a talk holds is refused kindly, with a way on; what was sent before stays', () => {
  const { talk } = engine.step(undefined, photo, context({ evidence: 'file-1' }));
  const refused = engine.step(talk, photo, context({ tooManyFiles: true }));
  expect(refused.outgoing.map(({ text }) => text)).toEqual([texts.say('media.too_many', 'teen')]);
  expect(refused.outgoing[0]?.choices.map(({ id }) => id)).toContain('flow:report');
  expect(heldBy(refused.talk)).toEqual(['file-1']);
});

test('in the middle of a report its caption is kept and the question comes again', () => {
  const started = engine.step(undefined, { kind: 'choice', id: 'flow:report' }, context());
  const refused = engine.step(started.talk, photo, context({ tooManyFiles: true }));
  expect(refused.outgoing.at(-1)?.text).toContain(texts.say('media.too_many', 'teen'));
  expect(refused.outgoing.at(-1)?.choices.length).toBeGreaterThan(0);
  expect(JSON.stringify(refused.talk)).toContain('ảnh thứ hai mươi mốt');
});
