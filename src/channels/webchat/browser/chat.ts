import { fill, type PageWords } from '../words.js';
import { createField } from './field.js';
import { leave, onGone, onIdle, onShiftThrice } from './leave.js';
import { createLog } from './log.js';
import { createStream } from './stream.js';
import { createTalk } from './talk.js';

/** A screen nobody touches for this long is cleared. */
const IDLE_MS = 30 * 60 * 1000;
/** An answer that comes faster needs no typing sign. */
const SIGN_AFTER_MS = 300;

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

const words = JSON.parse(document.body.dataset.words ?? '{}') as PageWords;
const exitUrl = document.body.dataset.exit ?? 'about:blank';
const form = find<HTMLFormElement>('#talk');
const tokenField = find<HTMLInputElement>('input[name=session]');
const state = find('#state');
const logElement = find('#log');
const log = createLog(logElement, words);

/** What goes on with sending; when nothing does, whether the line for later messages is broken. */
let lineLost = false;
let sending: '' | 'waiting' | 'uploading' | 'retrying' = '';
let sign: ReturnType<typeof setTimeout> | undefined;
function tell(what: typeof sending): void {
  clearTimeout(sign);
  sending = what;
  const put = () => {
    const told = what === '' && lineLost ? 'lost' : what;
    state.className = `state ${told === '' ? '' : `is-${told}`}`;
    state.textContent = told === '' ? '' : words[told];
  };
  if (what === 'waiting') sign = setTimeout(put, SIGN_AFTER_MS);
  else put();
}

let focusAnswer = false;
const talk = createTalk({
  words,
  log,
  session: tokenField.value,
  tell,
  answered(messages) {
    field.mode(messages.at(-1)?.input ?? 'text');
    if (focusAnswer) log.focusNewest();
    focusAnswer = false;
    stream.follow(talk.session());
  },
  giveBack(text) {
    if (field.value() === '') field.set(text);
  },
});
const stream = createStream({
  receive: (message) => talk.receive(message),
  lost(lost) {
    lineLost = lost;
    if (sending === '') tell('');
  },
});
const field = createField({
  words,
  area: find<HTMLTextAreaElement>('#text'),
  list: find('#places'),
  found: find('#found'),
  send: sendWritten,
  pick: (name) => talk.send({ text: name }, name),
});

function sendWritten(): void {
  const text = field.value().trim();
  if (text === '') {
    field.focus();
    return;
  }
  field.set('');
  talk.send({ text }, text);
}

/** The server says the same; here nobody waits for 20 MB to be told. */
const LARGEST_FILE = 20 * 1024 * 1024;
const MEGABYTE = 1_000_000;

function sendFile(input: HTMLInputElement): void {
  const [file] = input.files ?? [];
  if (!file) return;
  input.value = '';
  if (file.size > LARGEST_FILE) log.notice(words.fileTooBig);
  else {
    const size = Math.max(0.1, file.size / MEGABYTE).toLocaleString('vi', { maximumFractionDigits: 1 });
    talk.send({ file }, fill(words.fileSent, 'size', size));
  }
}

function sendChoice(button: HTMLButtonElement): void {
  // The button goes away with its question, so the keyboard's place moves on to the answer.
  focusAnswer = document.activeElement === button;
  talk.send({ choice: button.value }, button.textContent ?? '');
}

const leaveNow = () => {
  stream.close();
  leave(talk.session(), exitUrl);
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement) || button.id === 'send') sendWritten();
  else if (button.id === 'leave') leaveNow();
  else if (button.name === 'choice') sendChoice(button);
  else if (button.name === 'start') start();
});
onShiftThrice(leaveNow);

const fileInput = find<HTMLInputElement>('#file');
find('#attach').hidden = false;
fileInput.addEventListener('change', () => sendFile(fileInput));

function clear(): void {
  stream.close();
  talk.drop();
  field.set('');
  log.clear();
}
onGone(clear);
onIdle(IDLE_MS, () => {
  clear();
  log.notice(words.idle);
  setTimeout(() => location.replace('/'), 5_000);
});

function start(): void {
  document.querySelector('#begin')?.remove();
  talk.send({ start: true });
}

// The keyboard of a phone must not cover the field: the page is as high as what can be seen.
const viewport = window.visualViewport;
const fit = () =>
  document.documentElement.style.setProperty('--seen', `${viewport?.height ?? innerHeight}px`);
viewport?.addEventListener('resize', fit);

tokenField.value = '';
document.documentElement.classList.add('live');
document.querySelector('#news')?.remove();
const shown = logElement.querySelectorAll('article');
if (shown.length === 0) start();
else {
  // A page of the talk without scripts, taken over in the middle.
  field.mode((shown[shown.length - 1]?.dataset.input as 'text' | 'place' | 'code' | undefined) ?? 'text');
  stream.follow(talk.session());
}
