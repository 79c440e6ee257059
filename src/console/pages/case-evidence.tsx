import type { EvidenceFact } from '../../reports/evidence/fact.js';
import type { Words } from '../words.js';
import { Moment } from './parts.js';

/** What files came with the report. They are kept encrypted and not opened from here yet. */
export function Evidence({ words, files }: { words: Words; files: readonly EvidenceFact[] }) {
  if (files.length === 0) return null;
  return (
    <section class="card" aria-labelledby="evidence-title">
      <h2 id="evidence-title">{words.say('evidence.title')}</h2>
      <ul class="plain">
        {files.map((file) => (
          <li key={file.id}>
            {words.say(`evidence.media.${file.media}`)} · {words.say(`evidence.state.${file.state}`)}
            {file.bytes !== undefined &&
              ` · ${words.say('evidence.size', { kb: Math.ceil(file.bytes / 1024) })}`}
            {' · '}
            <Moment at={file.receivedAt} words={words} />
          </li>
        ))}
      </ul>
      <p class="soft small">{words.say('evidence.not_opened_here')}</p>
    </section>
  );
}
