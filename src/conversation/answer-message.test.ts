import path from 'node:path';
import { mindThat, plainAnswer } from '../../tests/support/engine-mind.js';
import { loadTexts } from '../texts/texts.js';
import type { Danger } from '../understanding/understanding.js';
import { createEngine } from './engine.js';
import { loadFlows } from './load-flows.js';
import type { Talk } from './talk.js';

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
const { flows } = loadFlows(path.join(process.cwd(), 'flows'));
const answer = plainAnswer({
  id: 'ke-voi-ba-me',
  topic: 'corporal_punishment',
  title: 'Kể với ai',
  body: { teen: 'Bạn kể với ba mẹ.', child: 'Con kể với ba mẹ nhé.', adult: 'Anh/chị hỏi nhà trường.' },
});
const first = { answer, score: 1 };
const second = { answer: { ...answer, id: 'giu-kin', topic: 'reporter_protection' as const }, score: 1 };
const engine = createEngine({
  flows,
  texts,
  mind: mindThat({
    findAnswers: (text) => {
      if (!text.endsWith('?')) return { outcome: 'unknown', answers: [] };
      const asksTwice = text.indexOf('?') < text.length - 1;
      return { outcome: 'answer', answers: [first], ...(asksTwice ? { second } : {}) };
    },
    answerById: () => answer,
  }),
});
const VIOLENCE: Danger = { kind: 'violence', level: 'explicit', when: 'now' };

/** What is said to the last of the messages. */
function reply(...said: readonly (readonly [string, (Danger | null)?])[]): string {
  let talk: Talk | undefined;
  let last: readonly { readonly text: string }[] = [];
  for (const [text, danger = null] of said) {
    const context = { now: 0, newId: () => 'id', channel: 'webchat', danger } as const;
    const result = engine.step(talk, { kind: 'text', text }, context);
    talk = result.talk;
    last = result.outgoing;
  }
  return last.map(({ text }) => text).join('\n');
}
const withSomebodyElse = (voice: 'child' | 'teen'): string => texts.say('danger.not_to_them', voice);

test('a child who told of being hurt is not sent to the parents alone', () => {
  expect(reply(['ba đánh con đau quá, con sợ', VIOLENCE], ['con kể với ai được?'])).toContain(
    withSomebodyElse('child'),
  );
});

test('two answers in one message say it once', () => {
  const said = reply(['ba đánh con đau quá, con sợ', VIOLENCE], ['con kể với ai được? kể có được giữ kín?']);
  expect(said.split('Con kể với ba mẹ nhé.')).toHaveLength(3);
  expect(said.split(withSomebodyElse('child'))).toHaveLength(2);
});

test('a question alone, and a grown-up, get the answer without it', () => {
  expect(reply(['con sợ cô, con kể với ai được?'])).not.toContain(withSomebodyElse('child'));
  const asked = reply(
    ['tôi là hàng xóm, nhà bên đánh cháu bé', VIOLENCE],
    ['tôi là người lớn, tôi hỏi ai được?'],
  );
  for (const voice of ['child', 'teen'] as const) expect(asked).not.toContain(withSomebodyElse(voice));
});
