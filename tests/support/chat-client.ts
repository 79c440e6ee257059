import { randomUUID } from 'node:crypto';
import type { Outgoing } from '../../src/conversation/message.js';

/** A stranger with a browser, over the web chat's public API. */
export class ChatClient {
  session: string | undefined;
  last: readonly Outgoing[] = [];

  /** @param address what the proxy in front would say of where they are; rate limits count by it. */
  constructor(
    readonly url: string,
    readonly address = '203.0.113.1',
  ) {}

  start = (): Promise<readonly Outgoing[]> => this.send({ start: true });
  write = (text: string): Promise<readonly Outgoing[]> => this.send({ text });
  choose = (id: string): Promise<readonly Outgoing[]> => this.send({ choice: id });

  /** Presses the button with this label under the last messages. */
  async press(label: RegExp): Promise<readonly Outgoing[]> {
    const choice = this.last.flatMap((message) => message.choices).find((each) => label.test(each.label));
    if (!choice) {
      const labels = this.last.flatMap((message) => message.choices.map((each) => each.label));
      throw new Error(`No button like ${label} among: ${labels.join(' | ')}`);
    }
    return this.choose(choice.id);
  }

  /**
   * Makes a report from the first question to the code: about somebody who is hurt, place and office left out. Nine messages.
   * @param wish label of the button that says what may be sent back
   */
  async report(words: string, wish: RegExp): Promise<readonly Outgoing[]> {
    await this.start();
    await this.write('gửi tin báo');
    await this.press(/an toàn|Có/i);
    await this.press(/đánh|đau/i);
    // To whom, how old, who, where they work, where, when, whether it goes on.
    for (let question = 0; question < 7; question += 1) await this.write('bỏ qua');
    await this.write(words);
    await this.press(wish);
    // At any hour: what time it is when a test runs is chance.
    if (this.last.at(-1)?.choices.some(({ id }) => id === 'report.hours.any'))
      await this.choose('report.hours.any');
    return this.press(/^Gửi$/);
  }

  async send(body: object, key: string = randomUUID()): Promise<readonly Outgoing[]> {
    const { status, json } = await this.post(body, key);
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(json)}`);
    this.session = json.session;
    this.last = json.messages ?? [];
    return this.last;
  }

  async post(
    body: object | string,
    key: string = randomUUID(),
  ): Promise<{
    status: number;
    json: { session?: string; messages?: Outgoing[]; detail?: string };
    type: string | null;
  }> {
    const response = await fetch(`${this.url}/api/chat`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'X-Forwarded-For': this.address,
        ...(this.session === undefined ? {} : { Authorization: `Bearer ${this.session}` }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return {
      status: response.status,
      json: await response.json(),
      type: response.headers.get('content-type'),
    };
  }

  /** Waits for one message that comes later, over the event stream. */
  async nextEvent(limit = 8000): Promise<Outgoing> {
    const after = this.last.at(-1)?.id;
    const response = await fetch(`${this.url}/api/chat/events`, {
      headers: {
        Authorization: `Bearer ${this.session}`,
        ...(after === undefined ? {} : { 'Last-Event-ID': after }),
      },
      signal: AbortSignal.timeout(limit),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let buffer = ''; reader; ) {
      const { value, done } = await reader.read();
      if (done) break;
      buffer += value;
      const data = /^data: (.*)$/m.exec(buffer)?.[1];
      if (data !== undefined && buffer.includes('\n\n')) {
        await reader.cancel();
        return JSON.parse(data) as Outgoing;
      }
    }
    throw new Error('The event stream ended without a message.');
  }
}

/** The text of all messages, for reading. */
export const textOf = (messages: readonly Outgoing[]): string =>
  messages.map((message) => message.text).join('\n');
