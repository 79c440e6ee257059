import path from 'node:path';
import type { Channel } from '../channels/channel.js';
import { CHANNELS } from '../channels/channels.js';
import type { PushChannel, PushChannelDeps } from '../channels/push-channel.js';
import type { ChannelName } from '../conversation/message.js';
import type { ReceiveMessage } from '../conversation/turn.js';
import type { SendingChannel } from '../jobs/deliver.js';
import type { Metrics } from '../operations/metrics.js';
import type { ServiceCipher } from '../store/service-cipher.js';
import { createLeases } from './leases.js';
import type { ServiceOptions } from './options.js';
import type { ReadyParts } from './parts.js';

/** Every channel that pushes and is switched on, by its name. */
export type PushChannels = Partial<Record<ChannelName, PushChannel>>;

export interface PushChannelParts {
  readonly options: ServiceOptions;
  readonly cipher: ServiceCipher;
  readonly metrics: Metrics;
  readonly receive: ReceiveMessage;
  /** Throws while the database is not open. */
  readonly need: () => ReadyParts;
}

/**
 * Makes the channels whose settings are there. Nothing is received yet. Their code is loaded only then: an installation
 * with the web chat alone does not pay for the platforms' libraries.
 */
export async function createPushChannels(parts: PushChannelParts): Promise<PushChannels> {
  const { telegram, zalo, zaloBot } = parts.options.settings;
  const made: PushChannels = {};
  if (telegram) {
    const { createTelegram } = await import('../channels/telegram/telegram.js');
    made.telegram = createTelegram({ ...depsFor('telegram', parts), settings: telegram });
  }
  if (zalo) {
    const { createZalo } = await import('../channels/zalo/create-zalo.js');
    made.zalo = createZalo({ ...depsFor('zalo', parts), settings: zalo });
  }
  if (zaloBot) {
    const { createZaloBot } = await import('../channels/zalo-bot/create-zalo-bot.js');
    made.zalo_bot = createZaloBot({ ...depsFor('zalo_bot', parts), settings: zaloBot });
  }
  return made;
}

/** The channels as the jobs send on them. */
export function sendingChannels(channels: PushChannels): Partial<Record<ChannelName, SendingChannel>> {
  const entries = Object.entries(channels) as [ChannelName, PushChannel][];
  return Object.fromEntries(
    entries.map(([name, { sender }]) => {
      const channel: Channel | undefined = CHANNELS[name];
      if (!channel?.pace) throw new Error(`The channel ${name} says no pace.`);
      return [name, { channel: { ...channel, pace: channel.pace }, sender }];
    }),
  );
}

/** What the service gives one channel. */
function depsFor(
  name: ChannelName,
  { options, cipher, metrics, receive, need }: PushChannelParts,
): PushChannelDeps {
  const { settings, core, root, log } = options;
  return {
    receive,
    contactOf: (platformId) => cipher.contactHash(name, platformId),
    messageIdOf: (platformId) => cipher.contactHash(`${name} message`, platformId),
    left: async (contact) => need().contacts.left(name, contact),
    forget: async (contact) => need().contacts.forget(name, contact),
    alarm: (code) => void raiseAlarm(options, need, name, code),
    observe: (event, outcome) => metrics.received(name, event, outcome),
    notes: {
      read: async (note) => need().channelNotes.read(note),
      write: async (note, value) => need().channelNotes.write(note, value),
    },
    leases: createLeases({
      rows: () => need().leaseRows,
      whenAway: settings.role === 'all',
      onFault: (error) =>
        log.error({ channel: name, error }, 'receiving ended with a fault; it begins again'),
    }),
    texts: core.texts.messages,
    attachmentsFolder: path.join(root, 'locales/vi/attachments'),
    publicUrl: settings.publicUrl,
    now: () => Date.now(),
    log,
  };
}

/** Keeps an alarm for the console's administrators and says it once in the log, as a sentence for the operator. */
export async function raiseAlarm(
  { log, core }: ServiceOptions,
  need: () => ReadyParts,
  channel: ChannelName,
  code: string | undefined,
): Promise<void> {
  try {
    const isNews = await need().channelAlarms.set(channel, code);
    if (!isNews) return;
  } catch (error) {
    log.warn({ channel, error }, 'an alarm could not be kept');
  }
  if (code === undefined) log.info({ channel }, 'the channel works again');
  else log.error({ channel, code }, operatorsLine(core.texts.terminal, channel, code));
}

function operatorsLine(
  texts: ServiceOptions['core']['texts']['terminal'],
  channel: ChannelName,
  code: string,
): string {
  const key = `alarm.${channel}.${code}`;
  return texts.say(texts.has(key) ? key : 'alarm.any', 'adult', { channel, code });
}
