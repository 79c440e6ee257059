import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { ZaloStandIn, type ZaloStandInOptions } from '../../../../tests/stand-ins/zalo.js';
import type { Incoming, Outgoing } from '../../../conversation/message.js';
import { readSettings, type ZaloSettings } from '../../../settings.js';
import { loadTexts } from '../../../texts/texts.js';
import { SendFault } from '../../channel.js';
import type { PushChannelDeps } from '../../push-channel.js';
import { createZalo } from '../create-zalo.js';
import { MemoryLeases, MemoryNotes } from './memory.js';

export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

export const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
  id: randomUUID(),
  kind: 'text',
  text: 'Chào bạn.',
  choices: [],
  sources: [],
  ...more,
});

export function zaloSettings(environment: Record<string, string>): ZaloSettings {
  const { zalo } = readSettings(environment);
  if (zalo === undefined) throw new Error('Zalo is not set.');
  return zalo;
}

/** What one process of the service is to the channel; several share notes, leases and the stand-in. */
export function processOf(
  platform: ZaloStandIn,
  settings: ZaloSettings,
  shared: { readonly notes: MemoryNotes; readonly leases: MemoryLeases },
  more: Partial<PushChannelDeps> = {},
) {
  const seen = {
    received: [] as Incoming[],
    left: [] as string[],
    forgotten: [] as string[],
    alarms: [] as (string | undefined)[],
    observed: [] as string[],
    logged: [] as unknown[][],
  };
  const log = (...line: unknown[]) => void seen.logged.push(line);
  const attachmentsFolder = mkdtempSync(path.join(tmpdir(), 'zalo-'));
  writeFileSync(path.join(attachmentsFolder, 'so.png'), PNG);
  writeFileSync(path.join(attachmentsFolder, 'to-roi.pdf'), '%PDF-1.7 ...');
  writeFileSync(path.join(attachmentsFolder, 'sai.png'), 'no picture');
  const deps: PushChannelDeps = {
    async receive(incoming) {
      seen.received.push(incoming);
      return { kind: 'done', messages: [] };
    },
    contactOf: (id) => createHmac('sha256', 'contact').update(id).digest('hex'),
    messageIdOf: (id) => createHmac('sha256', 'message').update(id).digest('hex'),
    left: async (contact) => void seen.left.push(contact),
    forget: async (contact) => void seen.forgotten.push(contact),
    alarm: (code) => void seen.alarms.push(code),
    observe: (event, outcome) => void seen.observed.push(`${event} ${outcome}`),
    ...shared,
    texts: loadTexts('locales/vi/messages'),
    attachmentsFolder,
    publicUrl: 'https://langnghe.example',
    now: () => platform.now(),
    log: { info: log, warn: log, error: log },
    ...more,
  };
  return { ...seen, deps, channel: createZalo({ ...deps, settings }) };
}

/** The channel's routes on a true server, before a stand-in of Zalo. */
export async function startZalo(options: ZaloStandInOptions = {}, more: Partial<PushChannelDeps> = {}) {
  const platform = await ZaloStandIn.start(options);
  const environment = platform.environment();
  const settings = zaloSettings({ ...environment, ZALO_SITE_CODE: 'KzABC123' });
  const shared = { notes: new MemoryNotes(), leases: new MemoryLeases() };
  const one = processOf(platform, settings, shared, more);
  const app = express();
  app.use(one.channel.routes);
  const server = await new Promise<Server>((ready) => {
    const started = app.listen(0, '127.0.0.1', () => ready(started));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  platform.webhook.url = `${origin}/webhooks/zalo`;
  const { sender } = one.channel;
  return {
    ...one,
    ...shared,
    platform,
    settings,
    sender,
    origin,
    /** Where the newest message came from. */
    address(): string {
      const address = one.received.at(-1)?.address;
      if (address === undefined) throw new Error('Nobody has written yet.');
      return address;
    },
    /** Sends all pieces; resolves with their ids. */
    async send(address: string, message: Outgoing): Promise<string[]> {
      const ids: string[] = [];
      for (let piece = 0; piece < sender.pieces(message); piece += 1)
        ids.push(await sender.send(address, message, piece));
      return ids;
    },
    async close() {
      await platform.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
export type ZaloInTest = Awaited<ReturnType<typeof startZalo>>;

/** The fault that a sending ends with. */
export async function faultOf(sending: Promise<unknown>): Promise<Pick<SendFault, 'code' | 'decision'>> {
  const error: unknown = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SendFault)) throw new Error('It was no SendFault.');
  return { code: error.code, decision: error.decision };
}
