import { plainText } from '../../src/channels/plain.js';
import type { Outgoing } from '../../src/conversation/message.js';
import type { Texts } from '../../src/texts/texts.js';
import type { Person, Seen } from '../stand-ins/person.js';
import { ChatClient } from '../support/chat-client.js';

/** A person with our own page open: words and buttons, as the API of the web chat gives them. */
export class WebchatPerson implements Person {
  readonly screen: Seen[] = [];
  private readonly client: ChatClient;
  private shown: Outgoing[] = [];

  constructor(
    origin: string,
    private readonly texts: Texts,
  ) {
    this.client = new ChatClient(origin);
  }

  get id(): string {
    return this.client.session ?? '';
  }

  start = (): Promise<void> => this.see(this.client.start());
  write = (text: string): Promise<void> => this.see(this.client.write(text));

  press(label: string): Promise<void> {
    const choice = this.shown
      .toReversed()
      .flatMap(({ choices }) => choices)
      .find((each) => each.label === label);
    if (choice === undefined) throw new Error(`There is no choice "${label}".`);
    return this.see(this.client.choose(choice.id));
  }

  sendFile = (): Promise<void> => nothingFor('files');
  sendLocation = (): Promise<void> => nothingFor('locations');
  sendSticker = (): Promise<void> => nothingFor('stickers');

  /** A page is closed without a word. */
  async leave(): Promise<void> {}

  private async see(answer: Promise<readonly Outgoing[]>): Promise<void> {
    const messages = await answer;
    this.shown.push(...messages);
    this.screen.push(
      ...messages.map((message) => ({
        id: message.id,
        text: plainText(message, this.texts),
        buttons: message.choices.map(({ label }) => label),
      })),
    );
  }
}

/** The page has no field for it. */
const nothingFor = (what: string): Promise<never> =>
  Promise.reject(new Error(`The web chat takes no ${what}.`));
