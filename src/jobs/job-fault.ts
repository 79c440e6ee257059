/** Codes and class names of errors; anything else might be somebody's words. */
const CODE = /^[A-Za-z][\w.-]{0,59}$/;

/** What the queue keeps of a failed try: a code, never the message of the error, which may repeat what people wrote. */
export class JobFault extends Error {
  constructor(cause: unknown) {
    super(codeOf(cause));
    this.stack = this.message;
  }
}

/** The code nearest to the surface of the error, else the name of its class. */
function codeOf(error: unknown): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string' && CODE.test(code)) return code;
    // SQLSTATEs begin with a digit.
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `sql_${code}`;
  }
  const name = error instanceof Error ? error.constructor.name : '';
  return CODE.test(name) ? name : 'unknown';
}

/** The code of a stored reason; the queue's own sentences, e.g. of a worker that died too often, have one here too. */
export function causeOf(reason: string | null | undefined): string {
  if (reason?.includes('stalled')) return 'stalled';
  return reason !== null && reason !== undefined && CODE.test(reason) ? reason : 'unknown';
}
