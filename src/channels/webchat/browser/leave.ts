const SHIFT_WINDOW_MS = 1_500;

/** Leaves at once: nothing on the screen, the talk forgotten, our page replaced by one that everybody might have open. */
export function leave(session: string, exitUrl: string): void {
  document.documentElement.replaceChildren();
  try {
    if (session !== '') navigator.sendBeacon('/api/chat/forget', session);
  } catch {
    // Leaving matters more; what is not forgotten now is sealed and ends by itself.
  }
  try {
    location.replace(navigator.onLine ? exitUrl : 'about:blank');
  } catch {
    location.replace('about:blank');
  }
}

/** Calls back when Shift alone is pressed three times in short order. */
export function onShiftThrice(act: () => void): void {
  let presses: number[] = [];
  addEventListener('keydown', (event) => {
    if (event.key !== 'Shift') {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < SHIFT_WINDOW_MS);
    if (presses.length >= 3) act();
  });
}

/** Clears the page when it goes out of sight for good, so that "back" can show nothing; a page brought back begins anew. */
export function onGone(clear: () => void): void {
  addEventListener('pagehide', clear);
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace('/');
  });
}

/** Calls back once when nobody touched the page for so long; a shared screen must not keep a talk. */
export function onIdle(afterMs: number, act: () => void): void {
  let timer: ReturnType<typeof setTimeout>;
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(act, afterMs);
  };
  for (const kind of ['keydown', 'pointerdown', 'touchstart'] as const) {
    addEventListener(kind, touch, { passive: true });
  }
  touch();
}
