import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ChatClient } from '../support/chat-client.js';
import type { ConsoleClient } from '../support/console-client.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember, letIn } from '../support/staff.js';
import { until } from '../support/until.js';

const PLACE = '30742';
const audit = async (dataDir: string, ...args: string[]): Promise<{ code: number; out: string }> => {
  try {
    const { stdout, stderr } = await promisify(execFile)('node', ['dist/commands/audit.js', ...args], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    });
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
};

describe('the life of a case, on the true pages without scripts', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lang-nghe-life-'));
  let service: RunningService;
  let lan: ConsoleClient;
  let minh: ConsoleClient;
  let bao: ConsoleClient;
  let casePath: string;

  beforeAll(async () => {
    service = await startProgram({ dataDir });
    const admin = await firstAdministrator(service);
    const invite = (name: string, sign_in_name: string, role: string, agency: string) =>
      inviteMember(admin, { name, sign_in_name, role, agency, agency_search: '' });
    lan = await invite('Nguyễn Thị Lan', 'lan', 'lead', `ubnd-${PLACE}`);
    minh = await invite('Trần Văn Minh', 'minh', 'handler', `ubnd-${PLACE}`);
    await letIn(lan);
    bao = await invite('Phạm Quốc Bảo', 'bao', 'handler', `ca-${PLACE}`);
    const reporter = new ChatClient(service.url);
    await reporter.start();
    await reporter.write('gửi tin báo');
    await reporter.press(/an toàn|Có/i);
    await reporter.press(/đánh|đau/i);
    for (let question = 0; question < 4; question += 1) await reporter.write('bỏ qua');
    await reporter.write('phường rạch giá');
    if (reporter.last.some(({ choices }) => choices.some(({ label }) => /Phường Rạch Giá/.test(label))))
      await reporter.press(/Phường Rạch Giá/);
    for (let question = 0; question < 2; question += 1) await reporter.write('bỏ qua');
    await reporter.write('Con nghe tiếng em nhỏ khóc mỗi đêm ở nhà bên.');
    await reporter.press(/Đừng nhắn/i);
    await reporter.press(/^Gửi$/);
    await until(async () => (await lan.open('/console/queue')).includes('/console/cases/'), 20_000);
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('goes on step by step, with notes, and to a colleague and back', async () => {
    await minh.open('/console/queue');
    await minh.submit(/queue\/next/);
    casePath = minh.path.split('?')[0] ?? '';
    await minh.submit(/\/move$/, { to: 'assess' });
    expect(minh.text()).toContain('Đã ghi bước mới của việc.');
    expect(minh.text()).toContain('bắt đầu đánh giá');
    await minh.submit(/\/note$/, { text: '   ' });
    expect(minh.text()).toContain('Ghi chú chưa có nội dung');
    await minh.submit(/\/note$/, { text: 'Đã đến nhà, <b>không</b> gặp ai.' });
    expect(minh.text()).toContain('Đã đến nhà, <b>không</b> gặp ai.');
    expect(minh.page).not.toContain('<b>không</b>');
    const colleague = /<option value="([0-9a-f-]{36})">Nguyễn Thị Lan/.exec(minh.page)?.[1] ?? '';
    await minh.submit(/\/hand-over$/, { colleague });
    expect(minh.text()).toContain('Đã giao việc cho đồng nghiệp.');
    expect(minh.page).not.toContain('/move"');
    await lan.open(casePath);
    expect(lan.text()).toContain('Trong 15 phút qua cũng mở xem: Trần Văn Minh.');
    await lan.submit(/\/give-back$/, { reason: 'too_much' });
    await lan.open('/console/queue');
    expect(lan.page).toContain(casePath);
    await minh.open(casePath);
    await minh.submit(/\/take$/);
  });

  it('an old page that moves it again is told, and nothing breaks', async () => {
    await lan.open(casePath);
    const old = lan.page;
    await lan.submit(/\/give-back$/, { reason: 'other' });
    lan.page = old;
    await lan.submit(/\/give-back$/, { reason: 'other' });
    expect(lan.text()).toContain('việc này vừa đổi trạng thái');
    await lan.submit(/\/take$/);
    await lan.submit(/\/hand-back$/, {});
    expect(lan.text()).toContain('Anh/chị chọn một lý do');
    await lan.submit(/\/hand-back$/, { reason: 'not_competent' });
    expect(lan.text()).toContain('ở trên chưa có nơi nào nhận được việc này');
  });

  it('is opened to the police, who see the least first and then the case', async () => {
    await lan.open(`${casePath}/refer`);
    const offer = {
      kind: 'open',
      agency_search: 'công an rạch giá',
      reason: 'crime',
      ground: 'report-of-crime',
      consent: 'override',
      words: 'Nhờ cùng xác minh trong hôm nay.',
    };
    await lan.submit(/\/refer$/, { step: 'search', agency_search: 'công an rạch giá' });
    expect(lan.page).toContain(`value="ca-${PLACE}"`);
    expect(lan.page).not.toContain('value="ca-30760"');
    await lan.submit(/\/refer$/, { ...offer, agency: `ca-${PLACE}` });
    expect(lan.text()).toContain('Chưa có ai đồng ý thì phải ghi lý do');
    expect(lan.page).toContain('Nhờ cùng xác minh trong hôm nay.</textarea>');
    await lan.submit(/\/refer$/, { ...offer, agency: `ca-${PLACE}`, override: 'Có dấu hiệu nguy hiểm.' });
    expect(lan.text()).toContain('Đã gửi đề nghị.');
    await bao.open(casePath).catch(() => undefined);
    expect(bao.text()).toContain('Không tìm thấy trang này');
    await bao.open('/console/queue');
    const offered = /\/console\/offers\/[0-9a-f-]{36}/.exec(bao.page)?.[0] ?? '';
    await bao.open(offered);
    expect(bao.text()).toContain('Nhờ cùng xác minh trong hôm nay.');
    expect(bao.text()).not.toContain('tiếng em nhỏ khóc');
    await bao.submit(/\/accept$/);
    expect(bao.text()).toContain('Cơ quan mình phối hợp việc này.');
    expect(bao.text()).toContain('tiếng em nhỏ khóc');
    expect(bao.page).not.toMatch(/\/reply"|\/close"|\/move"|\/refer"/);
    await bao.submit(/\/note$/, { text: 'Công an đã xác minh.' });
    await bao.open('/console/queue');
    expect(bao.text()).toContain('Việc cơ quan mình phối hợp');
    await lan.open(casePath);
    expect(lan.text()).toContain('Công an đã xác minh.');
    await lan.submit(/\/end$/, { reason: 'not_needed' });
    await bao.open(casePath).catch(() => undefined);
    expect(bao.text()).toContain('Không tìm thấy trang này');
  });

  it('goes over to the police whole, and is closed and opened again there', async () => {
    await lan.open(`${casePath}/refer`);
    await lan.submit(/\/refer$/, {
      kind: 'move',
      agency: `ca-${PLACE}`,
      reason: 'competent_there',
      ground: 'receive-and-coordinate',
      consent: 'reporter',
      words: 'Việc thuộc công an.',
    });
    await bao.open('/console/queue');
    const offered = /\/console\/offers\/[0-9a-f-]{36}/.exec(bao.page)?.[0] ?? '';
    await bao.open(offered);
    await bao.submit(/\/reject$/, {});
    expect(bao.text()).toContain('Anh/chị chọn một lý do');
    await bao.submit(/\/accept$/);
    expect(bao.text()).toContain('Đến lượt anh/chị.');
    await lan.open(casePath).catch(() => undefined);
    expect(lan.text()).toContain('Không tìm thấy trang này');
    await bao.submit(/\/close$/, { outcome: 'child_safe' });
    await bao.submit(/\/close$/);
    expect(bao.text()).toContain('Đã đóng việc.');
    await bao.submit(/\/reopen$/, { reason: 'not_safe' });
    expect(bao.text()).toContain('Đã mở lại việc.');
    expect(bao.text()).toContain('Trẻ lại không an toàn');
  });

  it('shows the lead who looked, and nobody else', async () => {
    await lan.open('/console/looks');
    expect(lan.text()).toContain('Ai đã xem');
    await bao.open('/console/looks').catch(() => undefined);
    expect(bao.text()).toContain('không thuộc vai trò');
  });

  it('the record is examined with a command that says what to do while the service runs', async () => {
    const busy = await audit(dataDir, 'verify');
    expect(busy).toMatchObject({ code: 2 });
    expect(busy.out).toContain('stop the service, run this again, start it');
    await bao.open(casePath);
    const number = /Việc số (\d\d-\d{4})/.exec(bao.text())?.[1] ?? '';
    await service.stop();
    const whole = await audit(dataDir, 'verify');
    expect(whole.out).toMatch(/OK: \d+ events of 1 cases, \d+ acts of staff, \d+ anchors\./);
    expect(whole).toMatchObject({ code: 0 });
    const newest = /write down elsewhere: (\d+:[0-9a-f]{64})/.exec(whole.out)?.[1] ?? '';
    expect(whole.out).not.toContain('younger than the newest anchor');
    expect(await audit(dataDir, 'verify', '--anchor', newest)).toMatchObject({ code: 0 });
    expect((await audit(dataDir, 'verify', '--anchor', `1:${'0'.repeat(64)}`)).code).toBe(1);
    const shown = await audit(dataDir, 'show', number);
    expect(shown.out).toMatch(/referral_accepted +Phạm Quốc Bảo/);
    expect(shown.out).not.toContain('khóc');
    expect((await audit(dataDir, 'show', '26-9999')).code).toBe(1);
    expect((await audit(dataDir, 'look')).code).toBe(2);
    expect(service.output()).not.toMatch(/khóc|xác minh|Bảo|Lan/);
  }, 120_000);
});
