// botbuilder-dialogs 4: a waterfall of prompts; the conversation state is kept by its own storage, which writes JSON.
import { ActivityTypes, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder-core';
import { ChoicePrompt, DialogSet, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import { QUESTIONS } from './ten-questions.mjs';

class SilentAdapter extends BotAdapter {
  async sendActivities(_context, activities) {
    return activities.map((_, index) => ({ id: String(index) }));
  }
}

const storage = new MemoryStorage();
const conversation = new ConversationState(storage);
const dialogs = new DialogSet(conversation.createProperty('dialog'));
const saved = conversation.createProperty('answers');
dialogs.add(new TextPrompt('text'));
dialogs.add(new ChoicePrompt('choice', undefined, 'vi'));
const keep = async (step, index) => {
  const answers = await saved.get(step.context, []);
  answers[index] = typeof step.result === 'string' ? step.result : step.result.value;
};
dialogs.add(
  new WaterfallDialog('ten', [
    ...QUESTIONS.map(({ ask, choices }, index) => async (step) => {
      if (index > 0) await keep(step, index - 1);
      return choices ? step.prompt('choice', { prompt: ask, choices }) : step.prompt('text', { prompt: ask });
    }),
    async (step) => {
      await keep(step, QUESTIONS.length - 1);
      return step.endDialog();
    },
  ]),
);

const adapter = new SilentAdapter();
let talks = 0;

async function turn(talk, text) {
  const context = new TurnContext(adapter, {
    type: ActivityTypes.Message,
    id: '1',
    channelId: 'bench',
    conversation: { id: talk },
    from: { id: talk },
    recipient: { id: 'bot' },
    locale: 'vi',
    text,
  });
  const dialog = await dialogs.createContext(context);
  const result = await dialog.continueDialog();
  if (result.status === 'empty' && text === 'start') await dialog.beginDialog('ten');
  await conversation.saveChanges(context);
  return context;
}

export const botbuilder = {
  name: 'botbuilder-dialogs',
  async begin() {
    talks += 1;
    const talk = `talk ${talks}`;
    await turn(talk, 'start');
    return talk;
  },
  async step(talk, text) {
    await turn(talk, text);
    return talk;
  },
  async answersOf(talk) {
    const key = `bench/conversations/${talk}/`;
    const answers = (await storage.read([key]))[key].answers;
    // The talk is over; the memory is given back.
    await storage.delete([key]);
    return answers;
  },
};
