/**
 * The reporter's way back: two ordinary-looking Vietnamese mobile numbers, written one under the other. Each is
 * 0, one of 3 5 7 8 9, and eight digits: 5 × 10⁸ values, so the pair holds 57.8 bits. It looks like nothing on a note
 * or in a phone's contacts.
 */
export interface Code {
  readonly first: string;
  readonly second: string;
}

const FIRST_DIGITS = '35789';

/** Makes a new code. `randomBytes(n)` must be cryptographically random. */
export function makeCode(randomBytes: (count: number) => Uint8Array): Code {
  const digit = (limit: number): number => {
    // Values that would favour the low digits are thrown away.
    const usable = 256 - (256 % limit);
    for (;;) {
      const [byte] = randomBytes(1);
      if (byte !== undefined && byte < usable) return byte % limit;
    }
  };
  const number = (): string =>
    `0${FIRST_DIGITS[digit(FIRST_DIGITS.length)]}${Array.from({ length: 8 }, () => digit(10)).join('')}`;
  return { first: number(), second: number() };
}

/** As shown to the reporter: "0912 345 678", two lines. */
export function writeCode(code: Code): string {
  return [code.first, code.second]
    .map((number) => `${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}`)
    .join('\n');
}

/**
 * Finds a code in what somebody typed: exactly two mobile numbers, with any spaces, dots, dashes or +84.
 * Undefined when there are not exactly two.
 */
export function readCode(text: string): Code | undefined {
  const numbers = mobileNumbers(text);
  const [first, second] = numbers;
  return first !== undefined && second !== undefined && numbers.length === 2 ? { first, second } : undefined;
}

/** The mobile numbers in what somebody typed, ten digits each. */
export const mobileNumbers = (text: string): readonly string[] =>
  [...text.normalize('NFKC').matchAll(/(?<!\d)(?:\+?84|0)[\s.–-]*([35789](?:[\s.–-]*\d){8})(?!\d)/g)].map(
    (match) => `0${(match[1] ?? '').replace(/\D/g, '')}`,
  );

/** What the lookup hash is made of. */
export const codeDigits = (code: Code): string => code.first + code.second;
