import { Decrypter, Encrypter } from 'age-encryption';
import { CannotOpen, type Identity, type Recipient } from '../sealing.js';

/** Bytes of one stored piece of a sealed file, and of what is sealed or opened at one go: some 10 ms of a core. */
const PIECE_BYTES = 512 * 1024;

/** Seals a file as one age file, given out in pieces: beside the file itself no second whole copy is held in memory. */
export async function* sealInPieces(file: Uint8Array, recipient: Recipient): AsyncGenerator<Buffer> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(streamOf(slices(file)));
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(sealed)) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < PIECE_BYTES) continue;
    yield Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}

/** Opens what was sealed in pieces. @throws CannotOpen when it is another's, or a piece is missing, moved or changed. */
export async function openPieces(pieces: readonly Uint8Array[], identity: Identity): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of chunksOf(await decrypter.decrypt(streamOf(pieces)))) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    throw new CannotOpen();
  }
}

async function* chunksOf(stream: {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> };
}): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return;
    yield value;
  }
}

function* slices(file: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES);
}

/** Between two pieces others have their turn: a long film holds up no page. */
function streamOf(all: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = [...all];
  let next = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise(setImmediate);
      const piece = pieces[next];
      next += 1;
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
}
