import type { Person } from '../stand-ins/person.js';
import { ChatClient, textOf } from './chat-client.js';
import type { ConsoleClient } from './console-client.js';
import { Phone } from './phone.js';
import type { RunningService } from './running-service.js';
import { GOOD_FILES } from './small-files.js';
import { firstAdministrator, inviteMember } from './staff.js';
import { until } from './until.js';

/** Words that must be found nowhere but on the screens of the two people who talk. */
export const CANARY = 'vọng-canh-tím-7731';
export const REPLY_CANARY = 'hồi-âm-lam-9920';

const CODE = /0\d{3} \d{3} \d{3}\n0\d{3} \d{3} \d{3}/;

/**
 * The whole journey of somebody on a channel: a cited answer, the emergency card first, a report with a picture in a commune
 * they pick, the queue of staff, their reply into the chat, and the same by the code from another channel.
 */
export async function walkTheJourney(service: RunningService, person: Person): Promise<void> {
  const phone = new Phone(person);
  const lan = await newHandler(service);

  await phone.after(person.start(), /111/);
  const answer = await phone.write('thầy cô đánh học sinh có được không', /Căn cứ/);
  expect(answer.map(({ text }) => text).join('\n')).toMatch(/Điều \d+/);

  const [card] = await phone.write('em không muốn sống nữa', /an toàn|giúp/i);
  expect(card?.text).toContain('111');

  const code = await sendReport(phone, person);

  await until(async () => (await lan.open('/console/queue')).includes('/console/cases/'));
  await lan.submit(/next/);
  expect(lan.text()).toContain(CANARY);
  await until(async () => /\/evidence\/[\w-]+"/.test(await lan.open(lan.path)), 15_000);
  expect(lan.text()).toContain('Ảnh');
  await lan.submit(/reply/, { text: `Cô chú đã nhận tin của em. ${REPLY_CANARY}` });
  await phone.sees(new RegExp(REPLY_CANARY));
  await until(async () => /Đã gửi đến máy/.test(await lan.open(lan.path)));

  const elsewhere = new ChatClient(service.url);
  await elsewhere.start();
  expect(textOf(await elsewhere.write(code))).toContain(REPLY_CANARY);
  expect(textOf(elsewhere.last)).not.toContain(CANARY);
}

/** The first member of the commune's committee in Rạch Giá, signed in. */
export const newHandler = async (service: RunningService): Promise<ConsoleClient> =>
  inviteMember(await firstAdministrator(service), {
    name: 'Nguyễn Thị Lan',
    sign_in_name: 'lan',
    role: 'handler',
    agency_search: 'Rạch Giá',
    agency: 'ubnd-30742',
  });

/** A short report with a picture in a commune they pick, with "reply to me here". Resolves with the code. */
export async function sendReport(phone: Phone, person: Person): Promise<string> {
  await phone.write('em muốn gửi tin báo', /an toàn/i);
  await phone.press(/an toàn|^Có/i, /chuyện gì|Chuyện/i);
  await phone.press(/đánh|đau/i, /với ai|ai/i);
  await phone.write('em', /tuổi/i);
  await phone.write('14', /ai/i);
  await phone.write('ba', /làm ở|làm việc/i);
  await phone.press(/không làm ở đó/i, /ở đâu|xã|phường|nơi/i);
  await phone.write('phường Rạch Giá', /khi nào|hôm nào|lúc nào/i);
  await phone.write('tối qua', /còn|tiếp/i);
  await phone.press(/Vẫn còn/, /kể|lời/i);
  await phone.write(`chuyện của em: ${CANARY}`, /trả lời|viết cho|báo lại/i);
  await phone.after(
    person.sendFile({ kind: 'photo', bytes: GOOD_FILES['image/jpeg'], caption: 'hình của em' }),
    /nhận|giữ|ảnh|tệp/i,
  );
  await phone.press(/trả lời vào đây/i, /lúc nào/i);
  await phone.press(/lúc nào cũng được/i, /Gửi/);
  const sent = await phone.press(/^Gửi$/, CODE);
  const code = sent.map(({ text }) => CODE.exec(text)?.[0]).find((found) => found !== undefined);
  if (code === undefined) throw new Error('There was no code.');
  return code;
}

/** Nothing of what was said, and no id of the person, in log or metrics. */
export async function leftNoTrace(service: RunningService, person: Person): Promise<void> {
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  for (const word of [CANARY, REPLY_CANARY, 'Rạch Giá', person.id]) {
    expect(service.output()).not.toContain(word);
    expect(metrics).not.toContain(word);
  }
  expect(metrics).toContain('lang_nghe_channel_events_total');
}
