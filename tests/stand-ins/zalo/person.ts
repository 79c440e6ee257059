import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Person, Seen, SentFile } from '../person.js';
import type { ReadMessage, SentButton } from './messages.js';

/** What a person needs of the platform. */
export interface PersonPlatform {
  readonly appId: string;
  readonly oaId: string;
  now(): number;
  /** An address of ours under which the bytes can be fetched. */
  host(bytes: Buffer, name: string): string;
  /** The person did something: their window opens, Zalo tells the service. */
  acted(person: ZaloPerson, event: object): Promise<void>;
}

const digits = (count: number): string =>
  `${randomInt(1, 10)}${Array.from({ length: count - 1 }, () => randomInt(10)).join('')}`;

const EVENTS = { photo: 'image', voice: 'audio', video: 'video', document: 'file' } as const;
const NAMES = { photo: 'anh.jpg', voice: 'ghi-am.amr', video: 'phim.mp4', document: 'tai-lieu.pdf' };

/** Somebody with Zalo on their phone; anonymous where they write without a Zalo identity. */
export class ZaloPerson implements Person {
  readonly id: string;
  /** Ids under which an anonymous person is reached. */
  readonly conversation: string | undefined;
  readonly screen: Seen[] = [];
  /** Left us; Zalo refuses to bring them anything. */
  away = false;
  lastAct = Number.NEGATIVE_INFINITY;
  private readonly buttons = new Map<string, readonly SentButton[]>();
  private readonly idByApp = digits(18);

  constructor(
    private readonly platform: PersonPlatform,
    readonly anonymous: boolean,
  ) {
    this.id = anonymous ? randomBytes(12).toString('hex') : digits(19);
    this.conversation = anonymous ? randomBytes(12).toString('hex') : undefined;
  }

  /** Zalo brings them a message of ours. */
  show(id: string, message: ReadMessage): void {
    this.buttons.set(id, message.buttons);
    this.screen.push({
      id,
      text: message.text,
      buttons: message.buttons.map(({ title }) => title),
      ...(message.attachment === undefined ? {} : { attachment: message.attachment }),
    });
  }

  /** Follows the OA. Somebody anonymous has no such event: for them nothing happens. */
  async start(): Promise<void> {
    this.away = false;
    if (this.anonymous) return;
    await this.platform.acted(this, this.managed('follow', { source: 'oa_profile' }));
  }

  async write(text: string): Promise<void> {
    await this.say('text', { text });
  }

  async press(label: string): Promise<void> {
    for (const seen of this.screen.toReversed()) {
      const button = this.buttons.get(seen.id)?.find(({ title }) => title === label);
      // The payload comes as a text of theirs; there is no event of its own.
      if (button !== undefined && typeof button.payload === 'string') return this.write(button.payload);
      const line = seen.text
        .split('\n')
        .find((one) => /^\d+\. /.test(one) && one.replace(/^\d+\. /, '') === label);
      if (line !== undefined) return this.write(line.replace(/\..*$/, ''));
    }
    throw new Error(`Nothing on the screen says "${label}".`);
  }

  async sendFile({ kind, bytes, name = NAMES[kind], caption }: SentFile): Promise<void> {
    const url = this.platform.host(bytes, name);
    const type = EVENTS[kind];
    const payload =
      type === 'file'
        ? {
            url,
            name,
            size: String(bytes.length),
            checksum: createHash('md5').update(bytes).digest('hex'),
            type: name.split('.').at(-1) ?? '',
          }
        : type === 'audio'
          ? { url }
          : { url, thumbnail: url, ...(type === 'video' ? { description: '' } : {}) };
    await this.say(type, {
      ...(caption === undefined ? {} : { text: caption }),
      attachments: [{ type, payload }],
    });
  }

  /** A place on the map, with the name that Zalo shows for it; numbers travel as texts. */
  async sendLocation(latitude: number, longitude: number): Promise<void> {
    const coordinates = { latitude: String(latitude), longitude: String(longitude) };
    await this.say('location', {
      text: 'Vị trí',
      attachments: [{ type: 'location', payload: { coordinates } }],
    });
  }

  async sendSticker(): Promise<void> {
    await this.say('sticker', {
      attachments: [
        { type: 'sticker', payload: { id: digits(5), url: 'https://photo.talk.zdn.vn/sticker.png' } },
      ],
    });
  }

  /** Somebody else's card: their phone number stands in a JSON text within the JSON. */
  async sendBusinessCard(name: string, phone: string): Promise<void> {
    const description = JSON.stringify({ phone, qrCodeUrl: 'https://qr.zalo.me/x' });
    const payload = { thumbnail: 'https://photo.talk.zdn.vn/a.jpg', url: 'https://zalo.me/x', description };
    await this.say('business_card', { text: name, attachments: [{ type: 'link', payload }] });
  }

  async sendLink(url: string, text: string): Promise<void> {
    await this.say('link', {
      text,
      attachments: [{ type: 'link', payload: { url, thumbnail: url, description: '' } }],
    });
  }

  async leave(): Promise<void> {
    this.away = true;
    if (this.anonymous) return;
    await this.platform.acted(this, this.managed('unfollow', { source: 'oa_profile' }));
  }

  /** Asks Zalo that what we keep of them be deleted. */
  async withdraw(): Promise<void> {
    await this.platform.acted(this, {
      ...this.common('user_withdraw'),
      oa_id: this.platform.oaId,
      user_id: this.id,
    });
  }

  /** The event of a message, as Zalo writes it. */
  messageEvent(kind: string, message: object): object {
    const recipient = { id: this.platform.oaId };
    if (this.anonymous) {
      const { conversation: conversation_id } = this;
      return {
        ...this.common(`anonymous_send_${kind}`),
        sender: { id: this.id },
        recipient,
        message: { ...message, conversation_id, msg_id: randomBytes(10).toString('hex') },
      };
    }
    return {
      ...this.common(`user_send_${kind}`),
      user_id_by_app: this.idByApp,
      sender: { id: this.id },
      recipient,
      message: { ...message, msg_id: randomBytes(10).toString('hex') },
    };
  }

  private async say(kind: string, message: object): Promise<void> {
    const known = ['text', 'image', 'file', 'sticker'];
    if (this.anonymous && !known.includes(kind)) throw new Error(`Zalo has no anonymous_send_${kind}.`);
    this.away = false;
    await this.platform.acted(this, this.messageEvent(kind, message));
  }

  private managed(name: string, more: object): object {
    return {
      ...this.common(name),
      oa_id: this.platform.oaId,
      follower: { id: this.id },
      user_id_by_app: this.idByApp,
      ...more,
    };
  }

  private common(name: string): object {
    return { app_id: this.platform.appId, event_name: name, timestamp: String(this.platform.now()) };
  }
}
