import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDangerFit } from './danger-fit.js';
import { loadDangerRules } from './danger-rules.js';
import { loadDangerSentences } from './danger-sentences.js';
import { normalise } from './normalise.js';
import { compileDangerScreen, createDangerScreen } from './screen-danger.js';
import { parseSpelling } from './spelling.js';
import { fold } from './syllable.js';

const locale = join(process.cwd(), 'locales/vi');
const spelling = parseSpelling(readFileSync(join(locale, 'words/teen-spelling.tsv'), 'utf8'));
const rules = loadDangerRules(join(locale, 'danger'));
const screen = createDangerScreen(
  compileDangerScreen(
    rules,
    spelling,
    parseDangerFit(readFileSync(join(locale, 'danger/learned.tsv'), 'utf8')),
  ),
);
const danger = (text: string) => screen.screen(normalise(text, spelling));
const alarms = (text: string) =>
  screen
    .explain(normalise(text, spelling))
    .flatMap(({ rule, silencedBy }) => (silencedBy.length === 0 ? [rule] : []));

const TEEN: readonly (readonly [string, string])[] = [
  ['không', 'k'],
  ['mình', 'mk'],
  ['em', 'e'],
  ['được', 'đc'],
  ['với', 'vs'],
  ['rồi', 'r'],
  ['gì', 'j'],
  ['người', 'ng'],
  ['biết', 'bik'],
  ['muốn', 'mún'],
  ['quá', 'wá'],
  ['chết', 'chớt'],
  ['đánh', 'quánh'],
  ['nữa', 'nx'],
  ['làm', 'lm'],
  ['vào', 'vô'],
  ['đang', 'đag'],
  ['thằng', 'thg'],
  ['phải', 'fải'],
];
const teen = (text: string) =>
  text
    .split(' ')
    .map((word) => TEEN.find(([plain]) => plain === word)?.[1] ?? word)
    .join(' ');

test('no guard silences without marks what it lets through with them', () => {
  // "đánh trống" (beats the drum) is "danh trong" without marks, and so is "đánh trong" (beats inside).
  const guardsOf = (text: string): Set<string> =>
    new Set(
      screen
        .explain(normalise(text, spelling))
        .flatMap(({ silencedBy }) => silencedBy.map((by) => by.split(':')[0] ?? '')),
    );
  const told = loadDangerSentences(join(locale, 'danger')).filter(({ level }) => level === 'explicit');
  const silenced = told
    .flatMap(({ texts }) => texts)
    .filter((text) => {
      const bare = fold(text.toLowerCase());
      if (danger(text) === null || danger(bare) !== null) return false;
      const marked = guardsOf(text);
      return [...guardsOf(bare)].some((guard) => guard !== 'learned' && !marked.has(guard));
    });
  expect(silenced).toEqual([]);
});

describe('each danger rule', () => {
  for (const rule of rules.rules) {
    test(`${rule.id} alarms on its own examples and stays quiet on the others`, () => {
      expect(rule.must.filter((text) => !alarms(text).includes(rule.id))).toEqual([]);
      expect(rule.must.filter((text) => rule.folded && danger(fold(text.toLowerCase())) === null)).toEqual(
        [],
      );
      expect(rule.must.filter((text) => danger(teen(text)) === null)).toEqual([]);
      expect(rule.mustNot.filter((text) => danger(text) !== null)).toEqual([]);
    });
  }
});

describe('each guard', () => {
  for (const guard of rules.guards) {
    test(`${guard.id} keeps its examples quiet`, () => {
      expect(guard.quiet.filter((text) => danger(text) !== null)).toEqual([]);
    });
  }
});

describe('speaker and time', () => {
  test.each([
    'bạn em bị ba đánh bầm tím hết người',
    'con gái tôi sáu tuổi, tối nay kể bị bác bảo vệ sờ vào người',
    'học sinh lớp tôi ngày nào tới trường cũng có vết roi mới',
    'nhỏ bạn em uống hết vỉ thuốc ngủ rồi, em gọi nó không dậy',
    'nha ke ben danh thang nho khoc thet ca xom nghe',
    'em gái con bị bạn của ba sờ, nó không dám nói',
    'con trai lớn nhà tôi cứ nói không muốn sống nữa',
  ])('"%s" is told of somebody else', (text) => {
    expect(danger(text)).toMatchObject({ level: 'third_party' });
  });
  test.each([
    'cậu ruột cứ sờ người con mỗi khi nhà vắng',
    'ông thầy đó sờ đùi em trong giờ học thêm',
    'mấy chị lớp trên bắt em quỳ rồi tát em',
    'chu hang xom keo con vo nha khoa cua lai',
    'anh kia dọa đăng hình em nếu em k gửi thêm',
    'ba với dì nhốt con ngoài hiên mấy đêm nay, con đói',
    'tụi nó kêu em chết đi, giờ em cũng muốn chết thật',
  ])('"%s" is told of the one who writes, whoever does it', (text) => {
    expect(danger(text)).not.toBeNull();
    expect(danger(text)?.level).not.toBe('third_party');
  });
  test('what happened long ago is told as past', () => {
    expect(danger('hồi lớp 2 con bị chú sờ vùng kín')).toMatchObject({ kind: 'sexual_abuse', when: 'past' });
  });
  test('talk of a film does not hide what the speaker says of themself', () => {
    expect(danger('xem phim xong em muốn chết quá')).toMatchObject({ kind: 'suicide' });
    expect(danger('em chơi game thua ba đánh em chảy máu mũi')).toMatchObject({ kind: 'violence' });
  });
  test('empty and senseless input is no danger and no error', () => {
    for (const text of ['', '   ', '....', '😀😀', '\u0000', '\ud800', '('.repeat(5000)])
      expect(danger(text)).toBeNull();
  });
});

test('a message that breaks off before it says what happens does not alarm, and does with the rest', () => {
  for (const [piece, rest] of [
    ['em bị thầy', 'sờ vào người'],
    ['con bi chu ben nha', 'so vao cho kin'],
    ['con bị ông hàng xóm', 'kéo vào nhà đóng cửa'],
    ['bị ba', 'đánh bằng dây nịt'],
  ] as const) {
    expect([piece, danger(piece)]).toEqual([piece, null]);
    expect(danger(`${piece} ${rest}`)).not.toBeNull();
  }
});
