/** How many are made at once. */
const RECOVERY_CODES = 10;
const LENGTH = 12;
/** Digits and letters without i, l, o, u, which are misread on paper: 32 signs, 5 bits each, 60 bits a code. */
const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten fresh codes. */
export function newRecoveryCodes(randomBytes: (count: number) => Buffer): string[] {
  const newCode = () => [...randomBytes(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
  return Array.from({ length: RECOVERY_CODES }, newCode);
}

/** In groups of four, to be read and typed. */
export const inGroups = (signs: string): string => signs.replace(/(.{4})(?=.)/g, '$1 ');

/** A code as somebody typed it from paper, in its one form; undefined when it cannot be one. */
export function readRecoveryCode(typed: string): string | undefined {
  const signs = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return signs.length === LENGTH && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : undefined;
}
