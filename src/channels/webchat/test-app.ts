import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import type { Incoming, Outgoing } from '../../conversation/message.js';
import type { Directory } from '../../directory/directory.js';
import { loadTexts } from '../../texts/texts.js';
import type { WebchatDeps } from './deps.js';
import { createWebchat } from './routes.js';

const FONTS = 'node_modules/@fontsource/be-vietnam-pro/files';

export function outgoing(more: Partial<Outgoing> = {}): Outgoing {
  return { id: randomUUID(), kind: 'text', text: 'Chào bạn.', choices: [], sources: [], ...more };
}

/** Files that stand for the built page. */
export function fakeAssets(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'webchat-'));
  writeFileSync(path.join(folder, 'chat.js'), 'void 0;');
  writeFileSync(path.join(folder, 'chat.css'), 'body{}');
  return folder;
}

const directory: Directory = {
  places: [],
  agencies: [],
  place: () => undefined,
  agency: () => undefined,
  communeAgencyId: () => '',
  nearby: () => [],
  exclusionsOf: () => [],
  excludedWith: () => [],
  findPlaces: (text) =>
    text.startsWith('minh')
      ? [
          {
            place: {
              code: '30001',
              name: 'Châu Thành',
              fullName: 'Xã Châu Thành',
              kind: 'xã',
              formerProvince: 'Kiên Giang',
              island: false,
              border: false,
              effectiveFrom: '2025-07-01',
            },
            knownAs: 'Thị trấn Minh Lương (huyện Châu Thành cũ)',
            score: 1,
          },
        ]
      : [],
  competentFor() {
    throw new Error('The web chat asks for no competence.');
  },
};

/** The true routes on a true server, with a fake conversation that records what reached it. */
export async function startWebchat(more: Partial<WebchatDeps> = {}) {
  const received: Incoming[] = [];
  const forgotten: string[] = [];
  const logged: unknown[] = [];
  const uploads = new Map<string, Uint8Array>();
  const log = (...line: unknown[]) => void logged.push(line);
  const deps: WebchatDeps = {
    async receive(incoming) {
      received.push(incoming);
      return { kind: 'done', messages: [outgoing()] };
    },
    contactOf: (token) => createHmac('sha256', 'test').update(token).digest('hex'),
    sessionKey: Buffer.alloc(32, 1),
    messagesAfter: async () => [],
    keepUpload: async (id, bytes) => void uploads.set(id, bytes),
    onNews: () => () => undefined,
    forget: async (contact) => void forgotten.push(contact),
    directory,
    texts: loadTexts('locales/vi/webchat'),
    now: Date.now,
    newId: randomUUID,
    randomBytes,
    log: { info: log, warn: log, error: log },
    assetsFolder: fakeAssets(),
    fontsFolder: FONTS,
    ...more,
  };
  const app = express();
  const routes = createWebchat(deps);
  app.use(routes);
  const server = await new Promise<Server>((ready) => {
    const started = app.listen(0, '127.0.0.1', () => ready(started));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Every address there is: "get /chat". */
  const addresses = routes.stack.flatMap(({ route }) =>
    route ? route.stack.map((layer) => `${layer.method} ${route.path}`) : [],
  );
  return {
    origin,
    addresses: [...new Set(addresses)],
    received,
    forgotten,
    logged,
    uploads,
    contactOf: deps.contactOf,
    post: (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${origin}/api/chat`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    form: (url: string, fields: Record<string, string>) =>
      fetch(`${origin}${url}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof startWebchat>>;
