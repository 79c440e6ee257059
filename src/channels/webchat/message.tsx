import { emergencyNumbers, textParts } from './text-parts.js';
import type { WireMessage } from './wire.js';
import { fill, type PageWords } from './words.js';

/** The form that every button of the talk belongs to; with scripts off the browser sends it, else the script does. */
export const TALK_FORM = 'talk';

/** One message of ours. The server renders it with scripts off, the page's script with scripts on: the same markup. */
export function Message({ message, words }: { readonly message: WireMessage; readonly words: PageWords }) {
  const name = message.kind === 'reply' ? words.fromStaff : words.fromUs;
  return (
    <article
      class={`message from-us is-${message.kind}`}
      data-id={message.id}
      data-input={message.input}
      tabIndex={-1}
    >
      <h2 class={message.kind === 'reply' ? 'speaker' : 'unseen'}>{name}</h2>
      {message.kind === 'danger' && <p class="danger-head">{words.danger}</p>}
      {message.kind === 'code' ? (
        <CodeText text={message.text} words={words} />
      ) : (
        <p class="words">
          <Words text={message.text} words={words} />
        </p>
      )}
      {message.kind === 'danger' && <Calls text={message.text} words={words} />}
      {message.sources.length > 0 && <Sources sources={message.sources} words={words} />}
      {message.choices.length > 0 && (
        <fieldset class="choices">
          <legend class="unseen">{words.choices}</legend>
          {message.choices.map((choice) => (
            <button type="submit" form={TALK_FORM} name="choice" value={choice.id} key={choice.id}>
              {choice.label}
            </button>
          ))}
        </fieldset>
      )}
    </article>
  );
}

/** Text with its strong words, and emergency numbers that can be tapped. */
export function Words({ text, words }: { readonly text: string; readonly words: PageWords }) {
  return (
    <>
      {textParts(text, words.notAPhoneAfter).map((part, index) => {
        const inner = part.call === undefined ? part.text : <a href={`tel:${part.call}`}>{part.text}</a>;
        return part.strong ? <strong key={index}>{inner}</strong> : <span key={index}>{inner}</span>;
      })}
    </>
  );
}

function Calls({ text, words }: { readonly text: string; readonly words: PageWords }) {
  const numbers = emergencyNumbers(text, words.notAPhoneAfter);
  if (numbers.length === 0) return null;
  return (
    <p class="calls">
      {numbers.map((number) => (
        <a href={`tel:${number}`} key={number}>
          {fill(words.call, 'number', number)}
        </a>
      ))}
    </p>
  );
}

function Sources({
  sources,
  words,
}: {
  readonly sources: WireMessage['sources'];
  readonly words: PageWords;
}) {
  return (
    <div class="sources">
      <h3>{words.sources}</h3>
      <ul>
        {sources.map((source) => (
          <li key={source.label}>
            {source.label}, {fill(words.effective, 'date', vietnameseDate(source.effectiveFrom))}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The lines that are numbers stand large, so that they can be copied by hand or selected by a tap. */
function CodeText({ text, words }: { readonly text: string; readonly words: PageWords }) {
  const lines = text.split('\n');
  const isNumber = (line: string) => /^[\d\s.*-]+$/.test(line) && line.replace(/\D/g, '').length >= 6;
  const first = lines.findIndex(isNumber);
  if (first === -1) {
    return (
      <p class="words">
        <Words text={text} words={words} />
      </p>
    );
  }
  const before = lines.slice(0, first).join('\n').trim();
  const after = lines
    .slice(first)
    .filter((line) => !isNumber(line))
    .join('\n')
    .trim();
  return (
    <>
      {before !== '' && (
        <p class="words">
          <Words text={before} words={words} />
        </p>
      )}
      <p class="unseen">{words.code}</p>
      <p class="code">
        {lines.filter(isNumber).map((line) => (
          <span key={line}>{line.replace(/\*/g, '').trim()}</span>
        ))}
      </p>
      {after !== '' && (
        <p class="words">
          <Words text={after} words={words} />
        </p>
      )}
    </>
  );
}

function vietnameseDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  return year !== undefined && month !== undefined && day !== undefined ? `${day}/${month}/${year}` : iso;
}
