import { createHash } from 'node:crypto';
import type { IncomingContent, Outgoing } from '../../conversation/message.js';
import type { TurnOutcome } from '../../conversation/turn.js';
import type { WebchatDeps } from './deps.js';
import type { Sessions } from './session.js';

export interface SessionTurn {
  /** The token to go on with; a new one when the given one was absent, too old or not ours. */
  readonly session: string;
  readonly outcome: TurnOutcome;
}

/** What both doors, the JSON API and the plain form, do with a message. */
export interface Turns {
  /** The contact of a token that we made and that is not too old. */
  contactOf(token: string | undefined): string | undefined;
  /**
   * Carries a message through a turn; without a good token in a new talk, so that no message is ever lost.
   * `key` makes a repetition harmless; it counts within its session only, so nobody can reach another's messages with it.
   */
  carry(token: string | undefined, content: IncomingContent, key?: string): Promise<SessionTurn>;
  /** Messages that came later, or none when they cannot be read now. */
  news(contact: string, afterId?: string): Promise<readonly Outgoing[]>;
}

const KEY = /^[\x21-\x7e]{1,200}$/;

export function createTurns(deps: WebchatDeps, sessions: Sessions): Turns {
  const contactOf = (token: string | undefined) =>
    token !== undefined && sessions.isGood(token) ? deps.contactOf(token) : undefined;
  return {
    contactOf,
    async carry(token, content, key) {
      const session = token !== undefined && sessions.isGood(token) ? token : sessions.issue();
      const contact = deps.contactOf(session);
      const messageId =
        key !== undefined && KEY.test(key)
          ? createHash('sha256').update(`${contact}\n${key}`).digest('hex')
          : deps.newId();
      return { session, outcome: await deps.receive({ channel: 'webchat', messageId, contact, content }) };
    },
    async news(contact, afterId) {
      try {
        return await deps.messagesAfter(contact, afterId);
      } catch (error) {
        deps.log.warn({ error }, 'webchat: messages that came later could not be read');
        return [];
      }
    },
  };
}
