import { vietnamDay } from '../directory/vietnam-day.js';
import { createUnderstanding } from './create-understanding.js';
import { fold } from './syllable.js';

/** Plain cries: each must be heard from whoever writes it, however it is typed. "#" is who writes. */
const CRIES = {
  violence: `
    # bị đánh
    ba đánh # hoài
    mẹ đánh # chảy máu
    ba đang đánh #
    # bị ba đánh bầm tím
    ba cầm dao đòi giết #
    # bị cô giáo đánh
    bạn đánh # hội đồng
    # bị cả nhóm đánh
    # bị tát ù tai
    # bị đá vào bụng
    # bị dìm xuống nước
    # bị nhốt trong nhà
    # bị trói
    # không muốn về nhà vì bị đánh
    cứu # với`,
  sexual_abuse: `
    # bị hiếp dâm
    # bị sàm sỡ
    # bị xâm hại
    # bị bố dượng làm bậy
    chú sờ ngực #
    ông ngoại sờ chỗ kín của #
    thầy ôm # rồi sờ
    thầy bắt # cởi áo
    chú hàng xóm hôn #
    bố dượng vào phòng # ban đêm
    anh họ bắt # cởi đồ
    # bị bạn trai ép quan hệ
    # bị quay lén lúc tắm
    # có thai mới 13 tuổi
    # bị ép tiếp khách`,
  suicide: `
    # muốn chết
    # muốn chết luôn
    # muốn chết thật sự
    học áp lực quá # muốn chết
    mệt mỏi quá # muốn chết
    # chỉ muốn chết
    # chán đời muốn chết
    # muốn tự tử
    # không muốn sống nữa
    # hết muốn sống
    # chán sống
    # muốn nhảy lầu
    # muốn kết thúc tất cả
    # muốn ngủ mãi không dậy
    # đang đứng trên sân thượng
    # viết thư tuyệt mệnh rồi
    tối nay # sẽ chết
    # chết cho ba mẹ vừa lòng
    bạn # uống thuốc tự tử`,
  self_harm: `
    # rạch tay
    # hay rạch tay
    # đang cắt tay
    # tự cắt da
    # tự làm đau mình
    bạn # rạch tay`,
  poison_overdose: `
    # uống thuốc trừ sâu rồi
    # uống nhiều thuốc ngủ
    # uống quá nhiều paracetamol
    # vừa uống hết vỉ thuốc
    # uống nhầm thuốc chuột
    # nuốt pin rồi`,
  abduction: `
    # bị bắt cóc
    # bị lừa sang campuchia
    # bị bán qua trung quốc
    # bị chủ giữ không cho về
    có người lạ kéo # lên xe
    mẹ bán # cho người ta
    # bị ép lấy chồng
    # bị bắt đi ăn xin không đủ tiền là bị đánh`,
  runaway: `
    # bỏ nhà đi rồi
    # trốn nhà ra ngoài rồi
    # bị đuổi khỏi nhà
    # đang ở bến xe một mình
    # đang ở ngoài đường không có chỗ ngủ
    # ngủ ngoài công viên`,
  serious_injury: `
    # đang chảy máu nhiều
    # bị té gãy tay
    # bị phỏng nặng
    # bị rắn cắn
    # bị điện giật
    em bé bị sặc sữa tím tái`,
  acute_neglect: `
    # bị bỏ đói
    ba mẹ bỏ # ở nhà một mình mấy ngày rồi
    # với em chưa ăn gì hai ngày
    mẹ bỏ # với em đi rồi`,
  online_blackmail: `
    # bị dọa tung ảnh nóng
    nó đòi tung ảnh nude của #
    nó có clip nóng của #
    # bị ép gửi ảnh khỏa thân
    nó bắt # gửi ảnh vùng kín
    bạn trai cũ dọa tung clip của #`,
};
const WHO = ['em', 'e', 'con', 'cháu', 'chau', 'tui', 'mình', 'minh', 'mk', 'tôi', 'toi', 'tao', 't'];
/** As people type in haste: with marks, without, in teen spelling. */
const WAYS = [
  (text: string) => text,
  fold,
  (text: string) =>
    text.replace(/không/g, 'ko').replace(/muốn/g, 'mún').replace(/rồi/g, 'r').replace(/với/g, 'vs'),
];

const { screenDanger } = createUnderstanding({ root: process.cwd(), today: vietnamDay(Date.now()) });

it.each(Object.entries(CRIES))(
  'hears a plain cry from everybody, however it is typed: %s',
  (_kind, cries) => {
    const lines = cries.trim().split('\n');
    const typed = lines.flatMap((line) =>
      WHO.flatMap((who) => WAYS.map((way) => way(line.trim().replace('#', who)))),
    );
    expect(typed.filter((text) => screenDanger(text) === null)).toEqual([]);
  },
);

it.each([
  'con uốn thuốt chuột gồi',
  'con bị đáng đao quá',
  'em hok mún sốn nửa',
  'chú hàn xóm xờ chổ kính của con',
  'con bị nhốc chong nhà',
  'chời tối rồi con lạc đườn',
  'em bị thầy xờ',
  'nó dọa đăn hình của em',
])('hears a plain cry of somebody who writes what they hear: %s', (text) => {
  expect(screenDanger(text)).not.toBeNull();
});

it.each([
  'mẹ em đánh em bằng dây điện, có bị phạt không',
  'bố dượng sờ vào người con, bố có phải đi tù không ạ',
  'chú họ hay sờ soạng em thì chú có bị đi tù không',
  'thầy giáo đụng vào ngực em, thầy có bị xử lý không',
  'ba em xỉn cầm dao rượt em, ba có bị bắt không',
  'cháu tôi bị hàng xóm hiếp dâm thì hung thủ bị tội gì',
  'mẹ em nhốt em trong nhà kho cả đêm, như vậy có phạm luật không',
])('hears what is told beside a question about the law: %s', (text) => {
  expect(screenDanger(text)).not.toBeNull();
});

it.each([
  'đánh con bị phạt bao nhiêu tiền',
  'thầy dâm ô học sinh bị phạt bao nhiêu năm tù',
  'hành vi hiếp dâm người dưới 16 tuổi bị phạt thế nào',
  'đói muốn chết',
  'mệt muốn chết luôn á',
  'buồn ngủ quá em muốn chết',
  'ế muốn chết',
  'Cho tôi hỏi thêm một việc nữa',
])('stays quiet where somebody only asks about the law, or only says so: %s', (text) => {
  expect(screenDanger(text)).toBeNull();
});
