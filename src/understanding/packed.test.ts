import { pack, unpack } from './packed.js';

const value = {
  names: ['trẻ em', 'con'],
  rows: new Map([['em', [1, 2]]]),
  bytes: Int8Array.of(-128, 0, 127),
  inside: { none: new Int32Array(0), numbers: Float64Array.of(0.1, -3), marks: Uint16Array.of(65_535) },
};

test('what is packed comes back as it was, arrays of odd lengths too', () => {
  expect(unpack(new Uint8Array(pack(value)))).toEqual(value);
});

test('arrays are read where they lie, not copied', () => {
  const bytes = new Uint8Array(pack(value));
  const read = unpack(bytes) as typeof value;
  expect(read.inside.numbers.buffer).toBe(bytes.buffer);
});

test('an array of another kind is refused when it is written', () => {
  expect(() => pack({ large: BigInt64Array.of(1n) })).toThrow('cannot pack a BigInt64Array');
});

test('bytes of something else are refused', () => {
  expect(() => unpack(new Uint8Array(64))).toThrow();
});
