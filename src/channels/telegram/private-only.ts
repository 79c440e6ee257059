import type { TelegramParts } from './parts.js';

const HOUR = 3_600_000;
/** Groups remembered at once; beyond, the oldest is forgotten and may hear the sentence once more. */
const MOST_GROUPS = 1_000;

/**
 * Says in a group or channel, once an hour, that the bot talks in private only, and how to get there. In memory and
 * nothing else: groups are no business of ours.
 */
export function createPrivateOnly({ deps, api, name }: Pick<TelegramParts, 'deps' | 'api' | 'name'>) {
  const saidAt = new Map<number, number>();
  const say = async (chat: number): Promise<void> => {
    const username = await name.learn();
    const text =
      username === undefined
        ? deps.texts.say('telegram.private_only.bare')
        : deps.texts.say('telegram.private_only.with_link', 'teen', { link: `https://t.me/${username}` });
    await api.sendMessage(chat, text, { link_preview_options: { is_disabled: true } });
  };
  return (chat: number): void => {
    const before = saidAt.get(chat);
    if (before !== undefined && deps.now() - before < HOUR) return;
    saidAt.delete(chat);
    saidAt.set(chat, deps.now());
    const oldest = saidAt.keys().next().value;
    if (saidAt.size > MOST_GROUPS && oldest !== undefined) saidAt.delete(oldest);
    say(chat).catch((error: unknown) => deps.log.info({ error }, 'a group could not be told'));
  };
}
