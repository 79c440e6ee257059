import path from 'node:path';
import { mindThat, plainAnswer } from '../../tests/support/engine-mind.js';
import { loadTexts } from '../texts/texts.js';
import type { Danger, Found } from '../understanding/understanding.js';
import { createEngine } from './engine.js';
import { loadFlows } from './load-flows.js';
import type { IncomingContent } from './message.js';
import type { Talk } from './talk.js';

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
const { flows } = loadFlows(path.join(process.cwd(), 'flows'));
const near = plainAnswer({
  id: 'gan-giong',
  topic: 'hotline',
  title: 'Một câu gần giống',
  body: { teen: 'Câu trả lời.' },
});
const VIOLENCE: Danger = { kind: 'violence', level: 'explicit', when: 'now' };

function person(found: Found) {
  const mind = mindThat({
    findAnswers: () => found,
    answerById: (id) => (id === near.id ? near : undefined),
  });
  const engine = createEngine({ flows, texts, mind });
  let talk: Talk | undefined;
  let ids = 0;
  const send = (content: IncomingContent, danger: Danger | null) => {
    const result = engine.step(talk, content, {
      now: Date.UTC(2026, 10, 2),
      newId: () => `id-${++ids}`,
      channel: 'webchat',
      danger,
    });
    talk = result.talk;
    return result.unanswered ?? [];
  };
  return {
    write: (text: string, danger: Danger | null = null) => send({ kind: 'text', text }, danger),
    press: (id: string) => send({ kind: 'choice', id }, null),
  };
}
const UNKNOWN: Found = { outcome: 'unknown', answers: [] };
const SUGGEST: Found = { outcome: 'suggest', answers: [{ answer: near, score: 0.4 }] };

test('a question nobody can answer is noted without numbers and names', () => {
  expect(person(UNKNOWN).write('thẻ của bé Nguyễn Văn An số 0912345678 gia hạn ở đâu?')).toEqual([
    expect.not.stringMatching(/An|0912/),
  ]);
});

test('one with near answers is noted when the next words show that none was taken, not when one is', () => {
  const left = person(SUGGEST);
  expect(left.write('thẻ này gia hạn ở đâu?')).toEqual([]);
  expect(left.write('không phải, thẻ thư viện ấy?')).toEqual(['thẻ này gia hạn ở đâu?']);
  const took = person(SUGGEST);
  took.write('thẻ này gia hạn ở đâu?');
  took.press('answer:gan-giong');
  expect(took.write('còn thẻ thư viện thì sao?')).toEqual([]);
});

test('nothing is noted once danger was found, of what is told, and inside a report', () => {
  const hurt = person(UNKNOWN);
  expect(hurt.write('cứu em với?', VIOLENCE)).toEqual([]);
  expect(hurt.write('còn cái kia thì sao?')).toEqual([]);
  const told = person(UNKNOWN);
  const story = 'hôm qua ở ngoài bãi giữ xe có mấy người lớn la hét rồi kéo nhau đi đâu đó mất';
  expect(told.write(story)).toEqual([]);
  expect(told.write('vậy có sao không?')).toEqual([]);
  const reports = person(UNKNOWN);
  reports.press('flow:report');
  expect(reports.write('cái này điền làm sao?')).toEqual([]);
});
