import { startWebchat, type TestApp } from './test-app.js';

/** The smallest true JPEG frame, with words in it that can be looked for. */
const PLANTED = 'khong-bao-gio-tra-lai';
const PHOTO = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from(PLANTED.repeat(40)),
  Buffer.from('ffd9', 'hex'),
]);

/** Written out by hand: every address a reporter can reach. A new one fails here until somebody has thought about files. */
const ADDRESSES = [
  'get /',
  'get /chat',
  'post /chat',
  'post /exit',
  'get /page/:file',
  'post /api/chat',
  'post /api/chat/file',
  'get /api/chat/events',
  'post /api/chat/forget',
  'get /api/places',
];

let app: TestApp;
beforeEach(async () => {
  app = await startWebchat();
});
afterEach(() => app.close());

test('every address of the web chat is in the table of this test', () => {
  expect(app.addresses.sort()).toEqual([...ADDRESSES].sort());
});

test('none of them gives back a file that was sent, whatever is asked for', async () => {
  const { session } = await (await app.post({ start: true })).json();
  const headers = { Authorization: `Bearer ${session}` };
  await fetch(`${app.origin}/api/chat/file`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    body: PHOTO,
  });
  const [source = ''] = app.uploads.keys();
  expect(source).not.toBe('');
  for (const address of ADDRESSES) {
    const [method = '', path = ''] = address.split(' ');
    for (const ending of ['', `/${source}`, `?file=${source}`, `?id=${source}`]) {
      const url = app.origin + path.replace(':file', encodeURIComponent(source)) + ending;
      const stop = new AbortController();
      const answer = await fetch(url, {
        method: method.toUpperCase(),
        headers: { ...headers, ...(method === 'post' ? { 'Content-Type': 'application/json' } : {}) },
        ...(method === 'post' ? { body: JSON.stringify({ choice: source }) } : {}),
        redirect: 'manual',
        signal: stop.signal,
      });
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const said = isStream ? '' : Buffer.from(await answer.arrayBuffer()).toString('latin1');
      stop.abort();
      expect(`${address}${ending === '' ? '' : ' …'}: ${said.includes(PLANTED)}`).toMatch(/false$/);
    }
  }
});
