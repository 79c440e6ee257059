/**
 * The one home of folding: Latin letters lose every mark ("đánh" is "danh", "Đất" is "Dat"), whether they were typed as
 * one sign or with loose marks; other alphabets stay as they are. Lengths may change; case stays.
 */
export function fold(text: string): string {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) < 0x80) at += 1;
  if (at === text.length) return text;
  let out = text.slice(0, at);
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) out += text[at];
    else if (unit < 0x300 || (unit >= 0x1e00 && unit < 0x1f00)) out += plainOf(text[at] ?? '');
    else if (unit > 0x36f) out += text[at];
    // Between 0x300 and 0x36f stand the loose marks: they are left out.
  }
  return out;
}

const PLAIN = new Map<string, string>([
  ['đ', 'd'],
  ['Đ', 'D'],
]);

function plainOf(letter: string): string {
  let plain = PLAIN.get(letter);
  if (plain === undefined) {
    plain = letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
    PLAIN.set(letter, plain);
  }
  return plain;
}
