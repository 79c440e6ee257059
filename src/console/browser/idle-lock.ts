// Locks an open page when its session is over, as the server sees it: covers what the page shows, keeps it in place
// (a half-written answer too, in memory only), and opens it again after passphrase and code.

interface SessionNews {
  readonly member: string;
  readonly formToken: string;
  /** Seconds until it locks. */
  readonly lockIn: number;
  /** Using the page no longer moves that moment. */
  readonly final: boolean;
}

const WARN_BEFORE_MS = 120_000;
/** How often the page looks at its clock. */
const LOOK_EVERY_MS = 1000;
/** How often the server may be told that somebody is there, and how often it is asked while locked or warned. */
const TELL_EVERY_MS = 60_000;
const ASK_EVERY_MS = 15_000;
/** Where tabs of this browser tell each other that the session changed; they then ask the server themselves. */
const TABS = 'console-session';

export function guardPage(): void {
  const { body } = document;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel(TABS) : undefined;
  // Also from the sign-in page: signing out in one tab covers the others.
  tabs?.postMessage('changed');
  const warning = document.getElementById('idle-warning');
  const lock = document.getElementById('lock');
  const form = document.getElementById('unlock');
  const fault = document.getElementById('lock-fault');
  if (!warning || !lock || !fault || !(form instanceof HTMLFormElement)) return;

  const title = { open: document.title, locked: body.dataset.lockTitle ?? '' };
  let locked = false;
  let lockAt = Date.now() + Number(body.dataset.lockIn) * 1000;
  let final = body.dataset.lockFinal === 'true';
  let told = Date.now();
  let asked = 0;

  /** Everything but the cover: out of sight, out of reach of the keyboard and of screen readers. */
  const setLocked = (now: boolean): void => {
    if (now === locked) return;
    locked = now;
    lock.hidden = !now;
    body.toggleAttribute('data-locked', now);
    for (const part of body.children) if (part !== lock) part.toggleAttribute('inert', now);
    if (now) title.open = document.title;
    document.title = now ? title.locked : title.open;
    if (now) document.getElementById('lock-title')?.focus();
    else
      for (const field of form.querySelectorAll('input:not([type=hidden])'))
        if (field instanceof HTMLInputElement) field.value = '';
  };

  const setWarning = (now: boolean): void => {
    if (now !== warning.hidden) return;
    for (const part of warning.querySelectorAll<HTMLElement>('[data-warn]'))
      part.hidden = (part.dataset.warn === 'final') !== final;
    const button = document.getElementById('still-here');
    if (button) button.hidden = final;
    warning.hidden = !now;
  };

  const learn = (news: SessionNews): void => {
    // Somebody else signed in in this browser: nothing of this page is theirs.
    if (news.member !== body.dataset.member) {
      setLocked(true);
      return;
    }
    lockAt = Date.now() + news.lockIn * 1000;
    final = news.final;
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="form_token"]'))
      field.value = news.formToken;
    body.setAttribute('hx-headers', JSON.stringify({ 'X-CSRF-Token': news.formToken }));
    setWarning(lockAt - Date.now() <= WARN_BEFORE_MS);
    setLocked(false);
  };

  /** Asks the server, or tells it that somebody is here. No answer at all leaves things as they are. */
  const ask = async (stillHere = false): Promise<void> => {
    asked = Date.now();
    try {
      const response = stillHere
        ? await fetch('/console/still-here', { method: 'POST', headers: tokenHeader() })
        : await fetch('/console/session');
      if (response.ok) learn((await response.json()) as SessionNews);
      else if (response.status === 401) setLocked(true);
      // The forms of this page are of an earlier session of this browser: learn the token of the present one.
      else if (response.status === 403 && stillHere) await ask();
      if (response.ok && stillHere) tabs?.postMessage('changed');
    } catch {
      // Away: the clock below locks in time.
    }
  };
  const tokenHeader = (): Record<string, string> =>
    JSON.parse(body.getAttribute('hx-headers') ?? '{}') as Record<string, string>;

  /** Somebody does something in this page. Leaving and coming back is no proof of who it is. */
  const act = (): void => {
    if (locked || Date.now() - told < TELL_EVERY_MS) return;
    told = Date.now();
    void ask(true);
  };

  const look = (): void => {
    const left = lockAt - Date.now();
    if (!locked && left <= 0) {
      setLocked(true);
      void ask();
    } else if ((locked || left <= WARN_BEFORE_MS) && Date.now() - asked >= ASK_EVERY_MS) {
      // Another tab may have kept the session awake, or opened it again.
      void ask();
    }
  };

  const unlock = async (): Promise<void> => {
    const button = form.querySelector('button');
    if (button) button.disabled = true;
    fault.hidden = true;
    try {
      const response = await fetch('/console/unlock', {
        method: 'POST',
        body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      });
      if (response.ok) {
        await ask();
        tabs?.postMessage('changed');
      } else {
        const refused = (await response.json().catch(() => ({}))) as { fault?: string };
        say(refused.fault ?? body.dataset.failed ?? '');
      }
    } catch {
      say(fault.dataset.offline ?? '');
    }
    if (button) button.disabled = false;
  };
  const say = (text: string): void => {
    fault.textContent = text;
    fault.hidden = false;
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // Nothing that listens for forms being sent must think that this page is about to be left.
    event.stopPropagation();
    void unlock();
  });
  document.getElementById('still-here')?.addEventListener('click', () => {
    told = Date.now();
    void ask(true);
  });
  for (const kind of ['keydown', 'pointerdown', 'input']) body.addEventListener(kind, act);
  body.addEventListener('htmx:responseError', (event) => {
    const { xhr } = (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail;
    if (xhr?.status === 401) void ask();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void ask();
  });
  // A page that the browser kept for the back button shows what it showed when it was left.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) void ask();
  });
  tabs?.addEventListener('message', () => void ask());
  setInterval(look, LOOK_EVERY_MS);
}
