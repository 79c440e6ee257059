import type { Locator, Page } from 'playwright-core';

/** The chat as a person uses it: by what they see, touch and type. */
export class ChatPage {
  readonly field: Locator;

  constructor(readonly page: Page) {
    this.field = page.locator('#text');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.turns().first().waitFor();
  }

  /** One answer of ours, with all its messages; they come one below the other. */
  turns = (): Locator => this.page.locator('.turn');
  newest = (): Locator => this.turns().last();
  message = (kind: string): Locator => this.newest().locator(`.is-${kind}`);

  /** Does something and waits for the answer to it. */
  async after(act: () => Promise<unknown>): Promise<void> {
    const before = await this.turns().count();
    await act();
    await this.turns().nth(before).waitFor();
  }

  write = (text: string): Promise<void> =>
    this.after(async () => {
      await this.field.fill(text);
      await this.page.locator('#send').click();
    });

  button = (label: RegExp): Locator => this.newest().locator('.choices').getByRole('button', { name: label });
  press = (label: RegExp): Promise<void> => this.after(() => this.button(label).click());

  /** The two numbers, as they stand on the screen. */
  async code(): Promise<string> {
    const numbers = await this.message('code').locator('.code span').allTextContents();
    return numbers.join('\n');
  }
}
