import type { ChannelName } from '../conversation/message.js';
import type { Delivery, Outbox } from '../store/outbox.js';
import type { Job } from './job.js';

/** Hands one message to its platform. Resolves when the platform has it; rejects to be tried again. */
export type SendOnChannel = (delivery: Delivery) => Promise<void>;

/** Sends one message of the outbox. */
export function deliverJob(parts: {
  readonly outbox: Outbox;
  readonly channels: Partial<Record<ChannelName, SendOnChannel>>;
}): Job {
  return {
    name: 'deliver',
    concurrency: 8,
    async run(outboxId) {
      const delivery = await parts.outbox.pending(outboxId);
      if (!delivery) return;
      const send = parts.channels[delivery.channel];
      // A channel that was switched off keeps its messages until it is on again or they are purged.
      if (!send) return;
      await send(delivery);
      await parts.outbox.markSent(outboxId);
    },
  };
}
