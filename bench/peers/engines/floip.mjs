// @floip/flow-runner 1: one block a question; its context is JSON by design and is read and written for every step.
import { createContextDataObjectFor, FlowRunner, SupportedMode } from '@floip/flow-runner';
import { QUESTIONS } from './ten-questions.mjs';

const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const blocks = QUESTIONS.map(({ id, choices }, index) => ({
  uuid: uuid(index + 1),
  name: id,
  type: choices ? 'MobilePrimitives.SelectOneResponse' : 'MobilePrimitives.OpenResponse',
  config: choices
    ? { prompt: uuid(100 + index), choices: Object.fromEntries(choices.map((choice) => [choice, choice])) }
    : { prompt: uuid(100 + index), text: { max_response_characters: 4000 } },
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
const resources = QUESTIONS.map(({ ask }, index) => ({
  uuid: uuid(100 + index),
  values: [{ content_type: 'TEXT', value: ask, language_id: 'vi', modes: [SupportedMode.RICH_MESSAGING] }],
}));
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
    const cursor = await runner.hydrateRichCursorFrom(runner.context);
    cursor.prompt.value = text;
    await runner.run();
    return JSON.stringify(runner.context);
  },
  answersOf: (saved) => JSON.parse(saved).interactions.map(({ value }) => value),
};
