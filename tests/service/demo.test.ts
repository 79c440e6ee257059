import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConsoleClient } from '../support/console-client.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { until } from '../support/until.js';

describe('the demo', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-demo-'));
  const script = 'dist/commands/demo.js';
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const signInAs = async (service: RunningService, name: string): Promise<ConsoleClient> => {
    const line = new RegExp(`${name.replace('.', '\\.')} · mật khẩu: ([\\d ]+)`);
    await until(() => line.test(service.output()), 20_000);
    const staff = new ConsoleClient(service.url);
    await staff.open('/console/sign-in');
    await staff.submit(/sign-in/, {
      sign_in_name: name,
      passphrase: line.exec(service.output())?.[1]?.trim() ?? '',
    });
    return staff;
  };

  it('fills an empty database with invented staff and cases, and prints how to sign in', async () => {
    const service = await startProgram({ dataDir, script });
    const lan = await signInAs(service, 'lan.rachgia');
    expect(lan.text()).toContain('Phường Rạch Giá');
    expect(lan.page.match(/\/console\/cases\//g)?.length).toBeGreaterThan(1);
    const han = await signInAs(service, 'han.soyte');
    await han.open('/console/queue?tab=mine');
    expect(han.page).toContain('/console/cases/');
    expect(await service.stop()).toBe(0);
  }, 60_000);

  it('keeps the cases at the next start and makes fresh passphrases', async () => {
    const service = await startProgram({ dataDir, script });
    const lan = await signInAs(service, 'lan.rachgia');
    expect(lan.text()).toContain('Phường Rạch Giá');
    expect(await service.stop()).toBe(0);
  }, 60_000);

  it('refuses a database with staff of its own', async () => {
    const service = await startProgram({ dataDir, script });
    const admin = await signInAs(service, 'tam.quantri');
    await admin.open('/console/people/invite');
    await admin.submit(/invite/, { name: 'Người thật', sign_in_name: 'that', role: 'oversight' });
    await service.stop();
    await expect(startProgram({ dataDir, script })).rejects.toThrow('staff of its own');
  }, 60_000);
});
