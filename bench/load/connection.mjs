// One kept HTTP/1.1 connection over a plain socket. Node's own client costs about as much processor time as the
// service spends on a request; on a machine with few cores that would measure the client.
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** `post(headers, body)` resolves to `{status, body}`; one request at a time. */
export async function openConnection(port) {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let waiting;
  let rest = Buffer.alloc(0);
  const fail = (error) => waiting?.reject(error ?? new Error('The connection was closed.'));
  socket.on('error', fail);
  socket.on('close', () => fail());
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const headEnd = rest.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = rest.toString('latin1', 0, headEnd);
    const start = headEnd + HEAD_END.length;
    const end = start + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (rest.length < end) return;
    const body = rest.toString('utf8', start, end);
    rest = rest.subarray(end);
    const { resolve } = waiting;
    waiting = undefined;
    resolve({ status: Number(head.slice(9, 12)), body });
  });
  return {
    post: (headers, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(
          `POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      }),
    close: () => socket.destroy(),
  };
}
