import { randomBytes } from 'node:crypto';
import { createRotatingHash, household } from './address-keys.js';

describe('address stand-ins', () => {
  let now = 0;
  const hash = createRotatingHash({ now: () => now, randomBytes }, 60 * 60 * 1000);
  const keyOf = (address: string): string => hash(household(address));

  it('are the same for one address within the hour and tell nothing of it', () => {
    expect(keyOf('203.0.113.7')).toBe(keyOf('203.0.113.7'));
    expect(keyOf('203.0.113.7')).not.toBe(keyOf('203.0.113.8'));
    expect(keyOf('203.0.113.7')).not.toContain('203');
  });

  it('change after an hour', () => {
    const before = keyOf('203.0.113.7');
    now += 60 * 60 * 1000;
    expect(keyOf('203.0.113.7')).not.toBe(before);
  });

  it('count an IPv6 household once', () => {
    expect(keyOf('2001:db8:1:2:3:4:5:6')).toBe(keyOf('2001:db8:1:2::9'));
    expect(keyOf('2001:db8:1:2::9')).not.toBe(keyOf('2001:db8:1:3::9'));
    expect(keyOf('::ffff:203.0.113.7')).not.toBe(keyOf('::ffff:203.0.113.8'));
  });
});
