import { IntlMessageFormat } from 'intl-messageformat';

/** Values put into a text; always plain data, never markup. */
export type TextValues = Readonly<Record<string, string | number>>;
/** Gives the value of a placeholder when the text has it, so that nobody gathers what no text asks for; undefined: there is none. */
export type ValueOf = (name: string) => string | number | undefined;

/** A text, a placeholder, or a choice between texts by a value. */
type Part = string | { readonly name: string; readonly options?: ReadonlyMap<string, readonly Part[]> };
type Written = ReturnType<IntlMessageFormat['getAst']>;

// The kinds of parts by the numbers that the parser gives them.
const LITERAL = 0;
const ARGUMENT = 1;
const SELECT = 5;

/**
 * A text with placeholders, ready to be filled in. Nearly every one only names values and chooses by them: it is joined here, as
 * the library makes and merges a list of parts at each use. Numbers and plurals, and what is said of a missing value, are its own.
 */
export function fillerOf(text: string): (values: TextValues | ValueOf) => string {
  const format = new IntlMessageFormat(text, 'vi', undefined, { ignoreTag: true });
  const parts = partsOf(format.getAst());
  return (values) => {
    const find = typeof values === 'function' ? values : (name: string) => values[name];
    return (parts && fill(parts, find)) ?? String(format.format(recordOf(format.getAst(), values)));
  };
}

/** Undefined when the library must do it. */
function partsOf(written: Written): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const part of written) {
    if (part.type === LITERAL) parts.push(part.value);
    else if (part.type === ARGUMENT) parts.push({ name: part.value });
    else if (part.type === SELECT) {
      const options = new Map<string, readonly Part[]>();
      for (const [value, option] of Object.entries(part.options)) {
        const chosen = partsOf(option.value);
        if (chosen === undefined) return undefined;
        options.set(value, chosen);
      }
      parts.push({ name: part.value, options });
    } else return undefined;
  }
  return parts;
}

/** Undefined when a value or an option is missing. */
function fill(parts: readonly Part[], find: ValueOf): string | undefined {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = find(part.name);
    if (value === undefined) return undefined;
    if (part.options === undefined) {
      text += value;
      continue;
    }
    const chosen = part.options.get(String(value)) ?? part.options.get('other');
    const filled = chosen && fill(chosen, find);
    if (filled === undefined) return undefined;
    text += filled;
  }
  return text;
}

/** The values as the library wants them. */
function recordOf(written: Written, values: TextValues | ValueOf): TextValues {
  if (typeof values !== 'function') return values;
  const record: Record<string, string | number> = {};
  for (const name of namesIn(written)) {
    const value = values(name);
    if (value !== undefined) record[name] = value;
  }
  return record;
}

function namesIn(written: Written): string[] {
  return written.flatMap((part) => {
    if (part.type === LITERAL || !('value' in part)) return [];
    const within =
      'options' in part ? Object.values(part.options).flatMap(({ value }) => namesIn(value)) : [];
    return [part.value, ...within];
  });
}
