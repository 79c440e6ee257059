import { type Sender, SendFault } from '../channel.js';
import type { PushChannelDeps, Received } from '../push-channel.js';
import { takeMessage } from '../take-message.js';
import type { BotApi } from './api.js';
import { parseUpdate, type Update } from './parse.js';
import { createRecently } from './recently.js';

const HOUR = 3_600_000;

/** Takes one update, as a webhook or polling brought it. "not_stored": it must be taken again. Never rejects. */
export type TakeUpdate = (raw: unknown) => Promise<Received>;

export function createTakeUpdate(
  deps: PushChannelDeps,
  { api, sender }: { readonly api: BotApi; readonly sender: Sender },
): TakeUpdate {
  const groupsTold = createRecently(deps.now, HOUR);
  /** Messages that could not be stored and come again: what was to be said at once has been said. */
  const saidAtOnce = createRecently(deps.now, HOUR);

  const tellGroup = async (chat: string) => {
    if (!groupsTold.first(deps.contactOf(chat))) return;
    try {
      await api.call('sendMessage', { chat_id: chat, text: deps.texts.say('zalo_bot.only_private') });
    } catch (error) {
      deps.log.warn({ code: codeOf(error) }, 'zalo bot: a group could not be told that we talk in private');
    }
  };

  const takeOne = async (update: Extract<Update, { kind: 'message' }>) => {
    const messageId = deps.messageIdOf(update.messageId);
    let unsaid = false;
    const again = saidAtOnce.has(messageId);
    // A courtesy: whether it comes is nobody's concern.
    if (!again) api.call('sendChatAction', { chat_id: update.chat, action: 'typing' }).catch(() => undefined);
    const outcome = await takeMessage(
      { receive: deps.receive, sender, log: deps.log },
      {
        channel: 'zalo_bot',
        messageId,
        contact: deps.contactOf(update.from),
        address: update.chat,
        content: update.content,
      },
      !again,
      () => {
        unsaid = true;
        saidAtOnce.forget(messageId);
      },
    );
    if (outcome === 'not_stored' && !unsaid) saidAtOnce.first(messageId);
    return outcome;
  };

  return async (raw) => {
    const update = parseUpdate(raw);
    if (update.kind === 'ignored' && update.chat !== undefined) void tellGroup(update.chat);
    const outcome = update.kind === 'ignored' ? 'ignored' : await takeOne(update);
    deps.observe(update.event, outcome);
    return outcome;
  };
}

/** The short name of a fault; of anything else only that it was none of the table's. */
export const codeOf = (error: unknown): string => (error instanceof SendFault ? error.code : 'unexpected');
