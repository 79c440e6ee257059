// A loopback proxy in front of PostgreSQL that counts round trips: each Sync or simple Query the client sends is one
// wait for the server. Counts do not depend on how busy the machine is.
import { connect, createServer } from 'node:net';

const SYNC = 'S'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);
const PARSE = 'P'.charCodeAt(0);

/** `{url, counts(), close()}`: connect to `url` instead; `counts` are `{roundTrips, parses, bytes}` so far. */
export async function countRoundTrips(databaseUrl) {
  const target = new URL(databaseUrl);
  const counts = { roundTrips: 0, parses: 0, bytes: 0 };
  const sockets = new Set();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
        sockets.delete(socket);
      });
    }
    client.on('data', reader(counts));
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = `${server.address().port}`;
  return {
    url: url.toString(),
    counts: () => ({ ...counts }),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Reads the messages a client sends: the first has no type byte, every other is a type, a length and a body. */
function reader(counts) {
  let rest = Buffer.alloc(0);
  let first = true;
  return (chunk) => {
    counts.bytes += chunk.length;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const head = first ? 0 : 1;
      if (rest.length < head + 4) return;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return;
      if (!first) {
        if (rest[0] === SYNC || rest[0] === QUERY) counts.roundTrips += 1;
        if (rest[0] === PARSE) counts.parses += 1;
      }
      first = false;
      rest = rest.subarray(end);
    }
  };
}
