// botbuilder-dialogs 4: a waterfall of prompts; the conversation state is kept by its own storage, which writes JSON. It matches
// the choice and writes the choices into the message itself.
import {
  ActionTypes,
  ActivityTypes,
  BotAdapter,
  ConversationState,
  MemoryStorage,
  MessageFactory,
  TurnContext,
} from 'botbuilder-core';
import { ChoicePrompt, DialogSet, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import { commandIn, LONGEST, QUESTIONS, waysAt } from './ten-questions.mjs';

class SilentAdapter extends BotAdapter {
  said;

  async sendActivities(_context, activities) {
    this.said = activities.at(-1);
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
  answers[index] = typeof step.result === 'string' ? step.result.trim().slice(0, LONGEST) : step.result.value;
  return answers;
};

/** @param texts the catalogue */
const waterfall = (texts) =>
  new WaterfallDialog('ten', [
    ...QUESTIONS.map(({ id, choices }, index) => async (step) => {
      // The way back begins the dialog anew and passes by what comes before.
      const first = step.options.first ?? 0;
      if (index < first) return step.next();
      const [q0] = index > first ? await keep(step, index - 1) : await saved.get(step.context, []);
      const ways = waysAt(index).map((way) => texts.say(way.label));
      const prompt = MessageFactory.suggestedActions(ways, texts.say(`ten.${id}`, 'teen', { q0 }));
      if (!choices) return step.prompt('text', { prompt });
      return step.prompt('choice', {
        prompt,
        choices: choices.map((value) => {
          const title = texts.say(`ten.${value}`);
          return { value, action: { type: ActionTypes.ImBack, title, value } };
        }),
      });
    }),
    async (step) => {
      await keep(step, QUESTIONS.length - 1);
      return step.endDialog();
    },
  ]);

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
  const command = commandIn(text);
  if (command === 'HELP') await dialog.repromptDialog();
  else if (command === 'BACK') await goBack(dialog);
  else {
    const result = await dialog.continueDialog();
    if (result.status === 'empty' && text === 'start') await dialog.beginDialog('ten');
  }
  await conversation.saveChanges(context);
}

async function goBack(dialog) {
  const { stepIndex } = dialog.stack[0].state;
  await dialog.cancelAllDialogs();
  await dialog.beginDialog('ten', { first: Math.max(0, stepIndex - 1) });
}

/** @param texts the catalogue */
export function botbuilder(texts) {
  dialogs.add(waterfall(texts));
  return {
    name: 'botbuilder-dialogs',
    async begin() {
      talks += 1;
      const talk = `talk ${talks}`;
      await turn(talk, 'start');
      return talk;
    },
    async step(talk, text) {
      adapter.said = undefined;
      await turn(talk, text);
      return { saved: talk, said: adapter.said };
    },
    async answersOf(talk) {
      const key = `bench/conversations/${talk}/`;
      const answers = (await storage.read([key]))[key].answers;
      // The talk is over; the memory is given back.
      await storage.delete([key]);
      return answers;
    },
  };
}
