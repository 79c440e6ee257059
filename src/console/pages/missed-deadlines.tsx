import type { Directory } from '../../directory/directory.js';
import type { CaseClocks, MissedLine } from '../../reports/case-clocks.js';
import type { Words } from '../words.js';

export type MissedOfAgency = Awaited<ReturnType<CaseClocks['missed']>>;

/**
 * What was missed and is still not done: the agency's own, with the way to the case; of the agencies below only that
 * it is so, as their cases are not opened from here.
 */
export function MissedDeadlines({
  words,
  directory,
  missed: { own, below },
}: {
  words: Words;
  directory: Directory;
  missed: MissedOfAgency;
}) {
  const say = (line: MissedLine, kind: string) =>
    words.say(`deadline.missed.${kind}`, {
      number: line.number,
      clock: words.ifKnown(`deadline.clock.${line.clock}`) ?? line.clock,
      agency: directory.agency(line.agencyId)?.name ?? line.agencyId,
    });
  return (
    <>
      {own.length > 0 && (
        <div class="fault" role="alert">
          <details>
            <summary>{words.say('deadline.missed.own', { n: own.length })}</summary>
            <ul class="clocks">
              {own.map((line) => (
                <li key={`${line.caseId} ${line.clock}`}>
                  <a href={`/console/cases/${line.caseId}`}>{say(line, 'line')}</a>{' '}
                  <span class="small">{words.left(line.dueAt)}</span>
                </li>
              ))}
            </ul>
          </details>
        </div>
      )}
      {below.length > 0 && (
        <div class="fault" role="alert">
          <details>
            <summary>{words.say('deadline.missed.below', { n: below.length })}</summary>
            <ul class="clocks">
              {below.map((line) => (
                <li key={`${line.caseId} ${line.clock}`}>
                  {say(line, 'line_below')} <span class="small">{words.left(line.dueAt)}</span>
                </li>
              ))}
            </ul>
          </details>
        </div>
      )}
    </>
  );
}
