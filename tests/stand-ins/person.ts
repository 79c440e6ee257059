/** One message as a person sees it on their phone. */
export interface Seen {
  /** The platform's id of it. */
  readonly id: string;
  /** Everything readable, a numbered list of choices included. */
  readonly text: string;
  /** Buttons under it, in order. Empty where the choices stand as a numbered list. */
  readonly buttons: readonly string[];
  readonly attachment?: 'image' | 'document';
}

/** A file as a person sends it. */
export interface SentFile {
  readonly kind: 'photo' | 'voice' | 'video' | 'document';
  readonly bytes: Buffer;
  readonly name?: string;
  readonly caption?: string;
}

/**
 * A person with their phone on a stand-in platform: what they do becomes the platform's true wire shapes, what the service
 * sends appears on their screen. Each call resolves when the service has answered the platform (webhook) or has
 * fetched the update (polling).
 */
export interface Person {
  /** The platform's id for them; must appear nowhere in the service in clear. */
  readonly id: string;
  /** Opens the chat: /start, or follows. */
  start(parameter?: string): Promise<void>;
  write(text: string): Promise<void>;
  /** Presses the button with this label on the newest message that has it; writes its number where choices are a list. @throws when there is none. */
  press(label: string): Promise<void>;
  sendFile(file: SentFile): Promise<void>;
  sendLocation(latitude: number, longitude: number): Promise<void>;
  sendSticker(): Promise<void>;
  /** Gives the last message new words, where the platform lets people. */
  edit?(text: string): Promise<void>;
  /** Blocks or unfollows. */
  leave(): Promise<void>;
  /** Everything still on the screen that the service sent, oldest first; what was deleted is gone. */
  readonly screen: readonly Seen[];
}
