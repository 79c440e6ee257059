/** Telegram's pace: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const PER_SECOND = 30;
const SECOND = 1_000;
/** Two machines never agree to the millisecond. */
const TOLERANCE = 20;

/** Watches how fast messages come. The true Telegram forgives bursts; here each one is noted, so that a test can insist. */
export class PaceWatch {
  readonly violations: { readonly limit: 'overall' | 'chat'; readonly chat: number; readonly at: number }[] =
    [];
  readonly #sent: { readonly chat: number; readonly at: number }[] = [];

  note(chat: number, at: number): void {
    const lately = this.#sent.filter((message) => at - message.at < SECOND - TOLERANCE);
    if (lately.length >= PER_SECOND) this.violations.push({ limit: 'overall', chat, at });
    if (lately.some((message) => message.chat === chat)) this.violations.push({ limit: 'chat', chat, at });
    this.#sent.push({ chat, at });
  }
}
