import { lockBox, openBox } from './locked-box.js';
import { CannotOpen } from './sealing.js';

describe('a locked box', () => {
  const key = Buffer.alloc(32, 1);

  it('opens with its key in its place, and holds nothing readable', () => {
    const box = lockBox(key, 'mailbox:1', 'khoá của em');
    expect(Buffer.from(box).includes('khoá')).toBe(false);
    expect(openBox(key, 'mailbox:1', box)).toBe('khoá của em');
  });

  it.each([
    ['another key', Buffer.alloc(32, 2), 'mailbox:1'],
    ['another place', key, 'mailbox:2'],
  ])('stays shut with %s', (_what, other, purpose) => {
    expect(() => openBox(other, purpose, lockBox(key, 'mailbox:1', 'x'))).toThrow(CannotOpen);
  });

  it('stays shut when cut off', () => {
    expect(() => openBox(key, 'a', new Uint8Array(5))).toThrow(CannotOpen);
  });
});
