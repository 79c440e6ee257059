import { SendFault } from '../channels/channel.js';
import type { ChannelName } from '../conversation/message.js';
import type { Retractions } from '../store/retractions.js';
import type { SendingChannel } from './deliver.js';
import type { Job } from './job.js';

/** Empties the chat of a person who asked to forget, as far as the platform lets us, and says the last word there. */
export function retractJob(parts: {
  readonly retractions: Retractions;
  readonly sending: Partial<Record<ChannelName, SendingChannel>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly observe: (channel: ChannelName, outcome: string, code?: string) => void;
}): Job {
  return {
    name: 'retract',
    concurrency: 2,
    async run(id, lastTry) {
      const retraction = await parts.retractions.open(id);
      const to = retraction && parts.sending[retraction.channel];
      if (!retraction || !to) return undefined;
      const { address, receipts, farewell, channel, notBefore } = retraction;
      const early = notBefore - parts.now();
      if (early > 0) return { againIn: early };
      try {
        if (receipts.length > 0) await to.sender.retract?.(address, receipts);
        for (const message of farewell) {
          for (let piece = 0; piece < to.sender.pieces(message); piece += 1)
            await to.sender.send(address, message, piece);
        }
      } catch (error) {
        if (!(error instanceof SendFault)) throw error;
        parts.observe(channel, `retract_${error.decision.kind}`, error.code);
        const { decision } = error;
        if (decision.kind === 'wait') return { againIn: decision.milliseconds };
        if ((decision.kind === 'retry' || decision.kind === 'operator') && !lastTry) throw error;
      }
      await parts.retractions.done(id);
      return undefined;
    },
  };
}
