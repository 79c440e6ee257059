import type { Incoming } from '../../conversation/message.js';
import type { Sender } from '../channel.js';
import type { PushChannelDeps, Received } from '../push-channel.js';
import { takeMessage } from '../take-message.js';
import { contactKey, type Recipient, writeAddress } from './address.js';
import type { ZaloEvent } from './event.js';
import { handlingOf } from './events.js';
import { contentsOf, keyOf, oaOf, personOf } from './parse.js';

/** Zalo wants its answer within two seconds; it has one by then. Milliseconds. */
const PATIENCE = 1_700;
/** Messages remembered as "said at once", so that a redelivery while the database is away does not say it again. */
const SAID = 10_000;

export type Taken = Exclude<Received, 'refused'>;
export interface TakeEventParts {
  readonly deps: PushChannelDeps;
  readonly sender: Sender;
  readonly appId: string;
  /** The OA we speak for, where known by now. */
  oaId(): string | undefined;
  /** Something an operator should know; said at most once a minute. */
  warn(code: string, message: string): void;
}

/**
 * What is done with an event that Zalo signed. Resolves within two seconds, with `not_stored` when it must come again. Events of
 * another app or OA are acknowledged and left alone: this grant could not answer there, and refusing them would have Zalo
 * switch off the webhook for everybody.
 */
export function createTakeEvent(parts: TakeEventParts): (event: ZaloEvent) => Promise<Taken> {
  const { deps, appId } = parts;
  const said = new Set<string>();

  async function act(event: ZaloEvent): Promise<Taken> {
    const { handling } = handlingOf(event.event_name);
    if (handling.does === 'ignored') return 'ignored';
    if (event.app_id !== undefined && event.app_id !== appId) return 'ignored';
    const [oa, ours] = [oaOf(event), parts.oaId()];
    if (oa !== undefined && ours !== undefined && oa !== ours) {
      parts.warn('other_oa', 'an event came for an OA that this service does not speak for');
      return 'ignored';
    }
    const person = personOf(event);
    if (person === undefined) return 'ignored';
    const contact = deps.contactOf(contactKey(person));
    switch (handling.does) {
      case 'message':
        return takeAll(contentsOf(event), event, person, contact);
      case 'start':
        return takeAll([{ kind: 'start' }], event, person, contact);
      case 'left':
        return done(deps.left(contact));
      case 'forget':
        return done(deps.forget(contact));
    }
  }

  /** The port rejects while the database is away: Zalo must tell us again then. */
  const done = (port: Promise<void>): Promise<Taken> =>
    port.then(
      () => 'taken' as const,
      (error: unknown) => {
        deps.log.warn({ channel: 'zalo', error }, 'what a person did at Zalo could not be stored');
        return 'not_stored' as const;
      },
    );

  async function takeAll(
    contents: readonly Incoming['content'][],
    event: ZaloEvent,
    person: Recipient,
    contact: string,
  ): Promise<Taken> {
    const key = keyOf(event, person);
    let all: Taken = 'duplicate';
    for (const [index, content] of contents.entries()) {
      const messageId = deps.messageIdOf(index === 0 ? key : `${key}/${index}`);
      const taken = await takeOne({
        channel: 'zalo',
        messageId,
        contact,
        address: writeAddress(person),
        content,
      });
      if (taken === 'not_stored') return taken;
      if (taken === 'taken') all = taken;
    }
    return all;
  }

  async function takeOne(incoming: Incoming): Promise<Taken> {
    const { receive, log } = deps;
    const taken = await takeMessage(
      { receive, sender: parts.sender, log },
      incoming,
      !said.has(incoming.messageId),
    );
    if (taken === 'not_stored') remember(incoming.messageId);
    return taken;
  }

  function remember(messageId: string): void {
    said.add(messageId);
    const [oldest] = said;
    if (said.size > SAID && oldest !== undefined) said.delete(oldest);
  }

  return (event) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Taken>((resolve) => {
      timer = setTimeout(() => resolve('not_stored'), PATIENCE);
    });
    return Promise.race([act(event), late]).finally(() => clearTimeout(timer));
  };
}
