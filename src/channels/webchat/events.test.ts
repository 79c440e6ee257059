import type { Outgoing } from '../../conversation/message.js';
import { outgoing, startWebchat } from './test-app.js';

/** A mailbox of later messages as the store keeps it: asking with an id removes all up to it. */
function mailbox() {
  let waiting: Outgoing[] = [];
  const listeners = new Set<() => void>();
  return {
    listeners,
    waiting: () => waiting.map(({ id }) => id),
    put(message: Outgoing) {
      waiting.push(message);
      for (const listener of listeners) listener();
    },
    deps: {
      async messagesAfter(_contact: string, afterId?: string) {
        waiting = waiting.slice(waiting.findIndex(({ id }) => id === afterId) + 1);
        return [...waiting];
      },
      onNews(_contact: string, listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}

async function setUp() {
  const box = mailbox();
  const app = await startWebchat(box.deps);
  const { session } = await (await app.post({ start: true })).json();
  async function open(lastEventId?: string) {
    const stop = new AbortController();
    const response = await fetch(`${app.origin}/api/chat/events`, {
      headers: {
        Authorization: `Bearer ${session}`,
        ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
      },
      signal: stop.signal,
    });
    const reader = response.body?.getReader();
    let text = '';
    /** Everything read so far, once it holds `wanted`. */
    const until = async (wanted: string) => {
      while (!text.includes(wanted)) {
        const piece = await reader?.read();
        if (!piece || piece.done) return text;
        text += Buffer.from(piece.value).toString();
      }
      return text;
    };
    return { response, until, stop: () => stop.abort() };
  }
  return { box, app, open };
}

const soon = (done: () => boolean) =>
  new Promise<void>((resolve, reject) => {
    const start = Date.now();
    const look = () => {
      if (done()) resolve();
      else if (Date.now() - start > 5_000) reject(new Error('did not happen in 5 s'));
      else setTimeout(look, 10);
    };
    look();
  });

describe('GET /api/chat/events', () => {
  it('sends what waits and what comes, each once, in order', async () => {
    const { box, app, open } = await setUp();
    box.put(outgoing({ id: 'r1', kind: 'reply', text: 'Một\nhai' }));
    const stream = await open();
    await stream.until('id: r1');
    box.put(outgoing({ id: 'r2', kind: 'reply' }));
    const text = await stream.until('id: r2');
    expect(stream.response.headers.get('content-type')).toMatch('text/event-stream');
    expect(text.match(/^id: .*/gm)).toEqual(['id: r1', 'id: r2']);
    expect(JSON.parse(text.match(/^data: (.*)/m)?.[1] ?? '')).toEqual({
      id: 'r1',
      text: 'Một\nhai',
      choices: [],
      kind: 'reply',
      sources: [],
    });
    stream.stop();
    await app.close();
  });

  it('acknowledges only what the client says it has shown, so a broken line loses nothing', async () => {
    const { box, app, open } = await setUp();
    box.put(outgoing({ id: 'r1' }));
    box.put(outgoing({ id: 'r2' }));
    const first = await open();
    await first.until('id: r2');
    first.stop();
    expect(box.waiting()).toEqual(['r1', 'r2']);
    const second = await open('r1');
    const text = await second.until('id: r2');
    expect(text).not.toContain('id: r1');
    expect(box.waiting()).toEqual(['r2']);
    second.stop();
    await app.close();
  });

  it('stops listening when the client goes away', async () => {
    const { box, app, open } = await setUp();
    const stream = await open();
    await soon(() => box.listeners.size === 1);
    stream.stop();
    await soon(() => box.listeners.size === 0);
    await app.close();
  });

  it('closes the oldest stream when one session opens a fourth', async () => {
    const { box, app, open } = await setUp();
    const first = await open();
    for (let more = 0; more < 3; more++) await open();
    expect(await first.until('never')).not.toContain('never');
    await soon(() => box.listeners.size === 3);
    await app.close();
  });

  it('refuses a session that is not ours, with words for the person', async () => {
    const { app } = await setUp();
    const answer = await fetch(`${app.origin}/api/chat/events`, {
      headers: { Authorization: `Bearer ${'A'.repeat(48)}` },
    });
    expect(answer.status).toBe(401);
    expect((await answer.json()).detail).toContain('111');
    await app.close();
  });

  it('survives a store that is away for a while', async () => {
    let away = true;
    const app = await startWebchat({
      async messagesAfter() {
        if (away) throw new Error('gone');
        return [outgoing({ id: 'r1' })];
      },
      onNews(_contact, listener) {
        const timer = setInterval(() => {
          away = false;
          listener();
        }, 50);
        return () => clearInterval(timer);
      },
    });
    const { session } = await (await app.post({ start: true })).json();
    const stop = new AbortController();
    const response = await fetch(`${app.origin}/api/chat/events`, {
      headers: { Authorization: `Bearer ${session}` },
      signal: stop.signal,
    });
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('id: r1')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(text).toContain('data: {"id":"r1"');
    stop.abort();
    await app.close();
  });
});
