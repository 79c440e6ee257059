import { onlyAllowed } from './log.js';

class QueryFailed extends Error {
  readonly code = '23505';
}

describe('what a log line may carry', () => {
  it('keeps ids and kinds and drops everything else, known or not', () => {
    expect(
      onlyAllowed({
        reportId: 'r1',
        outcome: 'done',
        text: 'con bị đánh',
        address: '10.0.0.1',
        nested: { id: 'x' },
      }),
    ).toEqual({
      reportId: 'r1',
      outcome: 'done',
    });
  });

  it('reduces an error to its class, code and place', () => {
    const error = new QueryFailed('Failed query: insert … params: con bị đánh');
    const fields = onlyAllowed({ error });
    expect(fields).toMatchObject({ name: 'QueryFailed', code: '23505' });
    expect(JSON.stringify(fields)).not.toContain('đánh');
    expect(JSON.stringify(onlyAllowed(error))).not.toContain('params');
  });
});
