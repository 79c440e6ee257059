import type { Log } from '../operations/log.js';
import type { Identity } from '../reports/sealing.js';
import type { Settings } from '../settings.js';
import type { Core } from './core.js';

export interface ServiceOptions {
  readonly settings: Settings;
  readonly core: Core;
  /** The project's folder: migrations, built assets. */
  readonly root: string;
  readonly log: Log;
  /** `off` only for the demo: staff sign in without the second step. Not a setting, so that no environment can switch it off. */
  readonly secondStep?: 'required' | 'off';
  /** Given the recovery key when this start makes it: shows it to the operator, once. It is stored nowhere, and not logged. */
  readonly tellRecoveryKey: (key: Identity) => void;
}
