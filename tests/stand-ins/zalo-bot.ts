import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import type { Person, Seen, SentFile } from './person.js';

/** One call that reached the platform. */
export interface BotCall {
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The HTTP status it was answered with; 0 for a dropped connection. */
  readonly status: number;
}

/** What goes wrong with the next calls of a method. `drop` breaks the connection, `delay` waits first (milliseconds). */
export interface BotTrouble {
  readonly status?: number;
  readonly body?: unknown;
  readonly delay?: number;
  readonly drop?: boolean;
}

type Answer = { readonly status: number; readonly body: unknown };
type Message = Readonly<Record<string, unknown>>;

const refuse = (code: number, description: string, status = code): Answer => ({
  status,
  body: { ok: false, error_code: code, description },
});
const accept = (result?: unknown): Answer => ({
  status: 200,
  body: { ok: true, ...(result === undefined ? {} : { result }) },
});

/** A Zalo Bot Platform (docs.zaloplatforms.com/docs/BOT) of one bot, as strict as the real one is known to be. */
export class ZaloBotStandIn {
  readonly calls: BotCall[] = [];
  /** HTTP status of every delivery to the webhook; 0 when it could not be reached. */
  readonly deliveries: number[] = [];
  webhook: { readonly url: string; readonly secret: string } | undefined;
  /** Messages that may still be sent this month. */
  quota = 3_000;
  /** What setWebhook says of whether it could reach the address. */
  reachesWebhook = true;
  /** Longest that getUpdates is held open, milliseconds; the real one holds it as long as it was told. */
  longestHold = 200;
  private readonly people = new Map<string, BotPerson>();
  private readonly troubles = new Map<string, BotTrouble[]>();
  private readonly files = new Map<string, Buffer>();
  private readonly waiting: { update: unknown; fetched: () => void }[] = [];
  private wake: () => void = () => undefined;
  private closed = false;

  private constructor(
    readonly token: string,
    private readonly server: Server,
    /** To be given as ZALO_BOT_API_ROOT. */
    readonly root: string,
  ) {}

  static async start(token = '123456789:test-token'): Promise<ZaloBotStandIn> {
    const app = express();
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const platform = new ZaloBotStandIn(token, server, root);
    app.get('/files/:id', (request, response) => platform.giveFile(request, response));
    app.post(/^\/bot([^/]*)\/([A-Za-z]+)$/, express.json(), (request, response) =>
      platform.answer(request, response),
    );
    return platform;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  person(): BotPerson {
    const person = new BotPerson(this, randomBytes(10).toString('hex'));
    this.people.set(person.id, person);
    return person;
  }

  /** The next `times` calls of the method go wrong. */
  trouble(method: string, what: BotTrouble, times = 1): void {
    this.troubles.set(method, [...(this.troubles.get(method) ?? []), ...Array<BotTrouble>(times).fill(what)]);
  }

  callsOf(method: string): BotCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** An address under which the platform gives a file that a person sent. */
  keep(bytes: Buffer): string {
    const id = randomBytes(8).toString('hex');
    this.files.set(id, bytes);
    return `${this.root}/files/${id}`;
  }

  /** Resolves when the update was posted to the webhook, or fetched by polling. */
  async deliver(result: unknown): Promise<void> {
    const update = { ok: true, result };
    if (this.webhook !== undefined) {
      await this.post(update);
      return;
    }
    const fetched = new Promise<void>((resolve) => this.waiting.push({ update: result, fetched: resolve }));
    this.wake();
    await fetched;
  }

  /** Posts anything to the webhook, with its secret or another one; gives the HTTP status. */
  async post(body: unknown, secret = this.webhook?.secret): Promise<number> {
    const status = await fetch(this.webhook?.url ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Java/1.8.0_192',
        ...(secret === undefined ? {} : { 'X-Bot-Api-Secret-Token': secret }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }).then(
      (response) => response.status,
      () => 0,
    );
    this.deliveries.push(status);
    return status;
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const [token, method = ''] = [request.params[0], request.params[1]];
    const body = (request.body ?? {}) as Record<string, unknown>;
    const note = (status: number) =>
      this.calls.push({ method, body, headers: request.headers, at: Date.now(), status });
    const trouble = this.troubles.get(method)?.shift();
    if (trouble?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, trouble.delay));
    if (trouble?.drop) {
      note(0);
      request.socket.destroy();
      return;
    }
    const answer =
      trouble?.status !== undefined
        ? { status: trouble.status, body: trouble.body ?? refuse(trouble.status, 'trouble').body }
        : token === this.token
          ? await this.carryOut(method, body)
          : refuse(401, 'Unauthorized');
    note(answer.status);
    response.status(answer.status).send(answer.body);
  }

  private async carryOut(method: string, body: Record<string, unknown>): Promise<Answer> {
    switch (method) {
      case 'getUpdates':
        return this.giveUpdate(Number(body.timeout ?? 30));
      case 'setWebhook':
        return this.setWebhook(String(body.url ?? ''), String(body.secret_token ?? ''));
      case 'deleteWebhook':
        this.webhook = undefined;
        return accept({ url: '', updated_at: Date.now() });
      case 'sendMessage':
        return this.takeMessage(body);
      case 'sendChatAction':
        return body.action === 'typing' ? accept() : refuse(400, 'Bad Request');
      default:
        return refuse(404, 'Not Found');
    }
  }

  private async giveUpdate(seconds: number): Promise<Answer> {
    const until = Date.now() + Math.min(seconds * 1_000, this.longestHold);
    for (;;) {
      const next = this.webhook === undefined ? this.waiting.shift() : undefined;
      if (next !== undefined) {
        // Counted as received the moment it is given; it never comes again.
        next.fetched();
        return accept(next.update);
      }
      const left = until - Date.now();
      if (left <= 0 || this.closed) return refuse(408, 'Request timeout', 200);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  private setWebhook(url: string, secret: string): Answer {
    // The real one wants https and refuses this machine; a stand-in has nowhere else to go.
    if (!/^https:\/\/|^http:\/\/127\.0\.0\.1:/.test(url)) return refuse(400, 'Bad Request: url');
    if (secret.length < 8 || secret.length > 256) return refuse(400, 'Bad Request: secret_token');
    this.webhook = { url, secret };
    const verification = { ok: this.reachesWebhook, ...(this.reachesWebhook ? {} : { hint: 'unreachable' }) };
    return accept({ url, updated_at: Date.now(), verification });
  }

  private takeMessage(body: Record<string, unknown>): Answer {
    const { chat_id: chat, text } = body;
    if (typeof text !== 'string' || text.length < 1 || text.length > 2_000)
      return refuse(400, 'Bad Request: text');
    if (this.quota <= 0) return refuse(429, 'Quota exceeded');
    const group = typeof chat === 'string' && chat.startsWith('group-');
    const person = this.people.get(String(chat));
    if (!group && person === undefined) return refuse(404, 'Not Found');
    if (person?.hasLeft) return refuse(403, 'Forbidden');
    this.quota -= 1;
    const id = randomBytes(10).toString('hex');
    person?.screen.push({ id, text, buttons: [] });
    return accept({ message_id: id, date: Date.now() });
  }

  private giveFile(request: Request, response: Response): void {
    const bytes = this.files.get(String(request.params.id));
    if (bytes === undefined) response.status(404).end();
    else response.type('application/octet-stream').send(bytes);
  }
}

/** A person who writes to the bot. There are no buttons: `press` writes the number in front of the words. */
export class BotPerson implements Person {
  readonly screen: Seen[] = [];
  hasLeft = false;
  /** The last update that this person caused, to be delivered again. */
  last: unknown;

  constructor(
    private readonly platform: ZaloBotStandIn,
    readonly id: string,
  ) {}

  /** Opening the chat tells the bot nothing; the first words do. */
  start(parameter?: string): Promise<void> {
    return this.write(parameter === undefined ? '/start' : `/start ${parameter}`);
  }

  write(text: string): Promise<void> {
    return this.say('message.text.received', { text });
  }

  async press(label: string): Promise<void> {
    const line = this.screen
      .toReversed()
      .flatMap(({ text }) => text.split('\n'))
      .find((each) => each.replace(/^\d+\. /, '') === label && /^\d+\. /.test(each));
    if (line === undefined) throw new Error(`There is no choice "${label}".`);
    await this.write(line.slice(0, line.indexOf('.')));
  }

  /** Videos and documents reach a bot as `unsupported`, without their content. */
  sendFile(file: SentFile): Promise<void> {
    const caption = file.caption === undefined ? {} : { caption: file.caption };
    if (file.kind === 'photo') {
      return this.say('message.image.received', { photo: this.platform.keep(file.bytes), ...caption });
    }
    if (file.kind === 'voice') {
      return this.say('message.voice.received', { voice_url: this.platform.keep(file.bytes) });
    }
    return this.say('message.unsupported.received', {});
  }

  sendLocation(): Promise<void> {
    return this.say('message.unsupported.received', {});
  }

  sendSticker(): Promise<void> {
    return this.say('message.sticker.received', { sticker: 'a1b2', url: 'https://stickers.example/a1b2' });
  }

  async leave(): Promise<void> {
    this.hasLeft = true;
  }

  /** In a group with the bot. */
  sayInGroup(group: string, text: string): Promise<void> {
    return this.say('message.text.received', { text }, { id: `group-${group}`, chat_type: 'GROUP' });
  }

  private async say(
    event: string,
    message: Message,
    chat: Message = { id: this.id, chat_type: 'PRIVATE' },
  ): Promise<void> {
    this.last = {
      event_name: event,
      message: {
        from: { id: this.id, display_name: 'Trần Thị Thử', is_bot: false },
        chat,
        message_id: randomBytes(10).toString('hex'),
        date: Date.now(),
        ...message,
      },
    };
    await this.platform.deliver(this.last);
  }
}
