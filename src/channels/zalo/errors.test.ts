import { REFUSALS, refusalOf, refusalOfStatus } from './errors.js';

const NOON = Date.UTC(2026, 10, 24, 5, 0, 30); // 12:00:30 in Viet Nam
const NIGHT = Date.UTC(2026, 10, 24, 16, 0, 0); // 23:00:00 in Viet Nam

const minute = { kind: 'wait', milliseconds: 31_000, scope: 'channel' };
const morning = { kind: 'wait', milliseconds: 7 * 3_600_000 + 1_000, scope: 'talk' };

/** Every code that Zalo's page and the older lists name, its decision, and what is tried before. */
const TABLE: readonly [number, string, object, string?][] = [
  [3, 'token_dead', { kind: 'operator' }, 'token'],
  [-32, 'rate_limited', minute],
  [-100, 'attachment_expired', { kind: 'retry' }, 'upload'],
  [-124, 'token_dead', { kind: 'operator' }, 'token'],
  [-200, 'result_unknown', { kind: 'give_up' }],
  [-201, 'parameter_invalid', { kind: 'give_up' }],
  [-204, 'oa_disabled', { kind: 'operator' }],
  [-205, 'oa_unknown', { kind: 'operator' }],
  [-207, 'app_not_allowed', { kind: 'operator' }],
  [-208, 'oa_secret_missing', { kind: 'operator' }],
  [-209, 'app_not_activated', { kind: 'operator' }],
  [-210, 'too_long', { kind: 'give_up' }],
  [-211, 'quota_used_up', { kind: 'operator' }],
  [-212, 'api_not_registered', { kind: 'operator' }],
  [-213, 'not_following', { kind: 'hold' }],
  [-214, 'article_in_progress', { kind: 'retry' }],
  [-215, 'app_id_wrong', { kind: 'operator' }],
  [-216, 'token_dead', { kind: 'operator' }, 'token'],
  [-217, 'blocked', { kind: 'gone' }],
  [-218, 'person_quota_used_up', { kind: 'hold' }],
  [-219, 'app_disabled', { kind: 'operator' }],
  [-220, 'token_dead', { kind: 'operator' }, 'token'],
  [-221, 'oa_not_verified', { kind: 'operator' }],
  [-222, 'blocked_or_inactive', { kind: 'hold' }],
  [-223, 'not_authorised', { kind: 'operator' }],
  [-224, 'package_needed', { kind: 'operator' }],
  [-227, 'banned_or_inactive', { kind: 'hold' }],
  [-230, 'window_closed', { kind: 'hold' }],
  [-232, 'window_closed', { kind: 'hold' }],
  [-233, 'type_not_supported', { kind: 'give_up' }],
  [-234, 'night', morning],
  [-235, 'endpoint_refused', { kind: 'operator' }, 'endpoint'],
  [-237, 'group_disabled', { kind: 'give_up' }],
  [-238, 'asset_used', { kind: 'give_up' }],
  [-240, 'endpoint_refused', { kind: 'operator' }, 'endpoint'],
  [-241, 'asset_disabled', { kind: 'give_up' }],
  [-242, 'proof_refused', { kind: 'operator' }, 'proof'],
  [-244, 'restricted', { kind: 'gone' }],
  [-248, 'against_standards', { kind: 'give_up' }],
  [-249, 'template_refused', { kind: 'give_up' }],
  [-305, 'window_closed', { kind: 'hold' }],
  [-311, 'reply_quota_used_up', { kind: 'hold' }],
  [-320, 'cloud_account_needed', { kind: 'operator' }],
  [-321, 'out_of_money', { kind: 'operator' }],
  [-403, 'not_in_group', { kind: 'give_up' }],
  [-1340, 'advertisement_form', { kind: 'give_up' }],
  [-1341, 'advertisement_form', { kind: 'give_up' }],
];

describe('the table of refusals', () => {
  it.each(TABLE)('%i is %s', (...[code, name, decision, remedy]) => {
    const refusal = refusalOf(code, 200);
    expect(refusal.name).toBe(name);
    expect(refusal.remedy).toBe(remedy);
    expect(refusal.decide(code === -234 ? NIGHT : NOON)).toEqual(decision);
  });

  it('is walked whole by this test', () => {
    expect(TABLE.map(([code]) => code).sort((a, b) => a - b)).toEqual(
      [...REFUSALS.keys()].sort((a, b) => a - b),
    );
  });

  it('says the same of a code whatever the HTTP status is', () => {
    expect(refusalOf(-230, 500).name).toBe('window_closed');
  });

  it('does not blindly repeat what an unknown code may have delivered, but waits out a 5xx', () => {
    expect(refusalOf(-9999, 200).decide(NOON)).toEqual({ kind: 'give_up' });
    expect(refusalOf(-9999, 503).decide(NOON)).toEqual({ kind: 'retry' });
  });

  it.each([
    [200, { kind: 'retry' }],
    [302, { kind: 'operator' }],
    [403, { kind: 'operator' }],
    [404, { kind: 'operator' }],
    [429, minute],
    [500, { kind: 'retry' }],
    [502, { kind: 'retry' }],
  ])('decides by HTTP status %i only where there is no JSON', (status, decision) => {
    expect(refusalOfStatus(status).decide(NOON)).toEqual(decision);
  });
});
