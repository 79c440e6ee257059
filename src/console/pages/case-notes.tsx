import type { CaseNote } from '../../reports/case.js';
import { REPLY_MAX } from '../reply.js';
import type { Words } from '../words.js';
import type { CaseProps } from './case-props.js';
import { Fault, FormToken, Moment, outOfBand } from './parts.js';

/** What staff noted for each other, oldest first. */
export function Notes(props: { words: Words; notes: readonly CaseNote[]; renewed?: boolean }) {
  const { words, notes, renewed } = props;
  return (
    <div id="notes" class="notes" {...outOfBand(renewed)}>
      {notes.length === 0 && <p class="soft">{words.say('note.none')}</p>}
      {notes.map(({ id, staffName, text, at }) => (
        <div key={id} class="note">
          <p class="bubble-who">
            {staffName} · <Moment at={at} words={words} />
          </p>
          <p class="bubble-text">{text}</p>
        </div>
      ))}
    </div>
  );
}

export function NoteForm({ words, file, csrfToken, noteId, note }: CaseProps) {
  return (
    <form class="reply" method="post" action={`/console/cases/${file.id}/note`}>
      <FormToken value={csrfToken} />
      <input type="hidden" name="note_id" value={noteId} />
      <label for="note-text">{words.say('note.label')}</label>
      <p class="soft small" id="note-tips">
        {words.say('note.tips')}
      </p>
      {note !== undefined && <Fault id="note-fault" text={note.fault} />}
      <textarea
        id="note-text"
        name="text"
        rows={3}
        required
        maxLength={REPLY_MAX}
        aria-describedby={note === undefined ? 'note-tips' : 'note-fault note-tips'}
        data-keep
      >
        {note?.text ?? ''}
      </textarea>
      <button type="submit" class="second">
        {words.say('note.do')}
      </button>
    </form>
  );
}
