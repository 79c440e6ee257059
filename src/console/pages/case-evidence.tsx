import type { EvidenceFact } from '../../reports/evidence/fact.js';
import type { Words } from '../words.js';
import { Moment } from './parts.js';

/** The files that came with the report, each with its facts; what they show is opened on a page of its own, with a reason. */
export function Evidence(props: { words: Words; caseId: string; files: readonly EvidenceFact[] }) {
  const { words, caseId, files } = props;
  if (files.length === 0) return null;
  return (
    <section class="card" aria-labelledby="evidence-title">
      <h2 id="evidence-title">{words.say('evidence.title')}</h2>
      <p class="soft small">{words.say('evidence.how')}</p>
      <ul class="evidence">
        {files.map((fact, index) => (
          <EvidenceLine key={fact.id} {...{ words, caseId, fact }} number={index + 1} />
        ))}
      </ul>
    </section>
  );
}

function EvidenceLine(props: { words: Words; caseId: string; fact: EvidenceFact; number: number }) {
  const { words, caseId, fact, number } = props;
  const address = `/console/cases/${caseId}/evidence/${fact.id}`;
  const name = words.say('evidence.number', { media: words.say(`evidence.media.${fact.media}`), number });
  return (
    <li class="evidence-line">
      {fact.hasPreview && (
        <img
          class="evidence-preview"
          src={`${address}/preview`}
          alt={words.say('evidence.preview_alt')}
          loading="lazy"
          width={96}
          height={96}
        />
      )}
      <div class="evidence-facts">
        <p>
          {fact.state === 'kept' ? <a href={address}>{name}</a> : <span>{name}</span>}{' '}
          {fact.quarantined && <span class="tag tag-urgent">{words.say('evidence.quarantined')}</span>}
        </p>
        <p class="soft small">
          {fact.state === 'kept' ? typeAndSize(words, fact) : words.say(`evidence.state.${fact.state}`)}
          {' · '}
          <Moment at={fact.receivedAt} words={words} />
        </p>
        {fact.metadata.length > 0 && <p class="small">{metadataNote(words, fact)}</p>}
        {fact.asksUntil && <p class="hint">{words.say('evidence.somebody_asks')}</p>}
        {fact.sha256 !== undefined && (
          <p class="hash small soft">
            {words.say('evidence.sha256')} {fact.sha256}
          </p>
        )}
      </div>
    </li>
  );
}

export function typeAndSize(words: Words, { type = '', bytes = 0 }: EvidenceFact): string {
  const kb = Math.ceil(bytes / 1024);
  const size =
    kb < 1024 ? words.say('evidence.size', { kb }) : words.say('evidence.size_mb', { mb: megabytes(bytes) });
  return `${words.ifKnown(`evidence.type.${type.replaceAll(/[/.+]/g, '_')}`) ?? type} · ${size}`;
}

const megabytes = (bytes: number): string =>
  (bytes / 1024 / 1024).toLocaleString('vi-VN', { maximumFractionDigits: 1 });

/** What the original carries beside what one sees; the copy for daily work carries none of it. */
export function metadataNote(words: Words, { metadata, showing }: EvidenceFact): string {
  const what = metadata.map((mark) => words.say(`evidence.metadata.${mark}`)).join('; ');
  return words.say(showing === 'picture' ? 'evidence.metadata_cleaned' : 'evidence.metadata_there', { what });
}
