import { randomBytes } from 'node:crypto';
import { CannotOpen, makeKeyPair } from '../sealing.js';
import { openPieces, sealInPieces } from './sealed-file.js';

async function sealed(file: Buffer) {
  const pair = await makeKeyPair();
  const pieces: Buffer[] = [];
  for await (const piece of sealInPieces(file, pair.recipient)) pieces.push(piece);
  return { pieces, ...pair };
}

test.each([0, 1, 65_536, 524_288, 1_700_000])('a file of %i bytes comes back as it was', async (length) => {
  const file = randomBytes(length);
  const { pieces, identity } = await sealed(file);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(700_000);
  expect((await openPieces(pieces, identity)).equals(file)).toBe(true);
});

test('a piece that is missing, moved or changed, or another key, opens nothing', async () => {
  const { pieces, identity } = await sealed(randomBytes(1_700_000));
  const [first = Buffer.alloc(0), second = Buffer.alloc(0), ...rest] = pieces;
  const changed = Buffer.from(second);
  changed[5] = (changed[5] ?? 0) ^ 1;
  for (const wrong of [
    [first, ...rest],
    [first, second],
    [second, first, ...rest],
    [first, changed, ...rest],
    [],
  ])
    await expect(openPieces(wrong, identity)).rejects.toThrow(CannotOpen);
  const stranger = await makeKeyPair();
  await expect(openPieces(pieces, stranger.identity)).rejects.toThrow(CannotOpen);
});

test('while a large file is sealed others have their turn', async () => {
  let turns = 0;
  let going = true;
  const others = (async () => {
    while (going) {
      await new Promise(setImmediate);
      turns += 1;
    }
  })();
  await sealed(randomBytes(5_000_000));
  going = false;
  await others;
  expect(turns).toBeGreaterThanOrEqual(10);
});
