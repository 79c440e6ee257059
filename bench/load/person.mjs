// People who write: each opens the chat, writes some texts, and makes room for the next one. A session may send 40
// messages a minute and an address 600, so every person has an address of their own and leaves after 20 messages.
import { randomInt, randomUUID } from 'node:crypto';

export const MESSAGES_PER_PERSON = 20;
const SESSION = /"session":"([^"]+)"/;
let nextAddress = randomInt(2 ** 24);
let nextText = randomInt(2 ** 20);

/** `turn()` sends the next message and resolves to the number of bytes of the answer. @throws when it is refused. */
export function createPerson(connection, texts) {
  let sent = 0;
  let session;
  let address;
  const begin = () => {
    nextAddress = (nextAddress + 1) % 2 ** 24;
    address = `10.${nextAddress >> 16}.${(nextAddress >> 8) & 255}.${nextAddress & 255}`;
    sent = 0;
    session = undefined;
  };
  begin();
  return {
    async turn() {
      if (sent === MESSAGES_PER_PERSON) begin();
      const body = JSON.stringify(sent === 0 ? { start: true } : { text: texts[nextText++ % texts.length] });
      sent += 1;
      const authorization = session === undefined ? '' : `Authorization: Bearer ${session}\r\n`;
      const headers = `X-Forwarded-For: ${address}\r\nIdempotency-Key: ${randomUUID()}\r\n${authorization}`;
      const response = await connection.post(headers, body);
      if (response.status !== 200)
        throw new Error(`Refused with ${response.status}: ${response.body.slice(0, 200)}`);
      session ??= SESSION.exec(response.body)?.[1];
      return response.body.length;
    },
  };
}
