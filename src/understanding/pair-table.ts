/** The numbers of a `PairTable`, as they are kept in a file. `length` is a power of two. */
export interface PairTableState {
  firsts: Int32Array;
  seconds: Int32Array;
  values: Int32Array;
  count: number;
}

const EMPTY = -1;

/** Pairs of numbers from 0 on, and a whole number for each: a hash table in typed arrays, for inner loops. */
export class PairTable {
  readonly state: PairTableState;

  constructor(state: PairTableState = emptyState(64)) {
    this.state = state;
  }

  get size(): number {
    return this.state.count;
  }

  /** The value of the pair; `missing` where there is none, and for numbers below 0. */
  get(first: number, second: number, missing: number): number {
    const { firsts, seconds, values } = this.state;
    if (first < 0 || second < 0) return missing;
    const mask = firsts.length - 1;
    let at = mix(first, second) & mask;
    for (;;) {
      const here = firsts[at] ?? EMPTY;
      if (here === EMPTY) return missing;
      if (here === first && seconds[at] === second) return values[at] ?? missing;
      at = (at + 1) & mask;
    }
  }

  set(first: number, second: number, value: number): void {
    const { state } = this;
    if (state.count * 2 >= state.firsts.length) this.#grow();
    const mask = state.firsts.length - 1;
    let at = mix(first, second) & mask;
    while (state.firsts[at] !== EMPTY && !(state.firsts[at] === first && state.seconds[at] === second))
      at = (at + 1) & mask;
    if (state.firsts[at] === EMPTY) state.count += 1;
    state.firsts[at] = first;
    state.seconds[at] = second;
    state.values[at] = value;
  }

  /** Forgets the pairs whose value is not to be kept. */
  keepOnly(isKept: (value: number) => boolean): void {
    this.#refill(64, isKept);
  }

  #grow(): void {
    this.#refill(this.state.firsts.length * 2, () => true);
  }

  #refill(length: number, isKept: (value: number) => boolean): void {
    const { firsts, seconds, values } = this.state;
    Object.assign(this.state, emptyState(length));
    firsts.forEach((first, at) => {
      const value = values[at] ?? 0;
      if (first !== EMPTY && isKept(value)) this.set(first, seconds[at] ?? 0, value);
    });
  }
}

function emptyState(length: number): PairTableState {
  return {
    firsts: new Int32Array(length).fill(EMPTY),
    seconds: new Int32Array(length),
    values: new Int32Array(length),
    count: 0,
  };
}

function mix(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}
