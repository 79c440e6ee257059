import type { WireMessage } from '../wire.js';

/** Waits before asking again after a broken line, seconds. */
const WAITS = [2, 4, 8, 15, 30, 60];
/** What was shown is acknowledged this long after the last of a burst. */
const SETTLE_MS = 1_000;

export interface Stream {
  /** Opens the stream for this session. When it is open already nothing happens; when it waits after a broken line it asks at once. */
  follow(session: string): void;
  close(): void;
}

/**
 * Messages that come later. `EventSource` can send no Authorization header, so the stream is read with fetch. Asking
 * again with the last id shown is what acknowledges it.
 */
export function createStream(parts: {
  readonly receive: (message: WireMessage) => void;
  /** The line is broken and could not be mended at once (true), or it stands again (false). */
  readonly lost: (lost: boolean) => void;
}): Stream {
  let followed = '';
  let lastId = '';
  let line = new AbortController();
  let settle: ReturnType<typeof setTimeout> | undefined;
  let wake = () => {};

  async function listen(session: string): Promise<void> {
    for (let broken = 0; session === followed; ) {
      line = new AbortController();
      try {
        const response = await fetch('/api/chat/events', {
          headers: {
            Authorization: `Bearer ${session}`,
            ...(lastId === '' ? {} : { 'Last-Event-ID': lastId }),
          },
          cache: 'no-store',
          signal: line.signal,
        });
        if (response.status === 401) return;
        if (response.ok && response.body) {
          broken = 0;
          parts.lost(false);
          await read(response.body, session);
        }
      } catch {
        // A broken line and our own abort end here alike; the loop decides what next.
      }
      if (line.signal.aborted) continue;
      if (broken > 0) parts.lost(true);
      const wait = WAITS[Math.min(broken++, WAITS.length - 1)] ?? 60;
      await new Promise<void>((done) => {
        wake = done;
        setTimeout(done, wait * 1000);
      });
    }
  }

  async function read(body: ReadableStream<Uint8Array>, session: string): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read();
      if (done || session !== followed) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  }

  function take(block: string): void {
    const data = block
      .split('\n')
      .filter((part) => part.startsWith('data: '))
      .map((part) => part.slice(6))
      .join('\n');
    if (data === '') return;
    const message = JSON.parse(data) as WireMessage;
    lastId = message.id;
    parts.receive(message);
    clearTimeout(settle);
    settle = setTimeout(() => line.abort(), SETTLE_MS);
  }

  return {
    follow(session) {
      wake();
      if (session === followed || session === '') return;
      followed = session;
      lastId = '';
      line.abort();
      void listen(session);
    },
    close() {
      followed = '';
      wake();
      clearTimeout(settle);
      line.abort();
    },
  };
}
