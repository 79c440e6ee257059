import type { Words } from '../words.js';

/** The hidden field that proves a form is from this session. */
export function FormToken({ value }: { value: string }) {
  return <input type="hidden" name="form_token" value={value} />;
}

/** A moment people can read, exact for machines. */
export function Moment({ at, words }: { at: Date; words: Words }) {
  return <time dateTime={at.toISOString()}>{words.moment(at)}</time>;
}

/** A message above a form, read out at once. */
export function Fault({ id, text }: { id: string; text: string }) {
  return (
    <p class="fault" id={id} role="alert">
      {text}
    </p>
  );
}

/** Tells htmx to replace the element of the same id. */
export function outOfBand(renewed: boolean | undefined): { 'hx-swap-oob'?: string } {
  return renewed ? { 'hx-swap-oob': 'true' } : {};
}
