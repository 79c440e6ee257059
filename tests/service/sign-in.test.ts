import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConsoleClient } from '../support/console-client.js';
import { startProgram } from '../support/running-service.js';
import { firstAdministrator, PASSPHRASE } from '../support/staff.js';

describe('signing in to the true program', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-sign-in-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('asks for the code of the app, and after a restart still knows which one was used', async () => {
    let service = await startProgram({ dataDir });
    const admin = await firstAdministrator(service);
    expect(admin.text()).toContain('Người dùng');
    await admin.submit(/sign-out/);
    const passphrase = { sign_in_name: 'quantri', passphrase: PASSPHRASE };
    await admin.submit(/sign-in/, passphrase);
    await admin.open('/console/people');
    expect(admin.text()).not.toContain('Người dùng');
    await admin.answerSecondStep();
    expect(admin.text()).toContain('Đã bật mã xác nhận');
    const used = admin.lastCode ?? '';
    await service.stop();

    service = await startProgram({ dataDir });
    const thief = new ConsoleClient(service.url);
    await thief.open('/console/sign-in');
    await thief.submit(/sign-in/, passphrase);
    await thief.submit(/second-step/, { code: used });
    expect(thief.text()).toMatch(/đã dùng rồi|chưa khớp|đã cũ/);
    await thief.open('/console/people');
    expect(thief.path).toContain('/console/second-step');
    expect(await service.stop()).toBe(0);
    expect(service.output()).not.toContain(used);
  }, 60_000);
});
