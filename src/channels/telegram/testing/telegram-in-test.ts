import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { TelegramStandIn } from '../../../../tests/stand-ins/telegram.js';
import { until } from '../../../../tests/support/until.js';
import type { Incoming, Outgoing } from '../../../conversation/message.js';
import type { TurnOutcome } from '../../../conversation/turn.js';
import { loadTexts } from '../../../texts/texts.js';
import type { PushChannel } from '../../push-channel.js';
import type { TelegramDeps, Timing } from '../parts.js';
import { createTelegram } from '../telegram.js';

export const SECRET = 'secret-of-the-webhook_1';
/** Short pauses; 500 is the least between two polls of the same place. */
const QUICK: Timing = {
  firstPause: 30,
  longestPause: 100,
  untilStored: 520,
  webhookCheck: 60_000,
  poll: 3_000,
};

export function outgoing(more: Partial<Outgoing> = {}): Outgoing {
  return { id: 'o1', kind: 'text', text: 'Chào bạn.', choices: [], sources: [], ...more };
}

export const CARD = outgoing({ id: 'card', kind: 'danger', text: 'Gọi 111 ngay.' });

/** The channel at work on a stand-in, with a conversation that records what reached it. */
export async function startTelegram({
  mode = 'webhook',
  standIn,
  timing = {},
  deps: more = {},
}: {
  mode?: 'webhook' | 'polling';
  standIn?: TelegramStandIn;
  timing?: Partial<Timing>;
  deps?: Partial<TelegramDeps>;
} = {}) {
  const telegram = standIn ?? (await TelegramStandIn.start());
  const received: Incoming[] = [];
  const left: string[] = [];
  const alarms: (string | undefined)[] = [];
  const observed: string[] = [];
  const logged: unknown[] = [];
  const notes = new Map<string, string>();
  /** What becomes of a message; replace it to let the database be away. */
  const fate: { of: (incoming: Incoming) => TurnOutcome | Promise<TurnOutcome> } = {
    of: () => ({ kind: 'done', messages: [] }),
  };
  const log = (...line: unknown[]): void => void logged.push(line);
  const app = express();
  const server = await new Promise<Server>((ready) => {
    const listening = app.listen(0, '127.0.0.1', () => ready(listening));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hash = (id: string): string => createHmac('sha256', 'test').update(id).digest('hex');
  const deps: TelegramDeps = {
    settings: {
      token: telegram.token,
      apiRoot: telegram.root,
      webhookSecret: mode === 'webhook' ? SECRET : undefined,
    },
    async receive(incoming) {
      const outcome = await fate.of(incoming);
      if (outcome.kind !== 'unavailable') received.push(incoming);
      return outcome;
    },
    contactOf: hash,
    messageIdOf: hash,
    left: async (contact) => void left.push(contact),
    forget: async () => undefined,
    alarm: (code) => void alarms.push(code),
    observe: (event, outcome) => void observed.push(`${event} ${outcome}`),
    notes: {
      read: async (name) => notes.get(name),
      write: async (name, value) => void notes.set(name, value),
    },
    leases: {
      alone: (_name, _times, work) => work(),
      lead(_name, work) {
        const ending = new AbortController();
        const done = work(ending.signal);
        return {
          async stop() {
            ending.abort();
            await done;
          },
        };
      },
    },
    texts: loadTexts('locales/vi/messages'),
    attachmentsFolder: mkdtempSync(path.join(tmpdir(), 'telegram-')),
    publicUrl: mode === 'webhook' ? origin : undefined,
    now: Date.now,
    log: { info: log, warn: log, error: log },
    ...more,
  };
  const channel: PushChannel = createTelegram(deps, { ...QUICK, ...timing });
  app.use(channel.routes);
  let running: { stop(): Promise<void> } | undefined;
  return {
    telegram,
    channel,
    deps,
    origin,
    received,
    left,
    alarms,
    observed,
    logged,
    notes,
    fate,
    contents: () => received.map(({ content }) => content),
    /** Begins to receive and waits until Telegram knows. */
    async start() {
      running = channel.start();
      const method = mode === 'webhook' ? 'setWebhook' : 'getUpdates';
      await until(() => telegram.callsOf(method).length > 0);
      if (mode === 'webhook') await until(() => telegram.world.webhook.url !== '');
    },
    async stopReceiving() {
      await running?.stop();
      running = undefined;
    },
    async stop() {
      await running?.stop();
      await telegram.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type TelegramInTest = Awaited<ReturnType<typeof startTelegram>>;
