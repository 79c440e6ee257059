import { render } from 'preact';
import { Message, Words } from '../message.js';
import type { WireMessage } from '../wire.js';
import type { PageWords } from '../words.js';

/** The person's own message on the screen, and what became of it. */
export interface OwnMessage {
  sent(): void;
  /** Could not be sent; offers a button that tries again. */
  failed(again: () => void): void;
  remove(): void;
}

/** The list of messages on the screen. Keeps nothing but what is shown. */
export interface Log {
  ours(messages: readonly WireMessage[]): void;
  theirs(text: string): OwnMessage;
  notice(text: string, again?: () => void): void;
  /** Moves the keyboard's place to the first message of the newest answer. */
  focusNewest(): void;
  clear(): void;
}

/** Air above the message that the screen scrolls to. */
const MARGIN_PX = 12;

export function createLog(element: HTMLElement, words: PageWords): Log {
  let newest: HTMLElement | null = null;
  const add = (parent: HTMLElement): HTMLElement => {
    element.append(parent);
    return parent;
  };
  const removeChoices = () => {
    element.querySelectorAll('.choices').forEach((old) => {
      old.remove();
    });
  };
  const holder = (className: string) => {
    const div = document.createElement('div');
    div.className = className;
    return div;
  };
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const reveal = (target: HTMLElement) =>
    element.scrollTo({ top: target.offsetTop - MARGIN_PX, behavior: calm.matches ? 'auto' : 'smooth' });
  return {
    ours(messages) {
      if (messages.length === 0) return;
      // A message that came by itself leaves the open question its buttons.
      if (messages.some(({ choices }) => choices.length > 0)) removeChoices();
      const turn = holder('turn');
      render(
        messages.map((message) => <Message message={message} words={words} key={message.id} />),
        turn,
      );
      const own = newest?.classList.contains('from-you') ? newest : null;
      const first = newest === null;
      add(turn);
      newest = turn.querySelector('article');
      // The first words stand under the greeting, which stays in sight.
      if (first) return;
      // The person's own words stay in sight when the answer fits under them; else the answer's first line does.
      const fits =
        own && turn.getBoundingClientRect().bottom - own.getBoundingClientRect().top < element.clientHeight;
      reveal(fits && own ? own : turn);
    },
    theirs(text) {
      // Out of sight until it is known whether the message was taken; one that was not leaves the question open.
      const choices = [...element.querySelectorAll<HTMLElement>('.choices')];
      const hide = (hidden: boolean) => {
        for (const each of choices) each.hidden = hidden;
      };
      hide(true);
      const own = holder('message from-you is-sending');
      const again = holder('again');
      render(
        <>
          <h2 class="unseen">{words.fromYou}</h2>
          <p class="words">{text}</p>
        </>,
        own,
      );
      add(own);
      newest = own;
      reveal(own);
      return {
        sent() {
          for (const each of choices) each.remove();
          own.classList.remove('is-sending', 'is-failed');
          again.remove();
        },
        failed(tryAgain) {
          own.classList.replace('is-sending', 'is-failed');
          render(null, again);
          render(<Again words={words} text={words.notSent} again={tryAgain} />, again);
          own.append(again);
          reveal(own);
        },
        remove() {
          own.remove();
          hide(false);
        },
      };
    },
    notice(text, tryAgain) {
      const note = holder('notice');
      const again = () => {
        note.remove();
        tryAgain?.();
      };
      render(
        tryAgain ? (
          <Again words={words} text={text} again={again} />
        ) : (
          <p>
            <Words text={text} words={words} />
          </p>
        ),
        note,
      );
      reveal(add(note));
    },
    focusNewest: () => newest?.focus({ preventScroll: true }),
    clear() {
      newest = null;
      element.replaceChildren();
    },
  };
}

function Again(props: { readonly words: PageWords; readonly text: string; readonly again: () => void }) {
  return (
    <p>
      <Words text={props.text} words={props.words} />{' '}
      <button type="button" onClick={props.again}>
        {props.words.sendAgain}
      </button>
    </p>
  );
}
