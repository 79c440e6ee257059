import type { Directory } from '../../directory/directory.js';
import type { RelatedCase } from '../../reports/case-relations.js';
import type { Words } from '../words.js';
import type { CaseProps } from './case-props.js';
import { FormToken, Moment } from './parts.js';
import { placeName } from './place-name.js';

/** The other agencies of a case, and the way to hand it to 111 or the police. */
export function AgenciesAround({ words, directory, file, around }: CaseProps) {
  if (!around) return null;
  const name = (id: string) => directory.agency(id)?.name ?? id;
  return (
    <section class="card" aria-labelledby="around-title">
      <h2 id="around-title">{words.say('around.title')}</h2>
      <dl class="facts">
        {around.cooperating.length > 0 && (
          <>
            <dt>{words.say('around.cooperating')}</dt>
            {around.cooperating.map((id) => (
              <dd key={id}>{name(id)}</dd>
            ))}
          </>
        )}
        {around.above !== undefined && (
          <>
            <dt>{words.say('around.above')}</dt>
            <dd>{name(around.above)}</dd>
          </>
        )}
      </dl>
      <p class="soft small">{words.say('around.see_nothing')}</p>
      <p class="buttons">
        <a class="button second" href={`/console/cases/${file.id}/sheet`}>
          {words.say('sheet.open')}
        </a>
      </p>
    </section>
  );
}

/** Cases that are, or may be, about the same matter. Only a person says so. */
export function SameMatter({ words, directory, file, around, csrfToken }: CaseProps) {
  if (!around || around.linked.length + around.likely.length === 0) return null;
  return (
    <section class="card" aria-labelledby="same-title">
      {around.linked.length > 0 && (
        <>
          <h2 id="same-title">{words.say('same.linked')}</h2>
          <ul class="plain same">
            {around.linked.map((related) => (
              <li key={related.id}>
                <RelatedLine {...{ words, directory, related }} ownAgencyId={file.agencyId} />
              </li>
            ))}
          </ul>
        </>
      )}
      {around.likely.length > 0 && (
        <>
          <h2 id={around.linked.length > 0 ? undefined : 'same-title'}>{words.say('same.likely')}</h2>
          <p class="soft small">{words.say('same.why')}</p>
          <ul class="plain same">
            {around.likely.map((related) => (
              <li key={related.id}>
                <RelatedLine {...{ words, directory, related }} ownAgencyId={file.agencyId} />
                <SameForm {...{ words, csrfToken }} pair={[file, related]} back="case" />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** One case beside another: number, what, where, when, state. A link where the reader can open it. */
export function RelatedLine(props: {
  words: Words;
  directory: Directory;
  related: RelatedCase;
  ownAgencyId: string;
}) {
  const { words, directory, related, ownAgencyId } = props;
  const number = words.say('case.number', { number: related.number });
  const isOwn = related.agencyId === ownAgencyId;
  return (
    <p>
      {isOwn ? <a href={`/console/cases/${related.id}`}>{number}</a> : <strong>{number}</strong>}
      {` · ${words.say(`state.${related.state}`)}`}
      <br />
      {`${words.say(`category.${related.category}`)} · ${placeName(directory, words, related.placeCode)} · `}
      <Moment at={related.receivedAt} words={words} />
      {!isOwn && (
        <>
          <br />
          <span class="soft">{directory.agency(related.agencyId)?.name ?? related.agencyId}</span>
        </>
      )}
    </p>
  );
}

/** The two buttons under a suggestion. */
export function SameForm(props: {
  words: Words;
  csrfToken: string;
  pair: readonly [{ id: string; number: string }, { id: string; number: string }];
  back: 'case' | 'list';
}) {
  const { words, csrfToken, pair, back } = props;
  const [one, other] = pair;
  const numbers = { one: one.number, other: other.number };
  return (
    <form method="post" action={`/console/cases/${one.id}/same`} class="buttons">
      <FormToken value={csrfToken} />
      <input type="hidden" name="other" value={other.id} />
      <input type="hidden" name="back" value={back} />
      <button
        type="submit"
        class="second"
        name="same"
        value="yes"
        aria-label={words.say('same.yes_whom', numbers)}
      >
        {words.say('same.yes')}
      </button>
      <button
        type="submit"
        class="second"
        name="same"
        value="no"
        aria-label={words.say('same.no_whom', numbers)}
      >
        {words.say('same.no')}
      </button>
    </form>
  );
}

/** How long the content stays, and the hold. */
export function Keeping({ words, file, keeping, mayHold }: CaseProps) {
  if (!keeping || (!keeping.hold && !keeping.until && !mayHold)) return null;
  return (
    <section class="card" aria-labelledby="keeping-title">
      <h2 id="keeping-title">{words.say('hold.keeping')}</h2>
      <p>
        {keeping.hold
          ? words.say('hold.is_set', { reason: words.say(`hold.reason.${keeping.hold.reason}`) })
          : keeping.until
            ? words.say('hold.until', { at: words.moment(keeping.until) })
            : words.say('hold.while_open')}
      </p>
      {mayHold && (
        <p class="buttons">
          <a class="button second" href={`/console/cases/${file.id}/hold`}>
            {words.say(keeping.hold ? 'hold.open_lift' : 'hold.open_set')}
          </a>
        </p>
      )}
    </section>
  );
}
