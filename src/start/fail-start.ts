import { DamagedServiceKey } from '../operations/service-keys.js';
import { WrongSetting } from '../settings.js';
import { DataFolderInUse } from '../store/data-folder-lock.js';
import { CannotUnseal } from '../store/service-cipher.js';
import { NotASampleDatabase } from './sample-data.js';

/** Errors whose message is written for the operator. */
const OPERATORS_OWN = [WrongSetting, DataFolderInUse, DamagedServiceKey, CannotUnseal, NotASampleDatabase];

/** Causes outside that have a name of their own. */
const CAUSES: readonly { readonly code: RegExp; readonly line: string }[] = [
  { code: /^EADDRINUSE$/, line: 'The port is taken by another program. Set PORT to a free one.' },
  { code: /^EADDRNOTAVAIL$|^ENOTFOUND$/, line: 'HOST is no address of this machine.' },
  {
    code: /^28...$|^3D000$/,
    line: 'The database refuses us: check user, password and database name in DATABASE_URL.',
  },
  {
    code: /^ENOENT$/,
    line: 'A file of the service is missing. Start it in the project’s folder, built (npm start does both).',
  },
  {
    code: /^EACCES$|^EROFS$/,
    line: 'DATA_DIR cannot be written. Give this user the folder, or set DATA_DIR to another.',
  },
];

/** Ends the process with 1: one line for what the operator can mend, class and place for what is our fault. */
export function failStart(error: unknown): never {
  process.stderr.write(`Not started: ${lineFor(error)}\n`);
  process.exit(1);
}

function lineFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (OPERATORS_OWN.some((kind) => error instanceof kind)) return error.message;
  const code = codeOf(error);
  const known = CAUSES.find((cause) => code !== undefined && cause.code.test(code));
  return known ? `${known.line} (${code})` : (error.stack ?? error.message);
}

function codeOf(error: Error): string | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return undefined;
}
