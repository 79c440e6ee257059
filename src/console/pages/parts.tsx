import { PASSPHRASE_MIN } from '../passphrase.js';
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

/** Where a new passphrase is typed, twice. `faultId`: the sentence that says what was wrong with the last one. */
export function NewPassphraseFields(props: { words: Words; label: string; faultId?: string | undefined }) {
  const { words, label, faultId } = props;
  const describedBy = faultId === undefined ? 'passphrase-tips' : `${faultId} passphrase-tips`;
  return (
    <>
      <label for="passphrase">{label}</label>
      <p class="soft small" id="passphrase-tips">
        {words.say('start.tips', { min: PASSPHRASE_MIN })}
      </p>
      <NewPassphraseField id="passphrase" describedBy={describedBy} />
      <label for="repeated">{words.say('start.repeated')}</label>
      <NewPassphraseField id="repeated" describedBy={describedBy} />
    </>
  );
}

function NewPassphraseField({ id, describedBy }: { id: string; describedBy: string }) {
  return (
    <input
      id={id}
      name={id}
      type="password"
      autocomplete="new-password"
      required
      minLength={PASSPHRASE_MIN}
      maxLength={400}
      aria-describedby={describedBy}
    />
  );
}

/** Tells htmx to replace the element of the same id. */
export function outOfBand(renewed: boolean | undefined): { 'hx-swap-oob'?: string } {
  return renewed ? { 'hx-swap-oob': 'true' } : {};
}

/** Reasons as radio buttons, one of which must be chosen. */
export function ReasonChoices(props: { words: Words; legend: string; reasons: readonly string[] }) {
  const { words, legend, reasons } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {reasons.map((reason) => (
        <label key={reason} class="choice">
          <input type="radio" name="reason" value={reason} required />
          {words.say(`act.reason.${reason}`)}
        </label>
      ))}
    </fieldset>
  );
}
