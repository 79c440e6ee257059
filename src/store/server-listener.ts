import type pg from 'pg';

/** LISTEN on a connection of its own, made again with the same subscriptions when it is lost. */
export class ServerListener {
  private readonly subscriptions = new Map<string, ((payload: string) => void)[]>();
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly makeClient: () => pg.Client) {}

  async listen(channel: string, onPayload: (payload: string) => void): Promise<void> {
    const listeners = this.subscriptions.get(channel) ?? [];
    this.subscriptions.set(channel, [...listeners, onPayload]);
    await this.connect();
    if (listeners.length === 0) await this.client?.query(`listen ${channel}`);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.connecting?.catch(() => undefined);
    await this.client?.end().catch(() => undefined);
  }

  private connect(): Promise<void> {
    this.connecting ??= this.open().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  private async open(): Promise<void> {
    const client = this.makeClient();
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', (note) => {
      for (const listener of this.subscriptions.get(note.channel) ?? []) listener(note.payload ?? '');
    });
    await client.connect();
    for (const channel of this.subscriptions.keys()) await client.query(`listen ${channel}`);
    this.client = client;
  }

  private lost(client: pg.Client): void {
    if (this.closed || (this.client !== undefined && this.client !== client)) return;
    this.client = undefined;
    this.connecting = undefined;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.connect().catch(() => this.lost(client));
    }, 1000);
  }
}
