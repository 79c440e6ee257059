import { z } from 'zod';
import type { Attachment, Outgoing } from '../../conversation/message.js';
import type { Texts } from '../../texts/texts.js';
import { type Sender, SendFault } from '../channel.js';
import type { ChannelLog } from '../push-channel.js';
import { type Recipient, readAddress } from './address.js';
import type { Alarms } from './alarms.js';
import { type ZaloApi, ZaloRefused } from './api.js';
import type { MessageApi, Oa } from './oa.js';
import { fileMessage, imageMessage, piecesOf, textMessage } from './pieces.js';
import type { Uploads } from './uploads.js';

const PATHS: Readonly<Record<MessageApi, string>> = {
  'v2.0': '/v2.0/oa/message',
  'v3.0': '/v3.0/oa/message/cs',
};
const OTHER: Readonly<Record<MessageApi, MessageApi>> = { 'v2.0': 'v3.0', 'v3.0': 'v2.0' };

const sent = z.object({ message_id: z.union([z.string(), z.number().transform(String)]) });

export interface SenderParts {
  readonly api: ZaloApi;
  readonly oa: Oa;
  readonly uploads: Uploads;
  readonly alarms: Alarms;
  readonly texts: Texts;
  readonly log: ChannelLog;
  now(): number;
}

/** Carries messages to Zalo. */
export function createSender(parts: SenderParts): Required<Pick<Sender, 'pieces' | 'send'>> {
  const { api, oa, uploads, alarms, texts, log, now } = parts;

  const post = async (version: MessageApi, recipient: Recipient, message: object): Promise<string> => {
    const to =
      'user' in recipient
        ? { user_id: recipient.user }
        : { anonymous_id: recipient.anonymous, conversation_id: recipient.conversation };
    const data = await api.call({
      method: 'POST',
      path: PATHS[version],
      headers: { 'Content-Type': 'application/json' },
      data: JSON.stringify({ recipient: to, message }),
    });
    return sent.safeParse(data).data?.message_id ?? '';
  };

  /** By the API for this type of OA; by the other one only when Zalo says that this one is wrong: any other error may hide a delivery. */
  async function deliver(recipient: Recipient, message: object): Promise<string> {
    // People without a Zalo user are reached by v2.0 alone, whatever the OA is.
    if (!('user' in recipient)) return post('v2.0', recipient, message);
    const first = await oa.messages();
    try {
      return await post(first, recipient, message);
    } catch (error) {
      if (!(error instanceof ZaloRefused) || error.refusal.remedy !== 'endpoint') throw error;
      const id = await post(OTHER[first], recipient, message);
      await oa.remember(OTHER[first]);
      return id;
    }
  }

  async function deliverAttachment(recipient: Recipient, attachment: Attachment): Promise<string> {
    const shape = attachment.kind === 'image' ? imageMessage : fileMessage;
    try {
      return await deliver(recipient, shape(await uploads.referenceOf(attachment, false)));
    } catch (error) {
      if (!(error instanceof ZaloRefused) || error.refusal.remedy !== 'upload') throw error;
      return deliver(recipient, shape(await uploads.referenceOf(attachment, true)));
    }
  }

  async function sendPiece(recipient: Recipient, message: Outgoing, index: number): Promise<string> {
    const piece = piecesOf(message, texts)[index];
    if (piece === undefined) throw new SendFault('no_such_piece', { kind: 'give_up' });
    // Nobody has shown a button that came back from somebody without a Zalo user; a number or the words always do.
    if (piece.kind === 'text') return deliver(recipient, textMessage(piece, 'user' in recipient));
    try {
      return await deliverAttachment(recipient, piece.attachment);
    } catch (error) {
      const fault = faultOf(error, now());
      if (fault.decision.kind !== 'give_up') throw fault;
      // The words, which say what it shows, follow all the same.
      log.warn({ channel: 'zalo', code: fault.code }, 'an attachment could not be sent');
      return '';
    }
  }

  return {
    pieces: (message) => piecesOf(message, texts).length,
    async send(address, message, piece) {
      const recipient = readAddress(address);
      if (recipient === undefined) throw new SendFault('address_unreadable', { kind: 'give_up' });
      try {
        const id = await sendPiece(recipient, message, piece);
        alarms.clear('sending');
        return id;
      } catch (error) {
        const fault = faultOf(error, now());
        if (error instanceof ZaloRefused && fault.decision.kind === 'operator')
          alarms.raise('sending', fault.code);
        throw fault;
      }
    },
  };
}

/** Whatever went wrong, as a fault with its decision. */
function faultOf(error: unknown, now: number): SendFault {
  if (error instanceof SendFault) return error;
  if (error instanceof ZaloRefused) return new SendFault(error.refusal.name, error.refusal.decide(now));
  return new SendFault('unexpected', { kind: 'retry' });
}
