import type { Directory } from '../../directory/directory.js';
import type { LookRow } from '../../reports/case-events.js';
import type { Words } from '../words.js';
import { Moment } from './parts.js';

/** Who looked into which case of the agency: a table on a wide screen, blocks on a phone. */
export function LooksPage(props: {
  words: Words;
  directory: Directory;
  agencyId: string;
  looks: readonly LookRow[];
}) {
  const { words, directory, agencyId, looks } = props;
  return (
    <>
      <div class="page-head">
        <h1>{words.say('looks.title')}</h1>
      </div>
      <p class="soft">{words.say('looks.intro')}</p>
      {looks.length === 0 ? (
        <p class="empty card">{words.say('looks.none')}</p>
      ) : (
        <table class="card looks">
          <thead>
            <tr>
              {(['case', 'who', 'times', 'last'] as const).map((column) => (
                <th key={column} scope="col">
                  {words.say(`looks.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {looks.map((look) => (
              <tr key={`${look.caseId}-${look.staffName}`}>
                <td>
                  <a href={`/console/cases/${look.caseId}`}>
                    {words.say('case.number', { number: look.caseNumber })}
                  </a>
                </td>
                <td>
                  {look.staffName}
                  {look.agencyId !== undefined && look.agencyId !== agencyId && (
                    <span class="soft"> ({directory.agency(look.agencyId)?.name ?? look.agencyId})</span>
                  )}
                </td>
                <td>
                  <span class="looks-times">{words.say('looks.times')}: </span>
                  {look.times}
                </td>
                <td>
                  <Moment at={look.last} words={words} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
