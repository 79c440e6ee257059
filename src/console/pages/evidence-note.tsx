import type { Directory } from '../../directory/directory.js';
import type { EvidenceFile } from '../../reports/evidence/desk.js';
import type { Words } from '../words.js';
import { typeAndSize } from './case-evidence.js';
import { LookLine } from './evidence.js';

/** A sheet to print and sign when a file is handed over: what it is, its fingerprint, who opened it. Never what it shows. */
export function EvidenceNote(props: {
  words: Words;
  directory: Directory;
  at: { readonly caseId: string; readonly fileId: string };
  file: EvidenceFile;
  agencyName: string;
  by: string;
}) {
  const { words, directory, at, file, agencyName, by } = props;
  const { fact, caseNumber, looks } = file;
  const opened = looks.filter((look) => look.state === 'open');
  return (
    <article class="narrow card sheet">
      <p class="back">
        <a href={`/console/cases/${at.caseId}/evidence/${at.fileId}`}>{words.say('evidence.note.back')}</a>
      </p>
      <h1>{words.say('evidence.note.title')}</h1>
      <p>{words.say('evidence.note.what')}</p>
      <dl class="facts">
        <dt>{words.say('evidence.note.agency')}</dt>
        <dd>{agencyName}</dd>
        <dt>{words.say('evidence.note.case')}</dt>
        <dd>{caseNumber}</dd>
        <dt>{words.say('evidence.note.file')}</dt>
        <dd class="hash">{fact.id}</dd>
        <dt>{words.say('evidence.fact.type')}</dt>
        <dd>
          {typeAndSize(words, fact)} ({words.say('evidence.note.bytes', { bytes: String(fact.bytes ?? 0) })})
        </dd>
        <dt>{words.say('evidence.sha256')}</dt>
        <dd class="hash">{fact.sha256 ?? words.say('evidence.note.no_hash')}</dd>
        <dt>{words.say('evidence.fact.received')}</dt>
        <dd>{words.dated(fact.receivedAt)}</dd>
        {fact.quarantined && (
          <>
            <dt>{words.say('evidence.quarantined')}</dt>
            <dd>{words.say('evidence.note.quarantined')}</dd>
          </>
        )}
      </dl>
      <h2>{words.say('evidence.looks')}</h2>
      {opened.length === 0 ? (
        <p>{words.say('evidence.nobody_yet')}</p>
      ) : (
        <ul class="timeline">
          {opened.map((look) => (
            <LookLine key={look.id} {...{ words, directory, look }} printed />
          ))}
        </ul>
      )}
      <dl class="facts signatures">
        <dt>{words.say('evidence.note.given_by')}</dt>
        <dd>{by}</dd>
        <dt>{words.say('evidence.note.taken_by')}</dt>
        <dd class="signature" />
        <dt>{words.say('evidence.note.on')}</dt>
        <dd class="signature" />
      </dl>
      <p class="soft small">{words.say('evidence.note.print')}</p>
    </article>
  );
}
