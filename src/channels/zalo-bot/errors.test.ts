import { BOT_ERRORS, faultOf, QUOTA_EXCEEDED, unreachable } from './errors.js';

test('each code of the table gives its name and its decision', () => {
  for (const [code, { name, decision }] of Object.entries(BOT_ERRORS)) {
    expect(faultOf(Number(code), '')).toMatchObject({ code: name, decision });
  }
  const names = [...Object.values(BOT_ERRORS), QUOTA_EXCEEDED].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  [400, '', 'give_up'],
  [401, 'Unauthorized', 'operator'],
  [403, '', 'gone'],
  [404, '', 'give_up'],
  [408, '', 'retry'],
  [413, '', 'give_up'],
  [429, 'Too Many Requests', 'wait'],
  [429, 'Quota exceeded', 'operator'],
  [500, '', 'retry'],
  [502, '', 'retry'],
  [418, '', 'retry'],
  [-1, '', 'retry'],
] as const)('%i "%s" means: %s', (code, description, kind) => {
  expect(faultOf(code, description).decision.kind).toBe(kind);
});

test('no answer means: again', () => {
  expect(unreachable()).toMatchObject({ code: 'unreachable', decision: { kind: 'retry' } });
});
