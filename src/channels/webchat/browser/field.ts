import { fill, type PageWords } from '../words.js';

/** The one field of the page. For a place it becomes a combobox with suggestions, for the code it asks for the number keys. */
export interface Field {
  value(): string;
  set(text: string): void;
  /** What the open question takes. */
  mode(input: 'text' | 'place' | 'code'): void;
  focus(): void;
  hasFocus(): boolean;
}

interface FoundPlace {
  readonly code: string;
  readonly name: string;
  readonly knownAs: string;
}

const TYPING_PAUSE_MS = 150;

export function createField(parts: {
  readonly words: PageWords;
  readonly area: HTMLTextAreaElement;
  readonly list: HTMLElement;
  readonly found: HTMLElement;
  /** The person presses Enter. */
  readonly send: () => void;
  /** The person picks a place. */
  readonly pick: (name: string) => void;
}): Field {
  const { words, area, list, found } = parts;
  const combo = document.createElement('input');
  combo.id = area.id;
  combo.type = 'text';
  combo.autocomplete = 'off';
  combo.placeholder = words.writePlace;
  combo.enterKeyHint = 'send';
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-controls', list.id],
    ['aria-expanded', 'false'],
  ] as const) {
    combo.setAttribute(name, value);
  }
  let current: HTMLTextAreaElement | HTMLInputElement = area;
  let active = -1;
  let asking: AbortController | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    clearTimeout(pause);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    found.textContent = '';
    activate(-1);
    combo.setAttribute('aria-expanded', 'false');
  }

  function activate(index: number): void {
    active = index;
    const options = [...list.children];
    options.forEach((option, at) => {
      option.setAttribute('aria-selected', String(at === index));
    });
    const option = options[index];
    if (option) {
      combo.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else combo.removeAttribute('aria-activedescendant');
  }

  async function suggest(): Promise<void> {
    const typed = combo.value.trim();
    asking?.abort();
    if (typed.length < 2) return close();
    asking = new AbortController();
    try {
      const response = await fetch(`/api/places?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (!response.ok) return close();
      show((await response.json()) as FoundPlace[]);
    } catch {
      // Typed again meanwhile, or no line: the person's own words do as well.
    }
  }

  function show(places: readonly FoundPlace[]): void {
    list.replaceChildren(
      ...places.map((place, index) => {
        const option = document.createElement('div');
        option.id = `place-${index}`;
        option.setAttribute('role', 'option');
        option.dataset.name = place.name;
        const name = document.createElement('strong');
        name.textContent = place.name;
        option.append(name);
        if (place.knownAs !== place.name) {
          const old = document.createElement('small');
          old.textContent = place.knownAs;
          option.append(' ', old);
        }
        return option;
      }),
    );
    list.hidden = places.length === 0;
    combo.setAttribute('aria-expanded', String(places.length > 0));
    found.textContent =
      places.length === 0 ? words.placesNone : fill(words.placesSome, 'count', String(places.length));
    activate(-1);
  }

  function choose(option: Element | undefined): void {
    const name = option instanceof HTMLElement ? option.dataset.name : undefined;
    if (name === undefined) return;
    combo.value = '';
    close();
    parts.pick(name);
  }

  function grow(): void {
    area.style.height = 'auto';
    if (area.value !== '') area.style.height = `${area.scrollHeight + 2}px`;
  }

  function onKey(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    const count = list.children.length;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (active >= 0) choose(list.children[active]);
      else parts.send();
    } else if (event.key === 'Escape') close();
    else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      activate(active === -1 && step === -1 ? count - 1 : (active + step + count) % count);
    }
  }

  area.addEventListener('keydown', onKey);
  combo.addEventListener('keydown', onKey);
  area.addEventListener('input', grow);
  combo.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => void suggest(), TYPING_PAUSE_MS);
  });
  // Before the click, so that the field keeps the focus and the keyboard stays where it is.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    if (event.target instanceof Element) choose(event.target.closest('[role=option]') ?? undefined);
  });

  return {
    value: () => current.value,
    set(text) {
      current.value = text;
      close();
      grow();
    },
    mode(input) {
      const next = input === 'place' ? combo : area;
      close();
      if (next !== current) {
        const focused = document.activeElement === current;
        current.replaceWith(next);
        current = next;
        if (focused) next.focus();
      }
      area.placeholder = input === 'code' ? words.writeCode : words.writeText;
      area.inputMode = input === 'code' ? 'tel' : 'text';
    },
    focus: () => current.focus(),
    hasFocus: () => document.activeElement === current,
  };
}
