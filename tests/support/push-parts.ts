import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express, { type Router } from 'express';
import type { Leases, PushChannelDeps, Received } from '../../src/channels/push-channel.js';
import { loadTexts } from '../../src/texts/texts.js';

/** Everything a channel that pushes asks for, in memory, with what the channel did written down. */
export interface PushParts extends PushChannelDeps {
  readonly observed: (readonly [event: string, outcome: Received])[];
  readonly alarms: (string | undefined)[];
  readonly logged: unknown[];
  readonly gone: string[];
  readonly forgotten: string[];
  readonly kept: Map<string, string>;
}

const texts = loadTexts(path.join(process.cwd(), 'locales/vi/messages'));
const hash = (value: string) => createHash('sha256').update(`test${value}`).digest('hex');

export function createPushParts(
  receive: PushChannelDeps['receive'],
  more: Partial<PushChannelDeps> = {},
): PushParts {
  const records = {
    observed: [] as [string, Received][],
    alarms: [] as (string | undefined)[],
    logged: [] as unknown[],
    gone: [] as string[],
    forgotten: [] as string[],
    kept: new Map<string, string>(),
  };
  const log = (...line: unknown[]) => void records.logged.push(line);
  return {
    receive,
    contactOf: hash,
    messageIdOf: hash,
    left: async (contact) => void records.gone.push(contact),
    forget: async (contact) => void records.forgotten.push(contact),
    alarm: (code) => void records.alarms.push(code),
    observe: (event, outcome) => void records.observed.push([event, outcome]),
    notes: {
      read: async (name) => records.kept.get(name),
      write: async (name, value) => void records.kept.set(name, value),
    },
    leases: onlyProcess(),
    texts,
    attachmentsFolder: path.join(process.cwd(), 'locales/vi/attachments'),
    publicUrl: undefined,
    now: Date.now,
    log: { info: log, warn: log, error: log },
    ...records,
    ...more,
  };
}

/** Leases where there is one process: work for one lease goes one after the other, the lead is always ours. */
function onlyProcess(): Leases {
  const queues = new Map<string, Promise<unknown>>();
  return {
    alone(name, _times, work) {
      const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
      queues.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
    lead(_name, work) {
      const stopping = new AbortController();
      const done = work(stopping.signal);
      return {
        async stop() {
          stopping.abort();
          await done;
        },
      };
    },
  };
}

/** A server on a free port that hands on to whatever routes it is given later. */
export async function openServer(): Promise<{
  url: string;
  mount(routes: Router): void;
  close(): Promise<void>;
}> {
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mount: (routes) => void app.use(routes),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
