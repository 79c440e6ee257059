import type { TelegramParts } from './parts.js';

/** The commands in the order of the menu; the words stand in telegram.yaml. */
const COMMANDS = ['start', 'help', 'xoa'] as const;

/** Puts the commands into the menu beside the field, in private chats only. Best effort: Telegram keeps the last one. */
export async function setMenu({ deps, api }: Pick<TelegramParts, 'deps' | 'api'>): Promise<void> {
  const commands = COMMANDS.map((command) => ({
    command,
    description: deps.texts.say(`telegram.command.${command}`),
  }));
  await api
    .setMyCommands(commands, { scope: { type: 'all_private_chats' } })
    .catch((error: unknown) => deps.log.warn({ error }, 'the menu of commands is not set'));
}
