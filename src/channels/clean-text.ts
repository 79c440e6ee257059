/** Control characters other than tab and line feed; they mean nothing to people and PostgreSQL refuses one of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Words as a person sent them, in the one form everything behind the channels expects: NFC, plain line ends, no control characters, trimmed. */
export function cleanText(raw: string): string {
  return raw
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .normalize('NFC')
    .trim();
}
