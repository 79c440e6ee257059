import { faultOf, REFUSALS } from './errors.js';

const status = (of: (typeof REFUSALS)[number]): number => (of.status === 'server' ? 500 : of.status);

describe("Telegram's refusals", () => {
  it.each(REFUSALS.map((row) => [row.code, row] as const))('%s leads to its decision', (code, row) => {
    const fault = faultOf({ status: status(row), description: row.example, retryAfter: 5 });
    expect(fault).toMatchObject({ code, decision: { kind: row.decision } });
    expect(fault.message).not.toContain(row.example);
  });

  it('have one row each', () => {
    expect(new Set(REFUSALS.map(({ code }) => code)).size).toBe(REFUSALS.length);
  });

  it.each([
    [400, 'give_up'],
    [401, 'operator'],
    [403, 'gone'],
    [404, 'operator'],
    [409, 'retry'],
    [413, 'give_up'],
    [421, 'operator'],
    [429, 'wait'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [302, 'retry'],
    [418, 'retry'],
  ])('%i with a sentence nobody knows is %s', (code, kind) => {
    expect(faultOf({ status: code, description: 'Quite another sentence' }).decision.kind).toBe(kind);
  });

  it('wait as long as Telegram says, the person alone, and a while when it does not say', () => {
    const refusal = { status: 429, description: 'Too Many Requests' };
    expect(faultOf({ ...refusal, retryAfter: 3 }).decision).toEqual({
      kind: 'wait',
      milliseconds: 3_000,
      scope: 'talk',
    });
    expect(faultOf(refusal).decision).toMatchObject({ kind: 'wait', milliseconds: 30_000 });
  });
});
