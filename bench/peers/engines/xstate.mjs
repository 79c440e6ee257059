// XState 5: one state a question, the answers in the context, a persisted snapshot between two events. What is said stands in
// the `meta` of a state, as its documentation has it for texts.
import { assign, createActor, setup } from 'xstate';
import { commandIn, LONGEST, QUESTIONS, waysAt } from './ten-questions.mjs';

const states = Object.fromEntries(
  QUESTIONS.map(({ id, choices }, index) => [
    id,
    {
      meta: {
        ask: `ten.${id}`,
        choices: [
          ...(choices ?? []).map((choice) => ({ id: choice, label: `ten.${choice}` })),
          ...waysAt(index),
        ],
      },
      on: {
        ...(index > 0 ? { BACK: `q${index - 1}` } : {}),
        ANSWER: {
          target: QUESTIONS[index + 1]?.id ?? 'done',
          guard: ({ event }) => (choices ? choices.includes(event.text) : event.text !== ''),
          actions: assign({
            answers: ({ context, event }) => ({
              ...context.answers,
              [id]: choices ? event.text : event.text.trim().slice(0, LONGEST),
            }),
          }),
        },
      },
    },
  ]),
);
const machine = setup({}).createMachine({
  id: 'ten',
  initial: 'q0',
  context: { answers: {} },
  // Help says the question again.
  on: { HELP: {} },
  states: { ...states, done: { type: 'final' } },
});

/** @param texts the catalogue */
export const xstate = (texts) => ({
  name: 'XState',
  begin: () => JSON.stringify(createActor(machine).start().getPersistedSnapshot()),
  step(saved, text) {
    const actor = createActor(machine, { snapshot: JSON.parse(saved) }).start();
    actor.send({ type: commandIn(text) ?? 'ANSWER', text });
    const said = messageOf(texts, actor.getSnapshot());
    const state = actor.getPersistedSnapshot();
    actor.stop();
    return { saved: JSON.stringify(state), said };
  },
  answersOf: (saved) => Object.values(JSON.parse(saved).context.answers),
});

function messageOf(texts, snapshot) {
  const meta = snapshot.getMeta()[`ten.${snapshot.value}`];
  if (meta === undefined) return undefined;
  return {
    text: texts.say(meta.ask, 'teen', snapshot.context.answers),
    choices: meta.choices.map(({ id, label }) => ({ id, label: texts.say(label) })),
  };
}
