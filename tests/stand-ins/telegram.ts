import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Chats } from './telegram/chats.js';
import { Files } from './telegram/files.js';
import { METHODS, type World } from './telegram/methods.js';
import { PaceWatch } from './telegram/pace.js';
import { TelegramGroup, TelegramPerson } from './telegram/person.js';
import { type Update, Updates } from './telegram/updates.js';
import { Webhook, type WebhookOptions } from './telegram/webhook.js';
import { type Fields, Refused, readFields } from './telegram/wire.js';

/** What goes wrong with the next calls of a method. */
export interface Fault {
  /** A refusal in the Bot API's shape. */
  readonly refuse?: { readonly status: number; readonly description: string; readonly retryAfter?: number };
  /** An answer that is not the Bot API's, e.g. a page of a provider. */
  readonly page?: { readonly status: number; readonly body: string; readonly location?: string };
  /** The connection breaks: before anything is done, or after the method was carried out. */
  readonly drop?: 'before' | 'after';
  /** The answer comes so much later, milliseconds. */
  readonly delay?: number;
  /** For how many calls; 1 unless said. */
  readonly times?: number;
}

export interface Call {
  readonly method: string;
  readonly fields: Fields;
  readonly headers: IncomingMessage['headers'];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Status of the answer; 0 when the connection was broken. */
  status: number;
}

/**
 * Telegram's Bot API on this machine: one bot, people and groups, files, webhook or polling; as strict as the true one
 * where the service depends on it, with faults on demand. Rules that the reference does not tell follow the
 * server's source, github.com/tdlib/telegram-bot-api, where it was read; other refusals are worded as users report them.
 */
export class TelegramStandIn {
  readonly token = '7000000001:AAF-stand-in_token_of_35_characters_00';
  readonly calls: Call[] = [];
  readonly world: World;
  root = '';
  readonly #server: Server;
  readonly #faults = new Map<string, { readonly fault: Fault; left: number }[]>();
  #people = 0;
  #skewed = 0;

  private constructor(options: WebhookOptions) {
    const updates = new Updates();
    this.world = {
      bot: { id: 7_000_000_001, username: 'LangNgheThuBot' },
      chats: new Chats(() => Date.now() + this.#skewed),
      files: new Files(),
      updates,
      webhook: new Webhook(updates, options),
      pace: new PaceWatch(),
      presses: new Map(),
      commands: undefined,
    };
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(options: Partial<WebhookOptions> = {}): Promise<TelegramStandIn> {
    const standIn = new TelegramStandIn({ local: true, second: 50, ...options });
    await new Promise<void>((ready) => standIn.#server.listen(0, '127.0.0.1', ready));
    standIn.root = `http://127.0.0.1:${(standIn.#server.address() as AddressInfo).port}`;
    return standIn;
  }

  async stop(): Promise<void> {
    this.world.webhook.stop();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** A new person, known to nobody yet. */
  person(): TelegramPerson {
    this.#people += 1;
    return new TelegramPerson(
      this.world,
      (kind, body) => this.#tell(kind, body),
      9_000_000_000 + this.#people,
    );
  }

  group(type: 'group' | 'supergroup' | 'channel' = 'supergroup'): TelegramGroup {
    this.#people += 1;
    const id = -1_000_000_000_000 - this.#people;
    return new TelegramGroup(this.world, (kind, body) => this.#tell(kind, body), id, type);
  }

  /** Lets the next calls of a method go wrong. Faults of one method follow each other. */
  fail(method: string, fault: Fault): void {
    const line = this.#faults.get(method) ?? [];
    line.push({ fault, left: fault.times ?? 1 });
    this.#faults.set(method, line);
  }

  mend(): void {
    this.#faults.clear();
  }

  /** Lets time pass for the age of messages, milliseconds. */
  age(milliseconds: number): void {
    this.#skewed += milliseconds;
  }

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** An update of any kind, as Telegram itself might make it. Resolves when the service has answered for it. */
  tell(kind: string, body: object): Promise<void> {
    return this.#tell(kind, body);
  }

  /** Delivers what was delivered before once more, e.g. the last three in reverse. Resolves with the statuses (webhook). */
  async redeliver(pick: (all: readonly Update[]) => readonly Update[]): Promise<readonly number[]> {
    const again = pick(this.world.updates.all);
    if (this.world.webhook.url === '') {
      this.world.updates.putBack(again);
      return [];
    }
    const statuses: number[] = [];
    for (const update of again) statuses.push((await this.world.webhook.post(update)).status);
    return statuses;
  }

  async #tell(kind: string, body: object): Promise<void> {
    const added = this.world.updates.add(kind, body);
    if (!added) return;
    if (this.world.webhook.url === '') await added.shown;
    else await this.world.webhook.deliver(added.update);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const [, token, rest = ''] = /^(?:\/file)?\/bot([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
    const isFile = url.pathname.startsWith('/file/');
    const fields = isFile ? {} : await readFields(request, url);
    const method = isFile ? 'file' : rest;
    const call: Call = { method, fields, headers: request.headers, at: Date.now(), status: 0 };
    this.calls.push(call);
    const fault = this.#nextFault(method);
    if (fault.delay !== undefined) await new Promise((done) => setTimeout(done, fault.delay));
    if (fault.drop === 'before') return void request.socket.destroy();
    if (fault.page) {
      call.status = fault.page.status;
      const location = fault.page.location === undefined ? {} : { location: fault.page.location };
      response
        .writeHead(fault.page.status, { 'content-type': 'text/html', ...location })
        .end(fault.page.body);
      return;
    }
    const answer = await this.#carryOut(token, isFile, rest, fields, fault);
    if (fault.drop === 'after') return void request.socket.destroy();
    call.status = answer.status;
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  async #carryOut(
    token: string | undefined,
    isFile: boolean,
    rest: string,
    fields: Fields,
    fault: Fault,
  ): Promise<{ status: number; type: string; body: string | Buffer }> {
    try {
      if (fault.refuse)
        throw new Refused(fault.refuse.status, fault.refuse.description, fault.refuse.retryAfter);
      if (token !== this.token)
        throw new Refused(
          token?.includes(':') ? 401 : 404,
          token?.includes(':') ? 'Unauthorized' : 'Not Found',
        );
      if (isFile) {
        const bytes = this.world.files.at(decodeURIComponent(rest));
        if (!bytes) throw new Refused(404, 'Not Found');
        return { status: 200, type: 'application/octet-stream', body: bytes };
      }
      const method = METHODS[rest];
      if (!method) throw new Refused(404, 'Not Found: method not found');
      const result = await method(this.world, fields);
      return { status: 200, type: 'application/json', body: JSON.stringify({ ok: true, result }) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, type: 'application/json', body: JSON.stringify(error.body) };
    }
  }

  #nextFault(method: string): Fault {
    const line = this.#faults.get(method) ?? [];
    const [first] = line;
    if (!first) return {};
    first.left -= 1;
    if (first.left <= 0) line.shift();
    return first.fault;
  }
}
