import type { WireMessage } from '../wire.js';
import type { PageWords } from '../words.js';
import type { Log, OwnMessage } from './log.js';
import { type Content, newKey, post } from './post.js';

/** Waits between tries, seconds. After the last one the person is asked, and may send again by hand. */
const WAITS = [1, 2, 4, 8, 16];

export interface Talk {
  /** Sends what the person did; `shown` is what stands in their bubble (absent: nothing). One after the other, in order. */
  send(content: Content, shown?: string): void;
  session(): string;
  /** Shows a message that came by itself, once. */
  receive(message: WireMessage): void;
  /** Forgets the token. */
  drop(): void;
}

export interface TalkParts {
  readonly words: PageWords;
  readonly log: Log;
  /** The token lives in this closure only. */
  readonly session: string;
  /** Says what goes on: waiting, trying again; '' for nothing. */
  readonly tell: (state: '' | 'waiting' | 'uploading' | 'retrying') => void;
  /** Called with what came in answer to a message; never with what came by itself, which leaves the open question open. */
  readonly answered: (messages: readonly WireMessage[]) => void;
  /** Gives words that could not be taken back to the field. */
  readonly giveBack: (text: string) => void;
}

interface Unsent {
  readonly content: Content;
  readonly key: string;
  readonly own: OwnMessage | undefined;
  tried: boolean;
  /** Whether the card or sentence that came instead of an answer has been shown. */
  told: boolean;
}

/**
 * Messages go one after the other. While an earlier one waits for its next try, a new one is tried once all the same:
 * it may be the one that needs the emergency card.
 */
export function createTalk(parts: TalkParts): Talk {
  let session = parts.session;
  let unsent: Unsent[] = [];
  let running = false;
  let wake = () => {};
  const seen = new Set<string>();

  const show = (messages: readonly WireMessage[]) => {
    const fresh = messages.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    parts.log.ours(fresh);
  };
  const answer = (messages: readonly WireMessage[]) => {
    show(messages);
    if (messages.length > 0) parts.answered(messages);
  };

  /** One try. Undefined: it is settled, well or not; else the seconds that the server asks us to wait. */
  async function attempt(item: Unsent): Promise<number | undefined> {
    const got = await post(session, item.content, item.key);
    item.tried = true;
    if (got.kind === 'unreachable') return 0;
    if (got.kind === 'unavailable') {
      session = got.session;
      if (!item.told && got.messages.length > 0) answer(got.messages);
      else if (!item.told) parts.log.notice(got.detail);
      item.told = true;
      return Math.min(got.waitSeconds, 60);
    }
    unsent = unsent.filter((other) => other !== item);
    if (got.kind === 'done') {
      session = got.session;
      item.own?.sent();
      answer(got.messages);
    } else {
      item.own?.remove();
      if ('text' in item.content) parts.giveBack(item.content.text);
      parts.log.notice(got.detail);
    }
    return undefined;
  }

  async function run(): Promise<void> {
    running = true;
    for (let tries = 0; unsent.length > 0; ) {
      parts.tell(unsent.some(({ content }) => 'file' in content) ? 'uploading' : 'waiting');
      let asked: number | undefined;
      for (const item of unsent) {
        if (asked !== undefined && item.tried) continue;
        const wait = await attempt(item);
        if (wait === undefined) tries = 0;
        else asked = Math.max(asked ?? 0, wait);
      }
      if (unsent.some((item) => !item.tried) || asked === undefined) continue;
      const wait = WAITS[tries++];
      if (wait === undefined) giveUp();
      else {
        parts.tell('retrying');
        await pause(Math.max(wait, asked) * 1000);
      }
    }
    parts.tell('');
    running = false;
  }

  const pause = (ms: number) =>
    new Promise<void>((done) => {
      wake = done;
      setTimeout(done, ms);
    });

  function giveUp(): void {
    for (const item of unsent) {
      const again = () => enqueue(item);
      if (item.own) item.own.failed(again);
      else parts.log.notice(parts.words.notSent, again);
    }
    unsent = [];
  }

  function enqueue(item: Unsent): void {
    unsent = [...unsent, { ...item, tried: false }];
    if (running) wake();
    else void run();
  }

  return {
    send(content, shown) {
      const own = shown === undefined ? undefined : parts.log.theirs(shown);
      enqueue({ content, key: newKey(), own, tried: false, told: false });
    },
    session: () => session,
    receive: (message) => show([message]),
    drop() {
      session = '';
      unsent = [];
    },
  };
}
