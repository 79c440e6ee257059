import { IntlMessageFormat } from 'intl-messageformat';

type Parts = ReturnType<IntlMessageFormat['getAst']>;

const LITERAL = 0;
/** A text with more wordings than this has too many choices in it to be read by anybody; the rest is left out. */
const MOST = 200;

/** One wording as far as it is put together, and which branch each of its choices took. */
interface Wording {
  readonly text: string;
  readonly taken: Readonly<Record<string, string>>;
}

/**
 * Everything a text can come to: each branch of its choices ("{state, select, …}") with the placeholders left standing as
 * "{name}". For checks that must hold whatever the values are.
 */
export function wordingsOf(text: string): readonly string[] {
  if (!text.includes('{')) return [text];
  const parts = new IntlMessageFormat(text, 'vi', undefined, { ignoreTag: true }).getAst();
  const wordings = extend([{ text: '', taken: {} }], parts);
  return [...new Set(wordings.map((wording) => wording.text))];
}

function extend(begun: readonly Wording[], parts: Parts): readonly Wording[] {
  let wordings = begun;
  for (const part of parts) {
    if ('options' in part) {
      const { value: name, options } = part;
      wordings = wordings
        .flatMap((wording) =>
          Object.entries(options)
            .filter(([branch]) => wording.taken[name] === undefined || wording.taken[name] === branch)
            .flatMap(([branch, option]) =>
              extend([{ text: wording.text, taken: { ...wording.taken, [name]: branch } }], option.value),
            ),
        )
        .slice(0, MOST);
    } else if ('value' in part) {
      const said = part.type === LITERAL ? part.value : `{${part.value}}`;
      wordings = wordings.map((wording) => ({ ...wording, text: wording.text + said }));
    }
  }
  return wordings;
}
