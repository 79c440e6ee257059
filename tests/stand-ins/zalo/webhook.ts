import { createHash } from 'node:crypto';

/** How Zalo tells of an event that could not be brought: after so many milliseconds, then it switches the webhook off. */
export const ZALO_RETRIES: readonly number[] = [30_000, 300_000, 900_000, 1_800_000, 3_600_000];
/** Zalo waits so long for the answer, milliseconds. */
const PATIENCE = 2_000;

/** An event on its way; a retry brings the same bytes. */
export interface Delivery {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** How often it was tried before. */
  readonly retries: number;
}

/** Zalo's side of the webhook. */
export class ZaloWebhook {
  /** Where events go; none are made before it is set. */
  url: string | undefined;
  /** Zalo gave up after the last retry; a person must switch it on again. */
  switchedOff = false;
  /** Not answered with 200 in time, oldest first. */
  undelivered: Delivery[] = [];
  /** Every answer, in order; 0 where there was none. */
  readonly answers: number[] = [];
  /** Every event made, in order. */
  readonly made: Delivery[] = [];
  /** Real waits before each retry, milliseconds; where it is empty, `redeliver` retries. */
  retryAfter: readonly number[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly keys: { readonly appId: string; readonly oaSecret: string }) {}

  sign(body: Buffer, timestamp: string): string {
    const hash = createHash('sha256').update(this.keys.appId).update(body).update(timestamp);
    return `mac=${hash.update(this.keys.oaSecret).digest('hex')}`;
  }

  /** Brings an event; resolves when it was answered or not. `text` is the JSON as it goes over the wire. */
  async bring(text: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const body = Buffer.from(text);
    const { timestamp } = JSON.parse(text) as { timestamp: string | number };
    const signature = this.sign(body, String(timestamp));
    const delivery: Delivery = { body, headers: { 'X-ZEvent-Signature': signature, ...headers }, retries: 0 };
    this.made.push(delivery);
    return this.attempt(delivery);
  }

  /** Tries everything undelivered once more, or one delivery that was brought before. */
  async redeliver(...deliveries: readonly Delivery[]): Promise<void> {
    const list = deliveries.length > 0 ? deliveries : this.undelivered.splice(0);
    for (const delivery of list) await this.attempt({ ...delivery, retries: delivery.retries + 1 });
  }

  /** The check when the address is saved in the console. */
  async probe(body = '{}'): Promise<number> {
    return this.post(Buffer.from(body), {});
  }

  /** Any bytes with any headers, past all bookkeeping. */
  async post(body: Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
    if (this.url === undefined) return 0;
    const request = fetch(this.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    }).then(
      async (response) => {
        await response.arrayBuffer().catch(() => undefined);
        return response.status;
      },
      () => 0,
    );
    this.running.add(request);
    return request.finally(() => this.running.delete(request));
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.running);
  }

  private async attempt(delivery: Delivery): Promise<number> {
    if (this.url === undefined || this.switchedOff || this.closed) return 0;
    const retry = delivery.retries === 0 ? {} : { num_retry: String(delivery.retries) };
    const status = await this.post(delivery.body, { ...delivery.headers, ...retry });
    this.answers.push(status);
    if (status !== 200) this.later(delivery);
    return status;
  }

  private later(delivery: Delivery): void {
    if (delivery.retries >= ZALO_RETRIES.length) {
      this.switchedOff = true;
      return;
    }
    const wait = this.retryAfter[delivery.retries];
    if (wait === undefined) this.undelivered.push(delivery);
    else setTimeout(() => void this.attempt({ ...delivery, retries: delivery.retries + 1 }), wait).unref();
  }
}
