import type { AssetPaths } from './assets.js';
import type { WebchatDeps } from './deps.js';
import type { Rates } from './rates.js';
import type { Sessions } from './session.js';
import type { Turns } from './turns.js';
import type { PageWords } from './words.js';

/** What the handlers of the web chat share. */
export interface WebchatParts {
  readonly deps: WebchatDeps;
  readonly exitUrl: string;
  readonly words: PageWords;
  readonly assets: AssetPaths;
  readonly sessions: Sessions;
  readonly turns: Turns;
  readonly rates: Rates;
  /** A stand-in for a network address, in memory only. */
  readonly addressKey: (address: string | undefined) => string;
}
