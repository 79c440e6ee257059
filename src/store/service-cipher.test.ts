import { randomBytes } from 'node:crypto';
import { CannotUnseal, createServiceCipher } from './service-cipher.js';

const oldKey = randomBytes(32);
const newKey = randomBytes(32);

describe('the service cipher', () => {
  it('opens what it sealed and leaves no word of it in the bytes', () => {
    const cipher = createServiceCipher([oldKey]);
    const sealed = cipher.seal('talk:1', 'con sợ lắm');
    expect(Buffer.from(sealed).includes('sợ')).toBe(false);
    expect(cipher.unseal('talk:1', sealed)).toBe('con sợ lắm');
  });

  it('refuses a value moved to another row, changed bytes and a missing key', () => {
    const cipher = createServiceCipher([oldKey]);
    const sealed = cipher.seal('talk:1', 'x');
    expect(() => cipher.unseal('talk:2', sealed)).toThrow(CannotUnseal);
    const changed = Buffer.from(sealed);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => cipher.unseal('talk:1', changed)).toThrow('damaged');
    expect(() => cipher.unseal('talk:1', new Uint8Array(3))).toThrow('damaged');
    expect(() => createServiceCipher([newKey]).unseal('talk:1', sealed)).toThrow('"new,old"');
  });

  it('rotates: the new key writes, the old one still reads, contacts stay the same', () => {
    const before = createServiceCipher([oldKey]);
    const after = createServiceCipher([newKey, oldKey]);
    const sealed = before.seal('talk:1', 'x');
    expect(after.unseal('talk:1', sealed)).toBe('x');
    expect(after.isCurrent(sealed)).toBe(false);
    expect(after.isCurrent(after.seal('talk:1', 'x'))).toBe(true);
    expect(after.contactHash('webchat', 'a')).toBe(before.contactHash('webchat', 'a'));
  });

  it('tells contacts of two channels apart', () => {
    const cipher = createServiceCipher([oldKey]);
    expect(cipher.contactHash('webchat', '1')).not.toBe(cipher.contactHash('zalo', '1'));
  });
});
