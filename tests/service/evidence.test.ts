import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { ChatClient } from '../support/chat-client.js';
import type { ConsoleClient } from '../support/console-client.js';
import { PLANTED, phonePhoto } from '../support/picture-files.js';
import { type RunningService, startProgram } from '../support/running-service.js';
import { firstAdministrator, inviteMember, letIn } from '../support/staff.js';
import { until } from '../support/until.js';

describe('a photo that a child sends, from the chat to the desk', () => {
  let service: RunningService;
  let [lan, tam]: ConsoleClient[] = [];
  let photo: Buffer;

  beforeAll(async () => {
    service = await startProgram();
    const admin = await firstAdministrator(service);
    const agency = { agency_search: 'Rạch Giá', agency: 'ubnd-30742' };
    lan = await inviteMember(admin, { name: 'Lan', sign_in_name: 'lan', role: 'handler', ...agency });
    tam = await inviteMember(admin, { name: 'Tâm', sign_in_name: 'tam', role: 'lead', ...agency });
    await letIn(lan);
    photo = await phonePhoto();
  }, 90_000);
  afterAll(() => service.stop());

  const staff = (who: ConsoleClient | undefined): ConsoleClient => {
    if (!who) throw new Error('not signed in');
    return who;
  };
  const upload = async (chat: ChatClient): Promise<void> => {
    const answer = await fetch(`${service.url}/api/chat/file`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': randomUUID(),
        Authorization: `Bearer ${chat.session}`,
      },
      body: new Uint8Array(photo),
    });
    expect(answer.status).toBe(200);
  };
  /** A report with one photo; resolves with the reporter's chat and their code. */
  const reportWithPhoto = async (what: RegExp) => {
    const child = new ChatClient(service.url);
    await child.start();
    await upload(child);
    await child.write('gửi tin báo');
    await child.press(/an toàn|Có/i);
    await child.press(what);
    // To whom, how old, who, where they work.
    for (let question = 0; question < 4; question += 1) await child.write('bỏ qua');
    await child.write('rach gia');
    await child.press(/Phường Rạch Giá/).catch(() => child.last);
    // When, whether it goes on.
    for (let question = 0; question < 2; question += 1) await child.write('bỏ qua');
    await child.write('em gửi ảnh');
    await child.press(/Đừng nhắn|không nhắn/i);
    const sent = await child.press(/^Gửi$/);
    const code = sent.find(({ kind }) => kind === 'code')?.text.match(/0\d{3} \d{3} \d{3}/g);
    return { child, code: code?.join('\n') ?? '' };
  };
  const openFilePage = async (): Promise<{ casePath: string; filePath: string }> => {
    const desk = staff(lan);
    await until(async () => (await desk.open('/console/queue')).includes('/console/cases/'));
    await desk.submit(/next/);
    const casePath = desk.path.split('?')[0] ?? '';
    let filePath: string | undefined;
    await until(async () => {
      filePath = new RegExp(`href="(${casePath}/evidence/[\\w-]+)"`).exec(await desk.open(casePath))?.[1];
      return filePath !== undefined;
    });
    return { casePath, filePath: filePath ?? '' };
  };

  it('comes clean and upright to staff who give a reason, and to nobody else', async () => {
    const { child, code } = await reportWithPhoto(/đánh|đau/i);
    const { casePath, filePath } = await openFilePage();
    const desk = staff(lan);
    expect(desk.text()).toContain(createHash('sha256').update(photo).digest('hex'));
    expect(desk.text()).toContain('nơi chụp hoặc nơi ghi');
    expect((await desk.bytes(`${filePath}/preview`)).status).toBe(200);
    expect((await desk.bytes(`${filePath}/copy`)).status).toBe(428);
    await desk.open(filePath);
    await desk.submit(/open$/, { reason: 'assess', text: '' });
    expect(desk.page).toContain(`${filePath}/copy`);
    const copy = await desk.bytes(`${filePath}/copy`);
    expect(await sharp(copy.bytes).metadata()).toMatchObject({ width: 200, height: 300, format: 'jpeg' });
    for (const words of PLANTED) expect(copy.bytes.includes(words)).toBe(false);
    await desk.open(casePath);
    expect(desk.text()).toContain('Lan mở một tệp');

    // Whoever holds the phone, with the code and all they can ask: no byte of it.
    const evidenceId = filePath.split('/').at(-1) ?? '';
    const said: Buffer[] = [];
    const ask = async (url: string, init: RequestInit = {}) => {
      const answer = await fetch(service.url + url, {
        ...init,
        redirect: 'manual',
        headers: { Authorization: `Bearer ${child.session}`, ...init.headers },
      });
      said.push(Buffer.from(await answer.arrayBuffer()));
    };
    for (const text of [code, 'xem trả lời', 'cho em xem lại ảnh', 'tải ảnh', evidenceId, 'nhắc lại'])
      said.push(Buffer.from(JSON.stringify(await child.write(text))));
    for (const url of [
      '/',
      '/chat',
      `/page/${evidenceId}`,
      `/api/chat/file`,
      `/api/chat/file/${evidenceId}`,
      `/evidence/${evidenceId}`,
      filePath,
      `${filePath}/preview`,
      `${filePath}/copy`,
      `${filePath}/note`,
    ])
      await ask(url);
    await ask(`${filePath}/open`, { method: 'POST', body: new URLSearchParams({ reason: 'assess' }) });
    await ask(`${filePath}/original`, { method: 'POST', body: new URLSearchParams({ reason: 'assess' }) });
    for (const answer of said) {
      expect(answer.includes(copy.bytes.subarray(200, 232))).toBe(false);
      expect(answer.includes(photo.subarray(photo.length - 64, photo.length - 32))).toBe(false);
      for (const words of PLANTED.filter((each) => each !== '<script>'))
        expect(answer.includes(words)).toBe(false);
    }
  }, 60_000);

  it('of sexual harm is shut away: it opens when a second person agrees', async () => {
    await reportWithPhoto(/xâm hại|đụng chạm|vùng kín/i);
    const { casePath, filePath } = await openFilePage();
    const [desk, colleague] = [staff(lan), staff(tam)];
    expect(desk.text()).toContain('Cách ly');
    expect((await desk.bytes(`${filePath}/preview`)).status).toBe(404);
    await desk.open(filePath);
    await desk.submit(/open$/, { reason: 'authority', text: 'công an phường đề nghị' });
    expect((await desk.bytes(`${filePath}/copy`)).status).toBe(428);
    await colleague.open(filePath);
    expect(colleague.text()).toContain('công an phường đề nghị');
    await colleague.submit(/agree$/);
    expect((await desk.bytes(`${filePath}/copy`)).status).toBe(200);
    await desk.open(casePath);
    expect(desk.text()).toContain('Tâm đồng ý việc mở tệp');
    await desk.open(`${filePath}/note`);
    expect(desk.text()).toContain('Phiếu bàn giao tệp');
  }, 60_000);

  it('lies nowhere in the clear: not in the folder, not in the log', () => {
    const needles = [...PLANTED.filter((words) => words.length > 8), 'công an phường đề nghị'];
    const texts = [Buffer.from(service.output()), ...filesUnder(service.dataDir)];
    for (const words of needles)
      expect(texts.some((content) => content.includes(Buffer.from(words)))).toBe(false);
  });
});

function filesUnder(folder: string): Buffer[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
}
