import { SendFault } from '../channels/channel.js';
import type { ChannelName } from '../conversation/message.js';
import type { RingMessage } from '../reports/ringing.js';
import type { OpenRing, RingAddress, Rings } from '../store/rings.js';
import type { SendingChannel } from './deliver.js';
import type { Job } from './job.js';
import { WebhookFault } from './post-webhook.js';

export interface RingParts {
  readonly rings: Rings;
  readonly sending: Partial<Record<ChannelName, SendingChannel>>;
  /** @throws WebhookFault */
  readonly post: (url: string, message: RingMessage) => Promise<void>;
  readonly say: (ring: Pick<OpenRing, 'caseId' | 'number' | 'reason' | 'below'>) => RingMessage;
  readonly newId: () => string;
  /** Told how each ring ended: where (a channel or `webhook`) and a code. */
  readonly observe: (how: string, outcome: 'delivered' | 'failed', code?: string) => void;
}

/** Something was asked of a channel that is switched off. */
const CHANNEL_OFF = 'channel_off';

/**
 * Rings one contact. Twice does no harm but to ring twice; not at all once the case is accepted. What cannot be delivered is put on
 * record as such: the next round comes by itself.
 */
export function ringJob(parts: RingParts): Job {
  return {
    name: 'ring',
    concurrency: 8,
    async run(id, lastTry) {
      const ring = await parts.rings.open(id);
      if (!ring) return undefined;
      const how = ring.to === undefined ? 'none' : ring.to.kind === 'chat' ? ring.to.channel : 'webhook';
      const end = async (code?: string): Promise<undefined> => {
        await parts.rings.finish(id, code);
        parts.observe(how, code === undefined ? 'delivered' : 'failed', code);
      };
      if (ring.to === undefined) return end('no_address');
      try {
        await send(parts, ring, ring.to);
      } catch (error) {
        const fault = faultOf(error);
        if (!fault) throw error;
        if (fault.again && !lastTry) throw error;
        return end(fault.code);
      }
      return end();
    },
  };
}

async function send(parts: RingParts, ring: OpenRing, to: RingAddress): Promise<void> {
  const message = parts.say(ring);
  if (to.kind === 'webhook') return parts.post(to.url, message);
  const sender = parts.sending[to.channel]?.sender;
  if (!sender) throw new SendFault(CHANNEL_OFF, { kind: 'give_up' });
  const outgoing = {
    id: parts.newId(),
    kind: 'text',
    text: `${message.text}\n${message.link}`,
    choices: [],
    sources: [],
  } as const;
  for (let piece = 0; piece < sender.pieces(outgoing); piece += 1)
    await sender.send(to.address, outgoing, piece);
}

function faultOf(error: unknown): { code: string; again: boolean } | undefined {
  if (error instanceof WebhookFault) return { code: error.code, again: error.again };
  if (!(error instanceof SendFault)) return undefined;
  return { code: error.code, again: error.decision.kind === 'retry' || error.decision.kind === 'wait' };
}
