// The answer search beside node-nlp, MiniSearch, Fuse.js and Orama: the same texts (question forms of our answers, folded
// to plain letters for the peers, which know no Vietnamese), each asked of an index that has not seen it. Needs `npm ci`
// in bench/ once.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { loadUnderstanding } from '../lib/core.mjs';
import { quantile } from '../lib/figures.mjs';
import { hash } from '../lib/hash.mjs';

/** Of ten parts of the forms so many are asked; the peers take long to build. */
const PARTS_ASKED = 2;
const FUSE_ASKED = 60;
/** All learn from the question forms and from one of so many questions of topics: node-nlp learns for minutes from all. */
const SHARE = 8;

export async function measureSearchPeers({ snapshot, figures }) {
  const answers = readAnswers(snapshot.folder);
  const topicQuestions = readTopicQuestions(snapshot.folder);
  const forms = new Set(answers.flatMap(({ questions }) => questions));
  const unshared = new Set(
    topicQuestions
      .map(({ text }) => text)
      .filter((text) => (hash(text) >>> 8) % SHARE !== 0 && !forms.has(text)),
  );
  const understanding = await loadUnderstanding(snapshot);
  const results = new Map();
  for (let part = 0; part < PARTS_ASKED; part += 1) {
    const isAsked = (text) => hash(text) % 10 === part;
    const held = (text) => isAsked(text) || unshared.has(text);
    const known = [
      ...answers.flatMap(({ topic, questions }) => questions.map((text) => ({ topic, text }))),
      ...topicQuestions,
    ].filter(({ text }) => !held(text));
    const asked = answers.flatMap(({ topic, questions }) =>
      questions.filter(isAsked).map((text) => ({ topic, text })),
    );
    const contestants = {
      'Lắng Nghe': ours(understanding, held),
      MiniSearch: await miniSearch(known),
      'Fuse.js': await fuse(known),
      Orama: await orama(known),
      'node-nlp': await nodeNlp(known),
    };
    for (const [name, topicOf] of Object.entries(contestants)) {
      const result = results.get(name) ?? { right: 0, asked: 0, waits: [] };
      results.set(name, result);
      const questions = name === 'Fuse.js' ? asked.slice(0, FUSE_ASKED) : asked;
      for (const { text } of questions.slice(0, 20)) await topicOf(text);
      for (const { topic, text } of questions) {
        const started = performance.now();
        const found = topicOf(text);
        const value = found instanceof Promise ? await found : found;
        result.waits.push((performance.now() - started) * 1000);
        result.asked += 1;
        if (value === topic) result.right += 1;
      }
    }
  }
  for (const [name, { right, asked, waits }] of results) {
    waits.sort((a, b) => a - b);
    figures.add(
      'answer search beside peers, forms held out',
      `${name}: right topic first`,
      '%',
      (100 * right) / asked,
    );
    figures.add(
      'answer search beside peers, forms held out',
      `${name}: a question, median`,
      'µs',
      quantile(waits, 0.5),
    );
  }
}

const ours = (understanding, held) => {
  const rank = understanding.rankingWithout(held);
  return (text) => rank(text)[0]?.answer.topic;
};

async function miniSearch(known) {
  const { default: MiniSearch } = await import('minisearch');
  const index = new MiniSearch({ fields: ['text'], storeFields: ['topic'] });
  index.addAll(known.map(({ topic, text }, id) => ({ id, topic, text: plain(text) })));
  return (text) => index.search(plain(text), { combineWith: 'OR' })[0]?.topic;
}

async function fuse(known) {
  const { default: Fuse } = await import('fuse.js');
  const index = new Fuse(
    known.map(({ topic, text }) => ({ topic, text: plain(text) })),
    { keys: ['text'], ignoreLocation: true, threshold: 0.7 },
  );
  return (text) => index.search(plain(text), { limit: 1 })[0]?.item.topic;
}

async function orama(known) {
  const { create, insertMultiple, search } = await import('@orama/orama');
  const index = create({ schema: { topic: 'string', text: 'string' } });
  await insertMultiple(
    index,
    known.map(({ topic, text }) => ({ topic, text: plain(text) })),
  );
  return async (text) =>
    (await search(index, { term: plain(text), properties: ['text'], threshold: 1, limit: 1 })).hits[0]
      ?.document.topic;
}

async function nodeNlp(known) {
  const { NlpManager } = await import('node-nlp');
  const manager = new NlpManager({
    languages: ['vi'],
    forceNER: false,
    autoSave: false,
    nlu: { log: false },
  });
  for (const { topic, text } of known) manager.addDocument('vi', plain(text), topic);
  await manager.train();
  return async (text) => (await manager.process('vi', plain(text))).intent;
}

function readTopicQuestions(root) {
  const folder = path.join(root, 'locales/vi/words/topic-questions');
  return readdirSync(folder)
    .sort()
    .flatMap((name) =>
      readFileSync(path.join(folder, name), 'utf8')
        .split('\n')
        .filter((text) => text.trim() !== '' && !text.startsWith('#') && !text.startsWith('== '))
        .map((text) => ({ topic: name.replace('.txt', ''), text })),
    );
}

function readAnswers(root) {
  const folder = path.join(root, 'locales/vi/answers');
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parse(readFileSync(path.join(folder, name), 'utf8')));
}

const plain = (text) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd');
