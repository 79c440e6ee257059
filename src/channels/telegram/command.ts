import type { IncomingContent } from '../../conversation/message.js';

/** /word, /word@bot, and what follows. */
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s+([\s\S]+))?$/;
/** What a link t.me/<bot>?start=… can carry: core.telegram.org/bots/features#deep-linking */
const PARAMETER = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * What a cleaned text that begins with a stroke means. Words behind a command are words of the person and never
 * dropped: "/start cứu em" is read as "cứu em".
 */
export function commandContent(text: string): IncomingContent {
  const [, name, rest] = COMMAND.exec(text) ?? [];
  if (name === undefined) return { kind: 'text', text: text.replace(/^\/+/, '').trim() || text };
  switch (name.toLowerCase()) {
    case 'start':
      if (rest === undefined) return { kind: 'start' };
      return PARAMETER.test(rest) ? { kind: 'start', parameter: rest } : { kind: 'text', text: rest };
    case 'help':
      return rest === undefined ? { kind: 'choice', id: 'help' } : { kind: 'text', text: rest };
    case 'xoa':
      return rest === undefined
        ? { kind: 'choice', id: 'forget' }
        : { kind: 'text', text: `${name} ${rest}` };
    default:
      return { kind: 'text', text: rest === undefined ? name : `${name} ${rest}` };
  }
}

/** Whether something said in a group is meant for the bot: a command, its name, or an answer to what it said. */
export function isForBot(words: string, username: string | undefined): boolean {
  const command = /^\/[A-Za-z0-9_]{1,32}(?:@([A-Za-z0-9_]+))?(?:\s|$)/.exec(words);
  const named = (name: string): boolean => name.toLowerCase() === username?.toLowerCase();
  if (command) return command[1] === undefined || named(command[1]);
  return [...words.matchAll(/@([A-Za-z0-9_]+)/g)].some(([, name]) => name !== undefined && named(name));
}
