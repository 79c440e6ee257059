// XState 5: one state a question, the answers in the context, a persisted snapshot between two events.
import { assign, createActor, setup } from 'xstate';
import { QUESTIONS } from './ten-questions.mjs';

const states = Object.fromEntries(
  QUESTIONS.map(({ id, choices }, index) => [
    id,
    {
      on: {
        ANSWER: {
          target: QUESTIONS[index + 1]?.id ?? 'done',
          guard: ({ event }) => choices === undefined || choices.includes(event.text),
          actions: assign({ answers: ({ context, event }) => ({ ...context.answers, [id]: event.text }) }),
        },
      },
    },
  ]),
);
const machine = setup({}).createMachine({
  initial: 'q0',
  context: { answers: {} },
  states: { ...states, done: { type: 'final' } },
});

export const xstate = {
  name: 'XState',
  begin: async () => JSON.stringify(createActor(machine).start().getPersistedSnapshot()),
  async step(saved, text) {
    const actor = createActor(machine, { snapshot: JSON.parse(saved) }).start();
    actor.send({ type: 'ANSWER', text });
    const state = actor.getPersistedSnapshot();
    actor.stop();
    return JSON.stringify(state);
  },
  answersOf: (saved) => Object.values(JSON.parse(saved).context.answers),
};
