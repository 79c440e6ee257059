import { generateSync } from 'otplib/functional';

const STEP_MS = 30_000;

/** An authenticator app: gives the code of now, or of the next step when that of now was given already. */
export class Authenticator {
  #last = 0;
  constructor(
    private readonly secret: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** A code that is right and was not given before; waits for the next step when there is none yet. */
  async code(): Promise<string> {
    const step = Math.max(this.#last + 1, Math.floor(this.now() / STEP_MS));
    while (step * STEP_MS > this.now() + STEP_MS) await new Promise((resolve) => setTimeout(resolve, 200));
    this.#last = step;
    return this.codeAt(step * STEP_MS);
  }

  /** The code of some moment, milliseconds since 1970. */
  codeAt(moment: number): string {
    return generateSync({ secret: this.secret, epoch: Math.floor(moment / 1000) });
  }
}

/** The secret as the page of the set-up shows it, to type. */
export function secretOn(html: string): string {
  const shown = /<p class="secret"[^>]*>([^<]+)/.exec(html)?.[1];
  if (shown === undefined) throw new Error('This page shows no secret.');
  return shown.replace(/\s/g, '');
}
