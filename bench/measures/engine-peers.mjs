// One step of the same ten-question conversation on our engine and on its peers, in one run: read the saved state, take one
// answer, say the next question, write the state. Turn about, so that a busy moment of the machine meets all of them.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundled } from '../lib/core.mjs';
import { quantile } from '../lib/figures.mjs';
import { ANSWERS, QUESTIONS } from '../peers/engines/ten-questions.mjs';

const TALKS = 500;
/** A service runs for weeks: what is measured is compiled code. */
const WARM_UP = 2000;
/** What the design asks for: so many times faster than each peer. */
const TIMES_FASTER = 5;

export async function measureEnginePeers({ snapshot, figures }) {
  const peers = [
    await ours(snapshot),
    (await import('../peers/engines/xstate.mjs')).xstate,
    (await import('../peers/engines/botbuilder.mjs')).botbuilder,
    (await import('../peers/engines/floip.mjs')).floip,
  ];
  // One of them tells on the console whenever it waits; writing that would be counted as its work.
  const { info } = console;
  console.info = () => undefined;
  try {
    const times = new Map(peers.map(({ name }) => [name, []]));
    for (let talk = 0; talk < WARM_UP + TALKS; talk += 1) {
      for (const peer of peers) {
        const taken = await playThrough(peer);
        if (talk >= WARM_UP) times.get(peer.name).push(...taken);
      }
    }
    const median = (name) =>
      quantile(
        times.get(name).toSorted((a, b) => a - b),
        0.5,
      );
    const [own] = peers;
    for (const { name } of peers)
      figures.add('engine, a step of ten questions with saved state', `${name}, median`, 'µs', median(name));
    for (const { name } of peers.slice(1)) {
      const factor = median(name) / median(own.name);
      figures.add('engine, a step of ten questions with saved state', `faster than ${name}`, '×', factor, {
        atLeast: TIMES_FASTER,
      });
    }
  } finally {
    console.info = info;
  }
}

async function playThrough({ name, begin, step, answersOf }) {
  const taken = [];
  let saved = await begin();
  for (const answer of ANSWERS) {
    const started = performance.now();
    saved = await step(saved, answer);
    taken.push((performance.now() - started) * 1000);
  }
  const got = await answersOf(saved);
  if (JSON.stringify(got) !== JSON.stringify(ANSWERS))
    throw new Error(`${name} did not save what it was told: ${JSON.stringify(got)}`);
  return taken;
}

/** Our engine with the ten questions as a flow, its texts and nothing to understand. */
async function ours(snapshot) {
  const folder = path.join(snapshot.folder, 'ten-questions');
  mkdirSync(path.join(folder, 'flows'), { recursive: true });
  cpSync(path.join(snapshot.folder, 'locales/vi/messages'), path.join(folder, 'messages'), {
    recursive: true,
  });
  const steps = QUESTIONS.map(({ id, choices }, index) => {
    const next = QUESTIONS[index + 1]?.id ?? 'done';
    const input = choices
      ? `    save: ${id}\n    choices:\n${choices.map((choice) => `      - { id: ${choice}, label: ten.${choice} }`).join('\n')}`
      : `    text: { save: ${id}, max: 4000 }`;
    return `  ${id}:\n    ask: ten.${id}\n${input}\n    next: ${next}`;
  });
  writeFileSync(
    path.join(folder, 'flows/ten.yaml'),
    `flow: ten\nversion: 1\nstart: q0\nsteps:\n${steps.join('\n')}\n  done:\n    call: submit_report\n    outcomes: { ok: end_said }\n  end_said:\n    say: ten.done\n`,
  );
  const lines = QUESTIONS.map(({ id, ask }) => `${id}: "${ask}"`);
  writeFileSync(
    path.join(folder, 'messages/ten.yaml'),
    `${lines.join('\n')}\nmot: mot\nhai: hai\nba: ba\ndone: "Xong."\n`,
  );
  const { createEngine } = await bundled(snapshot, 'src/conversation/engine.ts');
  const { loadFlows } = await bundled(snapshot, 'src/conversation/load-flows.ts');
  const { loadTexts } = await bundled(snapshot, 'src/texts/texts.ts');
  const { flows, problems } = loadFlows(path.join(folder, 'flows'));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const texts = loadTexts(path.join(folder, 'messages'));
  const mind = {
    findAnswers: () => ({ outcome: 'unknown', answers: [] }),
    answerById: () => undefined,
    smalltalkReply: () => undefined,
    findPlaces: () => [],
    cite: () => ({ label: '', effectiveFrom: '' }),
  };
  const engine = createEngine({ flows, texts, mind });
  let ids = 0;
  const context = () => ({
    now: 1_700_000_000_000,
    newId: () => `id-${++ids}`,
    channel: 'webchat',
    danger: null,
  });
  const drafts = new Map();
  return {
    name: 'Lắng Nghe',
    begin: async () =>
      JSON.stringify(engine.step(undefined, { kind: 'choice', id: 'flow:ten' }, context()).talk),
    async step(saved, text) {
      const talk = JSON.parse(saved);
      // A button where there are choices, as the peers are given the choice itself.
      const { choices } = QUESTIONS.find(({ id }) => id === talk.at.step);
      const content = choices
        ? { kind: 'choice', id: `ten.${talk.at.step}.${text}` }
        : { kind: 'text', text };
      const result = engine.step(talk, content, context());
      const state = JSON.stringify(result.talk);
      if (result.call) drafts.set(state, result.call.draft);
      return state;
    },
    answersOf(saved) {
      const draft = drafts.get(saved);
      drafts.clear();
      return QUESTIONS.map(({ id }) => draft?.details[id]);
    },
  };
}
