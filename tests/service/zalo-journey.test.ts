import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ZaloPerson } from '../stand-ins/zalo/person.js';
import { ZaloStandIn } from '../stand-ins/zalo.js';
import { CANARY, leftNoTrace, REPLY_CANARY, walkTheJourney } from '../support/channel-journey.js';
import { type RunningService, startProgram } from '../support/running-service.js';

describe.each([
  ['a business OA', 2, '/v3.0/oa/message/cs'],
  ['a government OA', 4, '/v2.0/oa/message'],
] as const)('a person’s journey on Zalo with %s', (_, oaType, messageApi) => {
  let zalo: ZaloStandIn;
  let service: RunningService;
  let person: ZaloPerson;

  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-'));

  beforeAll(async () => {
    zalo = await ZaloStandIn.start({ oaType });
    service = await startProgram({ dataDir, env: zalo.environment() });
    zalo.webhook.url = `${service.url}/webhooks/zalo`;
    person = zalo.person();
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await zalo.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('answers, warns, takes a report with a picture, and brings the reply of staff back', async () => {
    await walkTheJourney(service, person);
    const sends = zalo.callsTo(/\/message/).filter((call) => call.path === messageApi);
    expect(sends.length).toBeGreaterThan(10);
    // The type of the OA is asked once and kept; no message goes to the wrong address.
    expect(zalo.callsTo(/getoa/)).toHaveLength(1);
    expect(zalo.callsTo(/\/oa\/message/)).toHaveLength(sends.length);
  }, 60_000);

  it('left none of it in the log, the metrics or the bytes on the disk', async () => {
    await leftNoTrace(service, person);
    expect(await service.stop()).toBe(0);
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const bytes = readFileSync(path.join(file.parentPath, file.name));
      for (const word of [person.id, CANARY, REPLY_CANARY]) expect(bytes.includes(word)).toBe(false);
    }
  });
});
