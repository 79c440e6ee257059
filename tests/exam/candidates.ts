import type { Sender } from '../../src/channels/channel.js';
import type { PushChannel, PushChannelDeps } from '../../src/channels/push-channel.js';
import { createTelegram } from '../../src/channels/telegram/telegram.js';
import { startWebchat } from '../../src/channels/webchat/test-app.js';
import { createZalo } from '../../src/channels/zalo/create-zalo.js';
import { createZaloBot } from '../../src/channels/zalo-bot/create-zalo-bot.js';
import { type ChannelName, MEDIA_KINDS, type MediaKind } from '../../src/conversation/message.js';
import { readSettings } from '../../src/settings.js';
import type { Person } from '../stand-ins/person.js';
import { TelegramStandIn } from '../stand-ins/telegram.js';
import { ZaloStandIn } from '../stand-ins/zalo.js';
import { ZaloBotStandIn } from '../stand-ins/zalo-bot.js';
import { createPushParts, openServer } from '../support/push-parts.js';
import { until } from '../support/until.js';
import type { Act } from './plan.js';
import type { Core, Stage } from './stage.js';
import { WebchatPerson } from './webchat-person.js';

/** A channel with its true code at work before a stage, and its platform's stand-in before that. */
export interface Candidate {
  person(): Person;
  /** Absent where people fetch the messages themselves, with the answer to what they sent. */
  readonly sender?: Sender;
  close(): Promise<void>;
}

/** Types of Official Account: they are spoken to over two versions of the message API. */
const BUSINESS = 2;
const GOVERNMENT = 4;

/** A channel that takes the exam, and what people can do on it beside writing, pressing and starting. */
interface Entry {
  readonly channel: ChannelName;
  readonly can: readonly Act['kind'][];
  /** Files people can send. */
  readonly files: readonly MediaKind[];
  /** Whether a poster's code can say where to begin. */
  readonly posters: boolean;
  open(stage: Stage, core: Core): Promise<Candidate>;
}

const WORDS: readonly Act['kind'][] = ['start', 'write', 'press'];
const zaloEntry = (oaType: 2 | 4): Entry => ({
  channel: 'zalo',
  can: [...WORDS, 'file', 'location', 'sticker'],
  files: MEDIA_KINDS,
  posters: false,
  open: (stage) => openZalo(stage, oaType),
});

/** Everybody who takes the exam. Another channel is another entry. */
export const CANDIDATES: Readonly<Record<string, Entry>> = {
  'web chat': { channel: 'webchat', can: WORDS, files: [], posters: false, open: openWebchat },
  Telegram: {
    channel: 'telegram',
    can: [...WORDS, 'file', 'location', 'sticker', 'edit'],
    files: MEDIA_KINDS,
    posters: true,
    open: openTelegram,
  },
  Zalo: zaloEntry(BUSINESS),
  'Zalo of a public office': zaloEntry(GOVERNMENT),
  'Zalo bot': {
    channel: 'zalo_bot',
    can: [...WORDS, 'file', 'sticker'],
    files: ['photo', 'voice'],
    posters: false,
    open: openZaloBot,
  },
};

/** Whether a person can do this there. */
export const canDo =
  ({ can, files, posters }: Entry) =>
  (act: Act): boolean =>
    can.includes(act.kind) &&
    (act.kind !== 'file' || files.includes(act.file)) &&
    (act.kind !== 'start' || act.parameter === undefined || posters);

async function openWebchat({ receive }: Stage, { texts }: Core): Promise<Candidate> {
  const plenty = { messagesPerSession: 10_000, messagesPerAddress: 10_000, lookupsPerAddress: 10_000 };
  const app = await startWebchat({ receive, rates: plenty });
  return { person: () => new WebchatPerson(app.origin, texts), close: app.close };
}

async function openTelegram({ receive }: Stage): Promise<Candidate> {
  const platform = await TelegramStandIn.start();
  const settings = { token: platform.token, apiRoot: platform.root, webhookSecret: 'secret-of-the-exam' };
  const opened = await openPush(receive, (deps) => createTelegram({ ...deps, settings }));
  await until(() => platform.world.webhook.url !== '');
  return {
    person: () => platform.person(),
    sender: opened.sender,
    async close() {
      await opened.close();
      await platform.stop();
    },
  };
}

async function openZalo({ receive }: Stage, oaType: 2 | 4): Promise<Candidate> {
  const platform = await ZaloStandIn.start({ oaType });
  const { zalo: settings } = readSettings(platform.environment());
  if (settings === undefined) throw new Error('The stand-in gave no settings.');
  const opened = await openPush(receive, (deps) => createZalo({ ...deps, settings }));
  // Whoever runs the service enters it at Zalo.
  platform.webhook.url = `${opened.url}/webhooks/zalo`;
  return {
    person: () => platform.person(),
    sender: opened.sender,
    async close() {
      await opened.close();
      await platform.close();
    },
  };
}

async function openZaloBot({ receive }: Stage): Promise<Candidate> {
  const platform = await ZaloBotStandIn.start();
  const settings = { token: platform.token, apiRoot: platform.root, webhookSecret: 'secret-of-the-exam' };
  const opened = await openPush(receive, (deps) => createZaloBot({ ...deps, settings }));
  await until(() => platform.webhook !== undefined);
  return {
    person: () => platform.person(),
    sender: opened.sender,
    async close() {
      await opened.close();
      await platform.close();
    },
  };
}

/** A channel that pushes, received by webhook on a free port. */
async function openPush(
  receive: PushChannelDeps['receive'],
  create: (deps: PushChannelDeps) => PushChannel,
): Promise<{ readonly url: string; readonly sender: Sender; close(): Promise<void> }> {
  const server = await openServer();
  const channel = create(createPushParts(receive, { publicUrl: server.url }));
  server.mount(channel.routes);
  const running = channel.start();
  return {
    url: server.url,
    sender: channel.sender,
    async close() {
      await running.stop();
      await server.close();
    },
  };
}
