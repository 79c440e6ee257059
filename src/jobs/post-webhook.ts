import type { RingMessage } from '../reports/ringing.js';

/** Longest an address may take to answer, milliseconds. */
const PATIENCE = 5000;

/** A ring did not arrive at its address; `again`: worth another try. */
export class WebhookFault extends Error {
  constructor(
    readonly code: string,
    readonly again: boolean,
  ) {
    super(`The address did not take it: ${code}.`);
  }
}

/**
 * Posts `{"case", "link", "text"}` as JSON. Any 2xx is delivered; a redirection is not followed, as the address was checked and
 * where it leads was not. @throws WebhookFault
 */
export async function postWebhook(url: string, { number, link, text }: RingMessage): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ case: number, link, text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    status = response.status;
    await response.body?.cancel();
  } catch (error) {
    throw new WebhookFault(
      error instanceof Error && error.name === 'TimeoutError' ? 'too_slow' : 'unreachable',
      true,
    );
  }
  if (status < 200 || status > 299) throw new WebhookFault(`http_${status}`, status >= 500 || status === 429);
}
