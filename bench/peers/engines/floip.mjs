// @floip/flow-runner 1: one block a question; its context is JSON by design and is read and written for every step. It has a
// catalogue of its own, the resources, whose expressions it fills in.
import { createContextDataObjectFor, FlowRunner, ResourceResolver, SupportedMode } from '@floip/flow-runner';
import { commandIn, LONGEST, QUESTIONS, TEXTS, textsWith, WAY_LABELS, waysAt } from './ten-questions.mjs';

const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const asks = textsWith('@flow.q0.value');
const labels = { ...TEXTS, ...WAY_LABELS };
const choiceIds = [...new Set(QUESTIONS.flatMap(({ choices }) => choices ?? [])), ...Object.keys(WAY_LABELS)];
const labelOf = (choice) => uuid(300 + choiceIds.indexOf(choice));
const blocks = QUESTIONS.map(({ id, choices }, index) => ({
  uuid: uuid(index + 1),
  name: id,
  type: choices ? 'MobilePrimitives.SelectOneResponse' : 'MobilePrimitives.OpenResponse',
  config: choices
    ? {
        prompt: uuid(100 + index),
        choices: Object.fromEntries(choices.map((choice) => [choice, labelOf(choice)])),
      }
    : { prompt: uuid(100 + index), text: { max_response_characters: LONGEST } },
  exits: [
    {
      uuid: uuid(200 + index),
      name: 'next',
      test: 'true',
      default: true,
      config: {},
      destination_block: index + 1 < QUESTIONS.length ? uuid(index + 2) : undefined,
    },
  ],
}));
const flow = {
  uuid: uuid(999),
  name: 'ten',
  languages: [{ id: 'vi', label: 'vi' }],
  supported_modes: [SupportedMode.RICH_MESSAGING],
  first_block_id: uuid(1),
  blocks,
};
const resource = (id, value) => ({
  uuid: id,
  values: [{ content_type: 'TEXT', value, language_id: 'vi', modes: [SupportedMode.RICH_MESSAGING] }],
});
const resources = [
  ...QUESTIONS.map(({ id }, index) => resource(uuid(100 + index), asks[id])),
  ...choiceIds.map((choice) => resource(labelOf(choice), labels[choice])),
];
const contact = { id: 'contact', name: '', createdAt: '', groups: [] };

export const floip = {
  name: '@floip/flow-runner',
  async begin() {
    const context = await createContextDataObjectFor(
      contact,
      [],
      'user',
      'org',
      [flow],
      'vi',
      SupportedMode.RICH_MESSAGING,
      resources,
    );
    const runner = new FlowRunner(context);
    await runner.run();
    return JSON.stringify(runner.context);
  },
  async step(saved, text) {
    const runner = new FlowRunner(JSON.parse(saved));
    const next = await hear(runner, text);
    const said = next && messageOf(runner.context, next.prompt.config);
    return { saved: JSON.stringify(runner.context), said };
  },
  answersOf: (saved) => JSON.parse(saved).interactions.map(({ value }) => value),
};

async function hear(runner, text) {
  const command = commandIn(text);
  if (command === 'BACK') return runner.behaviours.basicBacktracking.seek(1);
  const cursor = await runner.hydrateRichCursorFrom(runner.context);
  if (command === 'HELP') return cursor;
  cursor.prompt.value = text;
  return runner.run();
}

function messageOf(context, { prompt, choices }) {
  const words = new ResourceResolver(context);
  const index = Number(prompt.slice(-2));
  return {
    text: words.resolve(prompt).getText(),
    // A label without an expression need not be evaluated.
    choices: [
      ...(choices ?? []).map(({ key, value }) => ({ id: key, label: words.resolve(value).get('TEXT') })),
      ...waysAt(index).map(({ id }) => ({ id, label: words.resolve(labelOf(id)).get('TEXT') })),
    ],
  };
}
