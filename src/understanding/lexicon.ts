/**
 * Syllables and their numbers. While it is open every new name gets a number; once closed, names it never saw are -1, so
 * that messages cannot make it grow.
 */
export class Lexicon {
  readonly #numbers: Map<string, number>;
  readonly #names: string[];
  #open: boolean;

  /** @param names of a kept lexicon, in the order of their numbers; it is closed. Without, an open and empty one. */
  constructor(names?: readonly string[]) {
    this.#names = [...(names ?? [])];
    this.#numbers = new Map(this.#names.map((name, number) => [name, number]));
    this.#open = names === undefined;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (!this.#open) return -1;
    const fresh = this.#names.length;
    this.#names.push(name);
    this.#numbers.set(name, fresh);
    return fresh;
  }

  close(): void {
    this.#open = false;
  }
}
