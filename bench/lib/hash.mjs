/** FNV-1a over the bytes, 0 to 2³² − 1: what is drawn by it is the same on every machine. */
export function hash(text) {
  let value = 2_166_136_261;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 16_777_619) >>> 0;
  return value;
}
