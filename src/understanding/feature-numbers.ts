/** Names of features and their numbers, given as they come. */
export class FeatureNumbers {
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(name, fresh);
    return fresh;
  }

  entries(): IterableIterator<[string, number]> {
    return this.#numbers.entries();
  }

  all(names: Iterable<string>): Int32Array {
    return Int32Array.from(names, (name) => this.of(name));
  }
}
