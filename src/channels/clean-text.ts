/** Control characters other than tab and line feed; they mean nothing to people and PostgreSQL refuses one of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** What a person wrote, fit to be understood and stored: NFC, line ends as line feeds, no control characters, no half characters, trimmed. */
export const cleanText = (raw: string): string =>
  raw.replace(/\r\n?/g, '\n').replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd').normalize('NFC').trim();
