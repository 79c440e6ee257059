/** Shortest passphrase, in characters. Length is what protects; no rule about digits or signs. */
export const PASSPHRASE_MIN = 12;
const PASSPHRASE_MAX = 200;
const DIFFERENT_CHARACTERS = 5;

type PassphraseFault = 'too_short' | 'too_long' | 'too_plain' | 'is_name' | 'not_same';

/** One form for each way a keyboard may write Vietnamese, so that the same words always match. */
export function normalisePassphrase(text: string): string {
  return text.normalize('NFC');
}

/** What is wrong with a new passphrase typed twice; undefined when it is good. Both already normalised. */
export function passphraseFault(
  passphrase: string,
  repeated: string,
  signInName: string,
): PassphraseFault | undefined {
  const characters = [...passphrase];
  if (characters.length < PASSPHRASE_MIN) return 'too_short';
  if (characters.length > PASSPHRASE_MAX) return 'too_long';
  if (new Set(characters).size < DIFFERENT_CHARACTERS) return 'too_plain';
  if (
    signInName.length > 0 &&
    passphrase.toLowerCase().replaceAll(signInName, '').length < DIFFERENT_CHARACTERS
  )
    return 'is_name';
  return passphrase === repeated ? undefined : 'not_same';
}
