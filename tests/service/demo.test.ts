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

  it('opens the same cases with the same passphrases at the next start', async () => {
    const service = await startProgram({ dataDir, script });
    const lan = await signInAs(service, 'lan.rachgia');
    await lan.open(/\/console\/cases\/[0-9a-f-]{36}/.exec(lan.page)?.[0] ?? '');
    expect(lan.text()).toContain('tối nào cũng có tiếng la');
    // The second member of the office was let in by the first.
    const minh = await signInAs(service, 'minh.rachgia');
    await minh.open('/console/keys');
    expect(minh.text()).toContain('đang giữ khoá');
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
