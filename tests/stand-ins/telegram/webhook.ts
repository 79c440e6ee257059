import type { Update, Updates } from './updates.js';
import { bad, type Fields, integer, Refused, text } from './wire.js';

/** core.telegram.org/bots/api#setwebhook */
const PORTS = ['', '443', '80', '88', '8443'];
/** Pauses double as in WebhookActor.cpp on_update_error; the longest is our guess. Seconds of Telegram's. */
const LONGEST_PAUSE = 60;

export interface WebhookOptions {
  /** A Bot API server run with --local takes plain http and any port; api.telegram.org does not. */
  readonly local: boolean;
  /** How long one of Telegram's seconds is here, milliseconds. */
  readonly second: number;
}

/** Delivers updates to the bot's webhook: one after the other within a chat, again until it is taken. */
export class Webhook {
  url = '';
  #secret = '';
  #lastError: { readonly date: number; readonly message: string } | undefined;
  readonly #lanes = new Map<number, Promise<void>>();
  #generation = 0;
  /** Status of every delivery, in order. */
  readonly answers: { readonly update: number; readonly status: number }[] = [];

  constructor(
    readonly updates: Updates,
    readonly options: WebhookOptions,
  ) {}

  /** setWebhook and deleteWebhook */
  set(fields: Fields): true {
    const url = text(fields, 'url');
    const secret = text(fields, 'secret_token');
    if (url !== '') this.#check(url, secret);
    if (fields.drop_pending_updates === true || fields.drop_pending_updates === 'true')
      this.updates.pending.splice(0);
    this.updates.allow(fields);
    if (url !== '') this.updates.end('terminated by setWebhook request');
    this.url = url;
    this.#secret = secret;
    this.#generation += 1;
    this.#lanes.clear();
    if (url !== '') for (const update of [...this.updates.pending]) void this.deliver(update);
    return true;
  }

  #check(url: string, secret: string): void {
    if (!URL.canParse(url)) throw bad('invalid webhook URL specified');
    const { protocol, port } = new URL(url);
    if (!this.options.local && protocol !== 'https:')
      throw bad('bad webhook: An HTTPS URL must be provided for webhook');
    if (!this.options.local && !PORTS.includes(port))
      throw bad('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
    if (secret.length > 256) throw bad('secret token is too long');
    if (!/^[\w-]*$/.test(secret)) throw bad('secret token contains unallowed characters');
  }

  /** getWebhookInfo */
  get info(): object {
    return {
      url: this.url,
      has_custom_certificate: false,
      pending_update_count: this.updates.pending.length,
      max_connections: 40,
      allowed_updates: this.updates.allowed,
      ...(this.#lastError === undefined
        ? {}
        : { last_error_date: this.#lastError.date, last_error_message: this.#lastError.message }),
    };
  }

  refusePoll(): void {
    if (this.url === '') return;
    throw new Refused(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }

  /** Delivers in the update's turn and until it is taken; resolves with the first answer. */
  deliver(update: Update): Promise<void> {
    const lane = chatOf(update);
    const generation = this.#generation;
    return new Promise((answered) => {
      const before = this.#lanes.get(lane) ?? Promise.resolve();
      this.#lanes.set(
        lane,
        before.then(() => this.#insist(update, generation, answered)),
      );
    });
  }

  async #insist(update: Update, generation: number, answered: () => void): Promise<void> {
    let delay = 1;
    for (let fails = 0; this.#generation === generation; fails += 1) {
      const { status, retryAfter } = await this.post(update);
      answered();
      if (status >= 200 && status < 300) return this.updates.drop(update);
      if (retryAfter === 0 && fails > 0) delay = Math.min(LONGEST_PAUSE, delay * 2);
      const pause = retryAfter > 0 ? retryAfter : fails === 0 ? 0 : delay;
      await new Promise((done) => setTimeout(done, pause * this.options.second).unref());
    }
    answered();
  }

  /** One delivery, whatever comes of it. `secret` as a forger might have it. */
  async post(
    update: unknown,
    secret: string | null = this.#secret,
  ): Promise<{ status: number; retryAfter: number; body: string }> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(secret === null || secret === '' ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret }),
      },
      body: typeof update === 'string' ? update : JSON.stringify(update),
    }).catch(() => undefined);
    const status = response?.status ?? 0;
    const id = (update as Partial<Update>).update_id ?? 0;
    this.answers.push({ update: id, status });
    if (status < 200 || status > 299)
      this.#lastError = {
        date: Math.floor(Date.now() / 1_000),
        message: response ? `Wrong response from the webhook: ${status}` : 'Connection refused',
      };
    const retryAfter = integer({ seconds: response?.headers.get('retry-after') ?? 0 }, 'seconds') ?? 0;
    return { status, retryAfter, body: (await response?.text().catch(() => '')) ?? '' };
  }

  stop(): void {
    this.#generation += 1;
  }
}

/** Updates of one chat are delivered in order; those of none each on its own. */
function chatOf(update: Update): number {
  const [body] = Object.entries(update)
    .filter(([name]) => name !== 'update_id')
    .map(([, value]) => value as { chat?: { id: number }; message?: { chat: { id: number } } });
  return body?.chat?.id ?? body?.message?.chat.id ?? -update.update_id;
}
