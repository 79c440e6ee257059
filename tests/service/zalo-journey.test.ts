import type { ZaloPerson } from '../stand-ins/zalo/person.js';
import { ZaloStandIn } from '../stand-ins/zalo.js';
import { CANARY, leftNoTrace, walkTheJourney } from '../support/channel-journey.js';
import { type RunningService, startProgram } from '../support/running-service.js';

describe.each([
  ['a business OA', 2, '/v3.0/oa/message/cs'],
  ['a government OA', 4, '/v2.0/oa/message'],
] as const)('a person’s journey on Zalo with %s', (_, oaType, path) => {
  let zalo: ZaloStandIn;
  let service: RunningService;
  let person: ZaloPerson;

  beforeAll(async () => {
    zalo = await ZaloStandIn.start({ oaType });
    service = await startProgram({ env: zalo.environment() });
    zalo.webhook.url = `${service.url}/webhooks/zalo`;
    person = zalo.person();
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await zalo.close();
  });

  it('answers, warns, takes a report with a picture, and brings the reply of staff back', async () => {
    await walkTheJourney(service, person);
    const sends = zalo.callsTo(/\/message/).filter((call) => call.path === path);
    expect(sends.length).toBeGreaterThan(10);
    // The type of the OA is asked once and kept; no message goes to the wrong address.
    expect(zalo.callsTo(/getoa/)).toHaveLength(1);
    expect(zalo.callsTo(/\/oa\/message/)).toHaveLength(sends.length);
  }, 60_000);

  it('left none of it in the log or the metrics', async () => {
    await leftNoTrace(service, person);
    expect(CANARY).not.toBe('');
  });
});
