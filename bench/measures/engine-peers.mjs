// One step of the same ten-question conversation on our engine and on its peers, in one run. In a step each of them reads the
// saved state from JSON, checks the answer against the question, goes on, puts the words of the next question and of its choices
// together from a catalogue, with a placeholder filled in, and writes the state as JSON; at every question there is help and a way
// back. What each said is looked at, outside the time. Ours does besides what every message in the service needs: many more
// commands, politeness around them, choices named in words, who is speaking.
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundled } from '../lib/core.mjs';
import { quantile } from '../lib/figures.mjs';
import { ANSWERS, expectedAfter, LONGEST, QUESTIONS, TEXTS } from '../peers/engines/ten-questions.mjs';

/** They take turns of so many talks: a busy moment of the machine meets all of them, and each has the processor's caches to itself, as in a service. */
const TALKS_A_TURN = 100;
const TURNS = 10;
/** A service runs for weeks: what is measured is compiled code. */
const WARM_UP_TURNS = 20;
/** What the design asks for: so many times faster than each peer. */
const TIMES_FASTER = 5;

export async function measureEnginePeers({ snapshot, figures }) {
  const { engine, texts } = await tenQuestions(snapshot);
  const peers = [
    ours(engine),
    (await import('../peers/engines/xstate.mjs')).xstate(texts),
    (await import('../peers/engines/botbuilder.mjs')).botbuilder(texts),
    (await import('../peers/engines/floip.mjs')).floip,
  ];
  // One of them tells on the console whenever it waits; writing that would be counted as its work.
  const { info } = console;
  console.info = () => undefined;
  try {
    for (const peer of peers) await tryCommands(peer);
    const times = new Map(peers.map(({ name }) => [name, []]));
    for (let turn = 0; turn < WARM_UP_TURNS + TURNS; turn += 1) {
      for (const peer of peers) {
        for (let talk = 0; talk < TALKS_A_TURN; talk += 1) {
          const taken = await playThrough(peer);
          if (turn >= WARM_UP_TURNS) times.get(peer.name).push(...taken);
        }
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

async function tryCommands({ name, begin, step }) {
  const { saved } = await step(await begin(), ANSWERS[0], QUESTIONS[0]);
  for (const [command, question] of [
    ['trợ giúp', expectedAfter(1)],
    ['quay lại', expectedAfter(0)],
  ]) {
    const { said } = await step(saved, command, QUESTIONS[1]);
    if (!JSON.stringify(said).includes(question[0]))
      throw new Error(`${name}: "${command}" led to ${JSON.stringify(said)}`);
  }
}

async function playThrough({ name, begin, step, answersOf }) {
  const taken = [];
  let saved = await begin();
  for (const [index, answer] of ANSWERS.entries()) {
    const started = performance.now();
    const begun = step(saved, answer, QUESTIONS[index]);
    // Whoever needs no waiting is not made to wait.
    const done = begun instanceof Promise ? await begun : begun;
    taken.push((performance.now() - started) * 1000);
    saved = done.saved;
    const said = JSON.stringify(done.said ?? '');
    const missing = expectedAfter(index + 1).find((words) => !said.includes(words));
    if (missing !== undefined) throw new Error(`${name} did not say "${missing}" but ${said}`);
  }
  const got = await answersOf(saved);
  if (JSON.stringify(got) !== JSON.stringify(ANSWERS))
    throw new Error(`${name} did not save what it was told: ${JSON.stringify(got)}`);
  return taken;
}

/** Our engine with the ten questions as a flow, nothing to understand, and the catalogue: all texts of the service and the ten. */
async function tenQuestions(snapshot) {
  const folder = path.join(snapshot.folder, 'ten-questions');
  mkdirSync(path.join(folder, 'flows'), { recursive: true });
  cpSync(path.join(snapshot.folder, 'locales/vi/messages'), path.join(folder, 'messages'), {
    recursive: true,
  });
  const steps = QUESTIONS.map(({ id, choices }, index) => {
    const next = QUESTIONS[index + 1]?.id ?? 'done';
    const input = choices
      ? `    save: ${id}\n    choices:\n${choices.map((choice) => `      - { id: ${choice}, label: ten.${choice} }`).join('\n')}`
      : `    text: { save: ${id}, max: ${LONGEST} }`;
    return `  ${id}:\n    ask: ten.${id}\n${input}\n    next: ${next}`;
  });
  writeFileSync(
    path.join(folder, 'flows/ten.yaml'),
    `flow: ten\nversion: 1\nstart: q0\nvariants: [q0]\nsteps:\n${steps.join('\n')}\n  done:\n    call: submit_report\n    outcomes: { ok: end_said }\n  end_said:\n    say: ten.done\n`,
  );
  const lines = Object.entries(TEXTS).map(([key, text]) => `${key}: "${text}"`);
  writeFileSync(path.join(folder, 'messages/ten.yaml'), `${lines.join('\n')}\ndone: "Xong."\n`);
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
  return { engine: createEngine({ flows, texts, mind }), texts };
}

function ours(engine) {
  // The id of a message is made by whoever calls the engine, and no peer's message has one.
  let given = 0;
  const ids = Array.from({ length: 1000 }, () => randomUUID());
  const context = () => ({
    now: 1_700_000_000_000,
    newId: () => ids[++given % ids.length],
    channel: 'webchat',
    danger: null,
  });
  // A channel hands over the id of the button that was pressed, read from JSON.
  const buttons = new Map(
    QUESTIONS.filter(({ choices }) => choices !== undefined).map((question) => {
      const ids = question.choices.map((choice) => [choice, `ten.${question.id}.${choice}`]);
      return [question, new Map(JSON.parse(JSON.stringify(ids)))];
    }),
  );
  const drafts = new Map();
  return {
    name: 'Lắng Nghe',
    begin: () => JSON.stringify(engine.step(undefined, { kind: 'choice', id: 'flow:ten' }, context()).talk),
    step(saved, text, question) {
      const button = buttons.get(question)?.get(text);
      const content = button === undefined ? { kind: 'text', text } : { kind: 'choice', id: button };
      const result = engine.step(JSON.parse(saved), content, context());
      const state = JSON.stringify(result.talk);
      if (result.call) drafts.set(state, result.call.draft);
      return { saved: state, said: result.outgoing.at(-1) };
    },
    answersOf(saved) {
      const draft = drafts.get(saved);
      drafts.clear();
      // A choice is written into the report by its label.
      return QUESTIONS.map(({ id, choices }) => {
        const said = draft?.details[id];
        return choices?.find((choice) => TEXTS[choice] === said) ?? said;
      });
    },
  };
}
