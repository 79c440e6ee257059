import type { RunningConsole } from './testing/console-in-test.js';
import { startConsole, TestBrowser } from './testing/console-in-test.js';
import { binh, hoa, URGENT_ID } from './testing/people.js';

let running: RunningConsole;
beforeEach(async () => {
  running = await startConsole();
});
afterEach(() => running.stop());

const URGENT = `/console/cases/${URGENT_ID}`;
const markOf = (html: string) => /id="page-mark" name="mark" value="([^"]*)"/.exec(html)?.[1] ?? 'none';

async function listen(browser: TestBrowser) {
  const stop = new AbortController();
  const response = await fetch(`${running.url}/console/events`, {
    headers: { Cookie: browser.cookie },
    signal: stop.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const heard: string[] = [];
  const reading = (async () => {
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) return;
      heard.push(part.value);
    }
  })().catch(() => undefined);
  const close = () => {
    stop.abort();
    return reading;
  };
  return { response, heard, stop: close };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 500));

test('a change of the queue is told to the pages of this agency, several at once as one, and to no other', async () => {
  const near = await listen(await new TestBrowser(running.url).signIn(hoa));
  const far = await listen(await new TestBrowser(running.url).signIn(binh));
  await soon();
  near.heard.length = 0;
  far.heard.length = 0;
  for (let time = 0; time < 5; time += 1)
    running.desk.reporterWrites(URGENT_ID, 'Cô ơi.', new Date(running.clock.now));
  await soon();
  expect(near.heard.join('')).toBe('event: queue\ndata: -\n\n');
  expect(far.heard.join('')).toBe('');
  await near.stop();
  await far.stop();
  await soon();
  expect(running.desk.listeners()).toBe(0);
});

test('a browser with many pages open gets at most four streams', async () => {
  const browser = await new TestBrowser(running.url).signIn(hoa);
  const streams = [];
  for (let count = 0; count < 5; count += 1) streams.push(await listen(browser));
  expect(streams.map(({ response }) => response.status)).toEqual([200, 200, 200, 200, 204]);
  await Promise.all(streams.map(({ stop }) => stop()));
});

test('an open case page learns of a new message, and otherwise looks into the case no second time', async () => {
  const browser = await new TestBrowser(running.url).signIn(hoa);
  const mark = markOf((await browser.get(URGENT)).html);
  expect((await browser.get(`${URGENT}/live?mark=${mark}`)).response.status).toBe(204);
  expect(running.desk.looks()).toBe(1);
  running.desk.reporterWrites(URGENT_ID, 'Con ở nhà ngoại rồi.', new Date(running.clock.now));
  const news = await browser.get(`${URGENT}/live?mark=${mark}`);
  expect(news.html).toContain('Con ở nhà ngoại rồi.');
  expect(news.html).toContain('id="talk"');
  expect(news.html).not.toContain('id="reply"');
  expect((await browser.get(`${URGENT}/live?mark=${markOf(news.html)}`)).response.status).toBe(204);
});

test('a second colleague with the case open sees the message too, after the first one has seen it', async () => {
  const first = await new TestBrowser(running.url).signIn(hoa);
  const second = await new TestBrowser(running.url).signIn(hoa);
  const mark = markOf((await second.get(URGENT)).html);
  running.desk.reporterWrites(URGENT_ID, 'Con ở nhà ngoại rồi.', new Date(running.clock.now));
  await first.get(URGENT);
  expect((await second.get(`${URGENT}/live?mark=${mark}`)).html).toContain('Con ở nhà ngoại rồi.');
});
