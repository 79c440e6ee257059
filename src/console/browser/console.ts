// Small helps for the console; every page works without them.
import { guardPage } from './idle-lock.js';

type HtmxEvent = CustomEvent<{ xhr?: XMLHttpRequest; elt?: Element; requestConfig?: { verb?: string } }>;

const body = document.body;
const plainTitle = document.title;

/** Puts the number of waiting cases before the title, and says aloud when an urgent one came. */
let urgentKnown: number | undefined;
function readQueueNews(): void {
  const news = document.getElementById('queue-news');
  if (!news) return;
  const waiting = Number(news.dataset.waiting ?? 0);
  document.title = waiting > 0 ? `(${waiting}) ${plainTitle}` : plainTitle;
  if (news.dataset.urgent === undefined) return;
  const urgent = Number(news.dataset.urgent);
  if (urgentKnown !== undefined && urgent > urgentKnown) announce(news.dataset.say ?? '');
  urgentKnown = urgent;
}

function announce(text: string): void {
  const place = document.getElementById('announce');
  if (place) place.textContent = text;
}

/** A form that htmx sent and that did not arrive: says why; what was typed stays in it. */
function tellTrouble(event: Event, text: string | undefined): void {
  const { requestConfig } = (event as HtmxEvent).detail;
  const trouble = document.getElementById('trouble');
  const isForm = requestConfig?.verb === 'post' && (event as HtmxEvent).detail.elt?.id === 'reply';
  if (!trouble || !isForm) return;
  trouble.textContent = text ?? '';
  trouble.hidden = false;
  trouble.scrollIntoView({ block: 'nearest' });
}

body.addEventListener('htmx:sendError', (event) => tellTrouble(event, body.dataset.offline));
body.addEventListener('htmx:timeout', (event) => tellTrouble(event, body.dataset.offline));
body.addEventListener('htmx:responseError', (event) => {
  const status = (event as HtmxEvent).detail.xhr?.status;
  tellTrouble(event, status === 401 || status === 403 ? body.dataset.sessionOver : body.dataset.failed);
});
body.addEventListener('htmx:beforeRequest', (event) => {
  const trouble = document.getElementById('trouble');
  if (trouble && (event as HtmxEvent).detail.elt?.id === 'reply') trouble.hidden = true;
});
body.addEventListener('htmx:afterSettle', () => {
  readQueueNews();
  showLastMessage();
});

/** A long talk shows its end. */
function showLastMessage(): void {
  const talk = document.getElementById('talk');
  if (talk) talk.scrollTop = talk.scrollHeight;
}

/** Leaving with an answer that was not sent asks first. */
let sending = false;
body.addEventListener('submit', () => {
  sending = true;
});
body.addEventListener('htmx:afterRequest', () => {
  sending = false;
});
window.addEventListener('beforeunload', (event) => {
  const unsent = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-keep]')].some(
    (area) => area.value.trim() !== '',
  );
  if (unsent && !sending) event.preventDefault();
});

/** Ctrl+Enter sends the answer. */
body.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  if (event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
});

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!(source instanceof HTMLInputElement) || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(source.value).then(
      () => announceCopy(button),
      () => source.select(),
    );
  });
}

function announceCopy(button: HTMLButtonElement): void {
  button.textContent = body.dataset.copied ?? '';
  announce(body.dataset.copied ?? '');
}

readQueueNews();
showLastMessage();
guardPage();

/** A page's own button to print it; without scripts the browser's menu prints. */
body.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-print]')) window.print();
});
