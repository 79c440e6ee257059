import { createHmac, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { bodyOf, type Fault, json, type Reply, refuse, type ZaloCall } from './zalo/call.js';
import { type ReadMessage, readMessage } from './zalo/messages.js';
import { ZaloOAuth } from './zalo/oauth.js';
import { ZaloPerson } from './zalo/person.js';
import { ZaloUploads } from './zalo/uploads.js';
import { ZaloWebhook } from './zalo/webhook.js';

export interface ZaloStandInOptions {
  /** 2 business, 4 government: which message API it has. */
  readonly oaType?: 2 | 4;
  readonly appId?: string;
  readonly appSecret?: string;
  readonly oaSecret?: string;
  readonly oaId?: string;
  /** Calls of a minute. */
  readonly callsPerMinute?: number;
  /** Whether calls must carry appsecret_proof. */
  readonly demandsProof?: boolean;
}

const WINDOW = 7 * 24 * 3_600_000;

interface Planned {
  readonly path: RegExp;
  readonly fault: Fault;
  left: number;
}

/**
 * A Zalo for tests, over true HTTP in the true shapes: OAuth, the message APIs of both types of OA, uploads, signed
 * webhooks, people with phones. As strict as Zalo is known to be; what Zalo does where nobody has said it, it does not do.
 */
export class ZaloStandIn {
  readonly oauth: ZaloOAuth;
  readonly uploads: ZaloUploads;
  readonly webhook: ZaloWebhook;
  /** Every call, oldest first. */
  readonly calls: ZaloCall[] = [];
  /** Address of everything: `apiRoot`, `oauthRoot`, and where media lies. */
  root = '';
  readonly appId: string;
  readonly oaId: string;
  private readonly options: Required<ZaloStandInOptions>;
  private readonly people: ZaloPerson[] = [];
  private readonly media: Buffer[] = [];
  private readonly planned: Planned[] = [];
  private ahead = 0;
  private minute = { of: 0, calls: 0 };
  private server: Server | undefined;

  private constructor(options: ZaloStandInOptions) {
    this.options = {
      oaType: 2,
      appId: '1234567890123456789',
      appSecret: 'stand-in-app-secret',
      oaSecret: 'stand-in-oa-secret',
      oaId: '388613280878808645',
      callsPerMinute: 4_000,
      demandsProof: false,
      ...options,
    };
    const now = () => this.now();
    this.appId = this.options.appId;
    this.oaId = this.options.oaId;
    this.oauth = new ZaloOAuth(this.options, now);
    this.uploads = new ZaloUploads(now);
    this.webhook = new ZaloWebhook(this.options);
  }

  static async start(options: ZaloStandInOptions = {}): Promise<ZaloStandIn> {
    const standIn = new ZaloStandIn(options);
    const app = express();
    app.use(express.raw({ type: () => true, limit: '20mb' }));
    app.use((request, response) => standIn.answer(request, response));
    standIn.server = await new Promise<Server>((ready) => {
      const started = app.listen(0, '127.0.0.1', () => ready(started));
    });
    standIn.root = `http://127.0.0.1:${(standIn.server.address() as AddressInfo).port}`;
    return standIn;
  }

  async close(): Promise<void> {
    await this.webhook.close();
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  /** Milliseconds since 1970 by Zalo's clock. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** Lets time pass for Zalo. */
  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }

  /** The settings of a service that this OA has just allowed, as environment. */
  environment(): Record<string, string> {
    return {
      ZALO_APP_ID: this.options.appId,
      ZALO_APP_SECRET: this.options.appSecret,
      ZALO_OA_SECRET: this.options.oaSecret,
      ZALO_REFRESH_TOKEN: this.oauth.newGrant(),
      ZALO_API_ROOT: this.root,
      ZALO_OAUTH_ROOT: this.root,
    };
  }

  person(): ZaloPerson {
    return this.newPerson(false);
  }

  /** Somebody who writes without a Zalo identity. */
  anonymousPerson(): ZaloPerson {
    return this.newPerson(true);
  }

  /** The next calls to such a path go wrong. */
  failNext(path: RegExp, fault: Fault, times = 1): void {
    this.planned.push({ path, fault, left: times });
  }

  callsTo(path: RegExp): ZaloCall[] {
    return this.calls.filter((call) => path.test(call.path));
  }

  /** Puts bytes where people's files lie. */
  host(bytes: Buffer, name: string): string {
    this.media.push(bytes);
    return `${this.root}/media/${this.media.length - 1}/${name}`;
  }

  private newPerson(anonymous: boolean): ZaloPerson {
    const person = new ZaloPerson(
      {
        appId: this.appId,
        oaId: this.oaId,
        now: () => this.now(),
        host: (bytes, name) => this.host(bytes, name),
        acted: async (who, event) => {
          if (!who.away) who.lastAct = this.now();
          await this.webhook.bring(JSON.stringify(event));
        },
      },
      anonymous,
    );
    this.people.push(person);
    return person;
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const url = new URL(request.originalUrl, this.root);
    const call: ZaloCall = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      at: this.now(),
    };
    this.calls.push(call);
    const planned = this.planned.find(({ path, left }) => left > 0 && path.test(call.path));
    if (planned !== undefined) planned.left -= 1;
    const fault = planned?.fault;
    const plain = fault === undefined || fault.acts === true ? this.route(call, response) : undefined;
    if (fault?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault?.drop === true) return void request.socket.destroy();
    if (fault?.location !== undefined) response.set('Location', fault.location);
    const reply = replyOf(fault) ?? plain ?? this.route(call, response);
    response.status(reply.status).type(reply.type).send(reply.body);
  }

  private route(call: ZaloCall, response: Response): Reply {
    const { method, path } = call;
    if (method === 'POST' && path === '/v4/oa/access_token') return this.oauth.token(call);
    const bytes = /^\/media\/(\d+)\//.exec(path)?.[1];
    if (method === 'GET' && bytes !== undefined) {
      const found = this.media[Number(bytes)];
      return { status: found ? 200 : 404, type: 'application/octet-stream', body: found ?? '' };
    }
    const action = this.actions[`${method} ${path}`];
    if (action === undefined) {
      return json({ error: -404, message: 'You are accessing an empty or invalid API' }, 404);
    }
    return this.gate(call, response) ?? action(call);
  }

  private readonly actions: Readonly<Record<string, (call: ZaloCall) => Reply>> = {
    'GET /v2.0/oa/getoa': () => this.profile(),
    'POST /v2.0/oa/upload/image': (call) => this.uploads.take('image', call),
    'POST /v2.0/oa/upload/file': (call) => this.uploads.take('file', call),
    'POST /v2.0/oa/message': (call) => this.message(call, 'v2.0'),
    'POST /v3.0/oa/message/cs': (call) => this.message(call, 'v3.0'),
    'POST /v3.0/oa/quota/message': (call) => this.quota(call),
  };

  /** What every call of openapi.zalo.me must pass. */
  private gate({ headers }: ZaloCall, response: Response): Reply | undefined {
    const minute = Math.floor(this.now() / 60_000);
    if (this.minute.of !== minute) this.minute = { of: minute, calls: 0 };
    this.minute.calls += 1;
    const { callsPerMinute, demandsProof, appSecret } = this.options;
    response.set('X-RateLimit-Limit', String(callsPerMinute));
    response.set('X-RateLimit-Remain', String(Math.max(0, callsPerMinute - this.minute.calls)));
    if (this.minute.calls > callsPerMinute) return refuse(-32, 'Your application reached limit call api');
    const token = headers.access_token;
    if (typeof token !== 'string' || !this.oauth.isAlive(token))
      return refuse(-216, 'Access token is invalid');
    const proof = createHmac('sha256', appSecret).update(token).digest('hex');
    const given = headers.appsecret_proof;
    if (given === undefined ? demandsProof : given !== proof) {
      return refuse(-242, 'Invalid appsecret_proof provided in the API argument');
    }
    return undefined;
  }

  private profile(): Reply {
    const data = {
      oaid: this.oaId,
      name: 'Lắng Nghe (thử)',
      oa_type: this.options.oaType,
      is_verified: true,
    };
    return json({ error: 0, message: 'Success', data });
  }

  private quota(call: ZaloCall): Reply {
    const { user_id } = (bodyOf(call) ?? {}) as { user_id?: string };
    const person = this.people.find(({ id }) => id === user_id);
    if (person === undefined) return refuse(-201, 'user_id is invalid!');
    return json({ error: 0, message: 'Success', data: { last_interaction: String(person.lastAct) } });
  }

  private message(call: ZaloCall, version: 'v2.0' | 'v3.0'): Reply {
    if (!String(call.headers['content-type']).startsWith('application/json'))
      return refuse(-201, 'body is invalid!');
    const body = bodyOf(call) as { recipient?: Record<string, string>; message?: unknown } | undefined;
    const { user_id, anonymous_id, conversation_id } = body?.recipient ?? {};
    const government = this.options.oaType === 4;
    if (version === 'v3.0' && government) return refuse(-235, 'This API does not support this type of OA');
    if (version === 'v2.0' && !government && anonymous_id === undefined) {
      return refuse(-240, 'MessageV2 API has been shut down, please switch to MessageV3');
    }
    const person = this.people.find((one) =>
      one.anonymous
        ? version === 'v2.0' && one.id === anonymous_id && one.conversation === conversation_id
        : one.id === user_id && anonymous_id === undefined,
    );
    if (person === undefined) return refuse(-201, 'user_id is invalid!');
    const read = readMessage(body?.message, this.uploads);
    if ('status' in read) return read;
    if (person.away) return refuse(-213, 'User has not followed OA');
    if (this.now() - person.lastAct > WINDOW) {
      return refuse(-230, 'User has not interacted with the OA in the past 7 days');
    }
    return this.show(person, read);
  }

  private show(person: ZaloPerson, message: ReadMessage): Reply {
    const message_id = randomBytes(12).toString('hex');
    person.show(message_id, message);
    // The OA's own messages come back as events.
    const kind =
      message.attachment === undefined ? 'text' : message.attachment === 'image' ? 'image' : 'file';
    const echo = {
      app_id: this.appId,
      event_name: `oa_send_${person.anonymous ? 'anonymous_' : ''}${kind}`,
      sender: { id: this.oaId },
      recipient: { id: person.id },
      message: { text: message.text, msg_id: message_id },
      timestamp: String(this.now()),
    };
    void this.webhook.bring(JSON.stringify(echo));
    // Since 2026 Zalo may leave out `quota`.
    return json({
      error: 0,
      message: 'Success',
      data: { message_id, user_id: person.id, sent_time: String(this.now()) },
    });
  }
}

function replyOf(fault: Fault | undefined): Reply | undefined {
  if (fault?.error !== undefined)
    return json({ error: fault.error, message: 'planned' }, fault.status ?? 200);
  if (fault?.status === undefined && fault?.body === undefined) return undefined;
  return { status: fault.status ?? 200, type: 'text/html', body: fault.body ?? '' };
}
