import { renderToString } from 'preact-render-to-string';
import type { AssetPaths } from './assets.js';
import { Message, TALK_FORM, Words } from './message.js';
import type { WireMessage } from './wire.js';
import type { PageWords } from './words.js';

export interface PageView {
  readonly words: PageWords;
  readonly assets: AssetPaths;
  readonly exitUrl: string;
  /** The token travels in the page and in bodies only, never in a cookie or an address. */
  readonly session: string;
  /** Makes sending this very page twice (reload, double tap) harmless. */
  readonly key: string;
  /** The last message seen of those that came later; names it as read with the next sending. */
  readonly after?: string;
  readonly messages: readonly WireMessage[];
  /** A sentence of ours about the page itself, e.g. why a text could not be taken. */
  readonly notice?: string;
  /** Given back to the field when it could not be taken. */
  readonly written?: string;
  /** The first page of a talk, with the greeting and the way to begin without scripts. */
  readonly fresh: boolean;
}

/** The whole page as HTML. Everything put in is escaped. */
export function renderPage(view: PageView): string {
  return `<!doctype html>${renderToString(<Page {...view} />)}`;
}

function Page(view: PageView) {
  const { words, assets } = view;
  return (
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <title>{words.title}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="robots" content="noarchive" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={assets.icon} type="image/svg+xml" />
        {assets.preload.map((href) => (
          <link rel="preload" href={href} as="font" type="font/woff2" crossOrigin="anonymous" key={href} />
        ))}
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.script} defer />
      </head>
      <body data-words={JSON.stringify(words)} data-exit={view.exitUrl}>
        <a class="skip" href="#text">
          {words.skip}
        </a>
        <Header words={words} />
        <main>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <div id="log" class="log" role="log" aria-live="polite" aria-label={words.log} tabIndex={0}>
            {view.fresh && <Intro words={words} />}
            {view.messages.map((message) => (
              <Message message={message} words={words} key={message.id} />
            ))}
            {view.notice !== undefined && (
              <p class="notice">
                <Words text={view.notice} words={words} />
              </p>
            )}
          </div>
          <p id="state" class="state" role="status" />
          <Dock {...view} />
        </main>
      </body>
    </html>
  );
}

function Header({ words }: { readonly words: PageWords }) {
  return (
    <header>
      <svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
        <path d="M20 5c9 0 15 5.600 15 13.200S29 31.400 20 31.400c-1.300 0-2.600-.1-3.800-.4L9 35l1.200-6.800C7 25.800 5 22.300 5 18.200 5 10.600 11 5 20 5z" />
        <path class="wave" d="M13.500 18.500c2.200-3.400 4.300-3.400 6.500 0s4.300 3.400 6.500 0" />
      </svg>
      <div class="name">
        <h1>{words.name}</h1>
        <p>{words.tagline}</p>
      </div>
      <a class="line" href="tel:111" aria-label={words.callLineLabel}>
        {words.callLine}
      </a>
    </header>
  );
}

function Intro({ words }: { readonly words: PageWords }) {
  return (
    <div class="intro">
      <p class="hello">{words.hello}</p>
      <p class="machine">{words.machine}</p>
      <p class="safety">{words.safety}</p>
      <button id="begin" type="submit" form={TALK_FORM} name="start" value="1">
        {words.begin}
      </button>
    </div>
  );
}

function Dock(view: PageView) {
  const { words } = view;
  return (
    <form id={TALK_FORM} class="dock" method="post" action="/chat" autocomplete="off">
      <input type="hidden" name="session" value={view.session} autocomplete="off" />
      <input type="hidden" name="key" value={view.key} autocomplete="off" />
      {view.after !== undefined && <input type="hidden" name="after" value={view.after} autocomplete="off" />}
      <div id="places" class="places" role="listbox" aria-label={words.placesLabel} hidden />
      <p id="found" class="unseen" role="status" />
      <div class="write">
        <label class="unseen" for="text">
          {words.writeLabel}
        </label>
        <textarea
          id="text"
          name="text"
          rows={1}
          placeholder={words.writeText}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="send"
        >
          {view.written ?? ''}
        </textarea>
        {/* Shown where scripts run: without them a file cannot be sent. */}
        <label id="attach" class="attach" hidden>
          <span class="unseen">{words.file}</span>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M8 12.500 14.500 6a3 3 0 0 1 4.200 4.200l-8.400 8.400a5 5 0 0 1-7-7L11 4" />
          </svg>
          <input id="file" type="file" accept="image/*,audio/*,video/*,application/pdf" />
        </label>
        <button id="send" class="send" type="submit" aria-label={words.send}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 19V6M6 11.500 12 5.500l6 6" />
          </svg>
        </button>
      </div>
      <div class="leave">
        <button id="leave" type="submit" formaction="/exit" title={words.leaveKeys}>
          {words.leave}
        </button>
        {!view.fresh && (
          <button id="news" class="news" type="submit" name="news" value="1">
            {words.news}
          </button>
        )}
        <p>
          {words.leaveNote} <span class="keys">{words.leaveKeys}</span>
        </p>
      </div>
    </form>
  );
}
