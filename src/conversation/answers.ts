import type { AnswerValue } from './answer-value.js';

const SPACE = 0x20;

/**
 * What a flow has saved, by name: the names on one line ("safe what age") and the values in their order. A talk is read and
 * written at every message, and few of its answers are looked at in one: one line is read and written faster than so many
 * names, and to find one on it costs less than to sort all into an object.
 */
export class Answers {
  /** @param values taken over: whoever gives them changes them no more */
  constructor(
    public names = '',
    readonly values: AnswerValue[] = [],
  ) {}

  static of(answers: Readonly<Record<string, AnswerValue>>): Answers {
    return new Answers(Object.keys(answers).join(' '), Object.values(answers));
  }

  has(name: string): boolean {
    return this.placeOf(name) >= 0;
  }

  get(name: string): AnswerValue | undefined {
    const place = this.placeOf(name);
    return place < 0 ? undefined : this.values[place];
  }

  /** A saved answer that is a text; other kinds and none give undefined. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** An answer given anew stays in its place. */
  set(name: string, value: AnswerValue): void {
    const place = this.placeOf(name);
    if (place >= 0) this.values[place] = value;
    else {
      this.names = this.names === '' ? name : `${this.names} ${name}`;
      this.values.push(value);
    }
  }

  delete(name: string): void {
    const place = this.placeOf(name);
    if (place < 0) return;
    this.values.splice(place, 1);
    this.names = this.names
      .split(' ')
      .filter((_, at) => at !== place)
      .join(' ');
  }

  /** All of them, in the order in which they were first given. */
  all(): Record<string, AnswerValue> {
    const names = this.names === '' ? [] : this.names.split(' ');
    return Object.fromEntries(names.map((name, at) => [name, this.values[at] as AnswerValue]));
  }

  /** Which of the names it is; -1 when it is none. */
  private placeOf(name: string): number {
    const { names } = this;
    for (let at = names.indexOf(name); at >= 0; at = names.indexOf(name, at + 1)) {
      const end = at + name.length;
      const begins = at === 0 || names.charCodeAt(at - 1) === SPACE;
      if (begins && (end === names.length || names.charCodeAt(end) === SPACE)) return spacesBefore(names, at);
    }
    return -1;
  }
}

function spacesBefore(line: string, end: number): number {
  let spaces = 0;
  for (let at = 0; at < end; at += 1) if (line.charCodeAt(at) === SPACE) spaces += 1;
  return spaces;
}
