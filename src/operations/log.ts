import { type Logger, pino } from 'pino';

/** Fields a log line may carry. Anything else is dropped before it is written: no content and no person gets into a log by accident. */
const ALLOWED = new Set([
  'level',
  'time',
  'pid',
  'msg',
  'id',
  'job',
  'channel',
  'outcome',
  'kind',
  'code',
  'name',
  'status',
  'method',
  'route',
  'milliseconds',
  'count',
  'attempt',
  'role',
  'port',
  'version',
  'staffId',
  'caseId',
  'reportId',
  'agencyId',
  'retryInMilliseconds',
  'signal',
  'at',
  'event',
  'anchor',
  'by',
]);

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug' | 'fatal'>;

/**
 * JSON lines on standard error. Errors are reduced to their class, their code and where in our code they arose: messages
 * of database errors repeat the values of the query, which are people's words.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {},
      hooks: {
        logMethod(args, method) {
          const [fields, text] = args as unknown as [unknown, string | undefined];
          if (typeof fields === 'string') method.apply(this, [fields]);
          else method.apply(this, [onlyAllowed(fields), text ?? '']);
        },
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** The allow-list at work; exported for its test. */
export function onlyAllowed(fields: unknown): Record<string, unknown> {
  if (fields instanceof Error) return describeError(fields);
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries((fields ?? {}) as Record<string, unknown>)) {
    if (value instanceof Error) Object.assign(kept, describeError(value));
    else if (
      ALLOWED.has(name) &&
      (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    )
      kept[name] = value;
  }
  return kept;
}

function describeError(error: Error): Record<string, unknown> {
  let code: string | undefined;
  for (
    let current: unknown = error;
    current instanceof Error && code === undefined;
    current = current.cause
  ) {
    code = (current as { code?: string }).code;
  }
  // The lines after the message: file names and positions, no values.
  const at = error.stack
    ?.split('\n')
    .find((line) => /^\s+at .*\/(src|dist)\//.test(line))
    ?.trim()
    .replace(/\(?[^ (]*\/((?:src|dist)\/[^)]*)\)?/, '$1');
  return {
    name: error.name === 'Error' ? error.constructor.name : error.name,
    ...(code === undefined ? {} : { code: String(code) }),
    ...(at === undefined ? {} : { at }),
  };
}
