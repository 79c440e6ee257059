import { randomBytes } from 'node:crypto';
import { createSessions } from './session.js';

const HOUR = 60 * 60 * 1000;

function at(start: number) {
  let time = start;
  const parts = { sessionKey: Buffer.alloc(32, 1), now: () => time, randomBytes };
  return { sessions: createSessions(parts), parts, wait: (ms: number) => (time += ms) };
}

describe('session tokens', () => {
  it('are good for twelve hours', () => {
    const { sessions, wait } = at(1_800_000_000_000);
    const token = sessions.issue();
    wait(12 * HOUR - 60_000);
    expect(sessions.isGood(token)).toBe(true);
    wait(60_000);
    expect(sessions.isGood(token)).toBe(false);
  });

  it('differ each time', () => {
    const { sessions } = at(1_800_000_000_000);
    expect(sessions.issue()).not.toBe(sessions.issue());
  });

  it('cannot be changed in any place', () => {
    const { sessions } = at(1_800_000_000_000);
    const token = sessions.issue();
    for (let place = 0; place < token.length; place++) {
      const other = token[place] === 'A' ? 'B' : 'A';
      expect(sessions.isGood(token.slice(0, place) + other + token.slice(place + 1))).toBe(false);
    }
  });

  it('of another key, from the future or made up are refused', () => {
    const { sessions, parts } = at(1_800_000_000_000);
    expect(sessions.isGood(createSessions({ ...parts, sessionKey: Buffer.alloc(32, 2) }).issue())).toBe(
      false,
    );
    expect(sessions.isGood(createSessions({ ...parts, now: () => 1_800_000_000_000 + HOUR }).issue())).toBe(
      false,
    );
    for (const odd of ['', 'x', 'A'.repeat(48), 'é'.repeat(48), `${sessions.issue()}A`]) {
      expect(sessions.isGood(odd)).toBe(false);
    }
  });
});
