import { type Channel, type Sender, SendFault } from '../channels/channel.js';
import type { ChannelName } from '../conversation/message.js';
import type { Claimed, Deliveries, Pace } from '../store/deliveries.js';
import type { Again, Job } from './job.js';

/** A channel that pushes, as the job sees it. */
export interface SendingChannel {
  readonly channel: Channel & { readonly pace: Pace };
  readonly sender: Sender;
}

export interface DeliverParts {
  readonly deliveries: Deliveries;
  /** Channels whose people come and fetch (web chat): they are told that there is something. */
  readonly announced: readonly ChannelName[];
  readonly sending: Partial<Record<ChannelName, SendingChannel>>;
  /** The person has blocked or left us. */
  readonly left: (channel: ChannelName, contact: string) => Promise<void>;
  /** Something of the channel needs an operator, or no longer does. */
  readonly alarm: (channel: ChannelName, code: string | undefined) => Promise<void>;
  /** Told how each try ended; kinds and codes only. */
  readonly observe: (channel: ChannelName, outcome: string, code?: string) => void;
}

/** While an operator is needed, the channel is tried once in this time, milliseconds. */
const OPERATOR_PAUSE = 60_000;
/** A channel that was switched off keeps its messages; they are looked at again after this, milliseconds. */
const SWITCHED_OFF_PAUSE = 300_000;
/** Longest pause asked of the queue at once, milliseconds; then it is looked again. */
const LONGEST_PAUSE = 3_600_000;

/**
 * Brings one message of the outbox to its person. Each run sends one piece, the next one for that person, which may be of an
 * earlier message; the job ends when nothing of its own message is left. What a platform's refusal leads to is
 * decided by the channel's table (`SendDecision`), and carried out here for all channels.
 */
export function deliverJob(parts: DeliverParts): Job {
  const gates = new Map<ChannelName, () => Promise<void>>();
  const gateOf = ({ name, pace }: SendingChannel['channel']): (() => Promise<void>) => {
    const gate = gates.get(name) ?? createGate(pace.overall);
    gates.set(name, gate);
    return gate;
  };
  return {
    name: 'deliver',
    concurrency: 16,
    async run(outboxId) {
      const target = await parts.deliveries.channelOf(outboxId);
      if (!target) return undefined;
      if (parts.announced.includes(target.channel)) {
        await parts.deliveries.announce(outboxId, target.contact);
        return undefined;
      }
      const to = parts.sending[target.channel];
      if (!to) return { againIn: SWITCHED_OFF_PAUSE };
      const claim = await parts.deliveries.claim(outboxId, to.channel.pace);
      if (claim.kind === 'done') return undefined;
      if (claim.kind === 'later') return { againIn: Math.min(claim.milliseconds, LONGEST_PAUSE) };
      const again = await sendPiece(parts, to, claim.claimed, target.contact, gateOf(to.channel));
      if (again) return again;
      return claim.claimed.outboxId === outboxId && isLast(to.sender, claim.claimed)
        ? undefined
        : { againIn: to.channel.pace.perTalk };
    },
  };
}

const isLast = (sender: Sender, claimed: Claimed): boolean =>
  claimed.piece + 1 >= sender.pieces(claimed.message);

async function sendPiece(
  parts: DeliverParts,
  { channel, sender }: SendingChannel,
  claimed: Claimed,
  contact: string,
  gate: () => Promise<void>,
): Promise<Again | undefined> {
  try {
    if (claimed.startsIn > 0) await pause(claimed.startsIn);
    await gate();
    if (claimed.address === undefined) throw new SendFault('no_address', { kind: 'give_up' });
    const receipt = await sender.send(claimed.address, claimed.message, claimed.piece);
    await parts.deliveries.sent(claimed, receipt, isLast(sender, claimed), channel.pace);
    parts.observe(channel.name, 'sent');
    await parts.alarm(channel.name, undefined);
    return undefined;
  } catch (error) {
    if (!(error instanceof SendFault)) throw error;
    parts.observe(channel.name, error.decision.kind, error.code);
    return carryOut(parts, channel, claimed, contact, error);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Lets calls of this process through one by one, `interval` milliseconds apart. The places of the database keep the pace of
 * all processes on average; on a busy machine calls that were planned apart would still leave together.
 */
function createGate(interval: number): () => Promise<void> {
  let last = 0;
  let tail = Promise.resolve();
  return () => {
    tail = tail.then(async () => {
      const early = last + interval - Date.now();
      if (early > 0) await pause(early);
      last = Date.now();
    });
    return tail;
  };
}

async function carryOut(
  { deliveries, left, alarm }: DeliverParts,
  { name }: Channel,
  claimed: Claimed,
  contact: string,
  fault: SendFault,
): Promise<Again | undefined> {
  const { decision } = fault;
  switch (decision.kind) {
    case 'retry':
      // The person's next message may not overtake this one: they wait a little together, and the queue lets the pauses grow.
      await deliveries.wait(claimed, 0, 'talk');
      throw fault;
    case 'wait':
      await deliveries.wait(claimed, decision.milliseconds, decision.scope);
      return { againIn: Math.min(decision.milliseconds, LONGEST_PAUSE) };
    case 'hold':
      await deliveries.hold(claimed);
      return undefined;
    case 'gone':
      await left(name, contact);
      return undefined;
    case 'give_up':
      await deliveries.giveUp(claimed);
      return undefined;
    case 'operator':
      await deliveries.wait(claimed, OPERATOR_PAUSE, 'channel');
      await alarm(name, fault.code);
      return { againIn: OPERATOR_PAUSE };
  }
}
