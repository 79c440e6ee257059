import { vietnamDay } from '../directory/vietnam-day.js';
import { nextReferralState, type Offer, offerFault } from './referral.js';
import { loadReferralGrounds } from './referral-grounds.js';

const whole: Offer = {
  kind: 'move',
  toAgency: 'ca-30742',
  reason: 'crime',
  ground: 'report-of-crime',
  consent: 'child',
  words: 'Cần xác minh ngay.',
  override: '',
};

test.each([
  ['accept', 'receiving', 'move', 'offered', 'accepted'],
  ['reject', 'receiving', 'open', 'offered', 'rejected'],
  ['withdraw', 'offering', 'move', 'offered', 'withdrawn'],
  ['end', 'offering', 'open', 'accepted', 'ended'],
  ['accept', 'offering', 'move', 'offered', undefined],
  ['withdraw', 'receiving', 'move', 'offered', undefined],
  ['end', 'receiving', 'open', 'accepted', undefined],
  ['end', 'offering', 'move', 'accepted', undefined],
  ['accept', 'receiving', 'move', 'withdrawn', undefined],
  ['withdraw', 'offering', 'move', 'accepted', undefined],
  ['reject', 'receiving', 'hand_back', 'accepted', undefined],
] as const)('%s by the %s side of a %s that is %s leads to %s', (act, side, kind, state, to) => {
  expect(nextReferralState(act, side, { kind, state })).toBe(to);
});

test.each([
  ['nothing', {}, undefined],
  ['words', { words: '  ' }, 'words'],
  ['the reason for going without consent', { consent: 'override' }, 'override'],
  ['fewer characters', { words: 'a'.repeat(1001) }, 'too_long'],
] as const)('an offer that lacks %s says so', (_what, changes, fault) => {
  expect(offerFault({ ...whole, ...changes })).toBe(fault);
});

test('grounds are those of the law in force on the day, and old ones can still be read', () => {
  const grounds = loadReferralGrounds('.');
  const ids = (day: string) => grounds.on(day, 'move').map(({ id }) => id);
  expect(ids(vietnamDay(Date.parse('2026-11-24')))).toContain('sexual-abuse-to-police');
  expect(ids('2021-01-01')).not.toContain('sexual-abuse-to-police');
  expect(grounds.on('2026-11-24', 'move').map(({ id }) => id)).not.toContain('carry-out-plan');
  expect(grounds.byId('carry-out-plan')?.basis).toContain('Điều 29');
});
