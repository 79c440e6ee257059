/** Longest answer to a reporter, in characters, as for every text of the service. */
export const REPLY_MAX = 4000;

/** What is wrong with an answer as typed; undefined when it can be sent. */
export function replyFault(text: string): 'empty' | 'too_long' | undefined {
  if (text.trim().length === 0) return 'empty';
  return text.length > REPLY_MAX ? 'too_long' : undefined;
}
