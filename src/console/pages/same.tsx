import type { Directory } from '../../directory/directory.js';
import type { RelatedCase } from '../../reports/case-relations.js';
import type { Words } from '../words.js';
import { RelatedLine, SameForm } from './case-around.js';

/** Likely pairs that lie with different agencies: for the level above, which alone sees both. */
export function SamePage(props: {
  words: Words;
  directory: Directory;
  pairs: readonly (readonly [RelatedCase, RelatedCase])[];
  ownAgencyId: string;
  csrfToken: string;
}) {
  const { words, directory, pairs, ownAgencyId, csrfToken } = props;
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{words.say('same.title')}</h1>
          <p class="soft">{words.say('same.intro')}</p>
        </div>
      </div>
      {pairs.length === 0 && <p class="card empty">{words.say('same.none')}</p>}
      <div class="column-main">
        {pairs.map(([one, other]) => (
          <section class="card" key={`${one.id} ${other.id}`}>
            <h2>{words.say('same.pair', { one: one.number, other: other.number })}</h2>
            <RelatedLine {...{ words, directory, ownAgencyId }} related={one} />
            <RelatedLine {...{ words, directory, ownAgencyId }} related={other} />
            <SameForm {...{ words, csrfToken }} pair={[one, other]} back="list" />
          </section>
        ))}
      </div>
    </>
  );
}
