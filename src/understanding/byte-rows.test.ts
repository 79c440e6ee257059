import { byteRows, RowSums } from './byte-rows.js';
import { seeded } from './seeded.js';

test('adds up rows of bytes as one by one does, few and many, whatever the length of a row', () => {
  const random = seeded(7);
  for (const columns of [1, 3, 4, 113]) {
    const weights = Int8Array.from({ length: 20 * columns }, () => Math.floor(random() * 256) - 128);
    const adder = new RowSums(byteRows(weights, columns));
    for (const count of [0, 1, 256, 257, 1000]) {
      adder.begin();
      const expected = new Int32Array(columns);
      for (let time = 0; time < count; time += 1) {
        // The same row again and again is the hardest: all its sums grow one way.
        const row = count === 257 ? 3 : Math.floor(random() * 20);
        adder.add(row);
        for (let at = 0; at < columns; at += 1)
          expected[at] = (expected[at] ?? 0) + (weights[row * columns + at] ?? 0);
      }
      expect(adder.sums().subarray(0, columns)).toEqual(expected);
      // To ask once more changes nothing.
      expect(adder.sums().subarray(0, columns)).toEqual(expected);
    }
  }
});
