import type { Person, Seen } from '../stand-ins/person.js';
import { until } from './until.js';

/** Somebody with the phone in their hand: does something and waits until what comes back has come. */
export class Phone {
  private read = 0;

  constructor(readonly person: Person) {}

  /** What has appeared since it was last looked at. */
  get news(): readonly Seen[] {
    return this.person.screen.slice(this.read);
  }

  /** Does it, and waits for a message that the pattern fits (by its words or one of its buttons). Resolves with everything new. */
  async after(action: Promise<void>, pattern: RegExp): Promise<readonly Seen[]> {
    const before = this.person.screen.length;
    await action;
    await this.sees(pattern, before);
    const all = this.person.screen.slice(before);
    this.read = this.person.screen.length;
    return all;
  }

  write(text: string, pattern: RegExp): Promise<readonly Seen[]> {
    return this.after(this.person.write(text), pattern);
  }

  /** Presses the newest button (or takes the number of the list) whose label the pattern fits. */
  press(label: RegExp, pattern: RegExp): Promise<readonly Seen[]> {
    const found = this.labels().find((each) => label.test(each));
    if (found === undefined) throw new Error(`No choice like ${label} among ${this.labels().join(' | ')}`);
    return this.after(this.person.press(found), pattern);
  }

  /** Waits for a message the pattern fits, from the given place of the screen on. */
  async sees(pattern: RegExp, from = this.read): Promise<Seen> {
    const fits = ({ text, buttons }: Seen) =>
      pattern.test(text) || buttons.some((each) => pattern.test(each));
    await until(() => this.person.screen.slice(from).some(fits), 20_000);
    const found = this.person.screen.slice(from).find(fits);
    if (!found) throw new Error('It was there a moment ago.');
    return found;
  }

  /** The choices of the newest message that has any. */
  private labels(): readonly string[] {
    const last = this.person.screen.findLast(
      ({ text, buttons }) => buttons.length > 0 || /^1\. /m.test(text),
    );
    if (!last) return [];
    return last.buttons.length > 0
      ? last.buttons
      : [...last.text.matchAll(/^\d+\. (.+)$/gm)].map((match) => match[1] ?? '');
  }
}
