import type { Directory } from '../../directory/directory.js';
import type { CaseClocks, ClockLine, RingLine, StepLine } from '../../reports/case-clocks.js';
import { CASE_STEPS } from '../../reports/case-moments.js';
import type { Words } from '../words.js';
import { FormToken, Moment, outOfBand } from './parts.js';

export type ClocksOfCase = NonNullable<Awaited<ReturnType<CaseClocks['ofCase']>>>;

interface ClocksProps {
  words: Words;
  directory: Directory;
  caseId: string;
  clocks: ClocksOfCase;
  /** Whether this person may note steps. */
  mayNote: boolean;
  csrfToken: string;
  renewed?: boolean;
}

/** Deadlines of a case in plain words, the steps that stop them, and who was rung. */
export function CaseDeadlines(props: ClocksProps) {
  const { words, directory, clocks, renewed } = props;
  const open = clocks.clocks.filter(({ stoppedAt }) => stoppedAt === undefined);
  return (
    <section class="card" id="clocks" aria-labelledby="clocks-title" {...outOfBand(renewed)}>
      <h2 id="clocks-title">{words.say('deadline.title')}</h2>
      {open.length === 0 ? (
        <p class="soft">{words.say('deadline.none')}</p>
      ) : (
        <ul class="clocks">
          {open.map((line) => (
            <Deadline key={line.clock} line={line} words={words} />
          ))}
        </ul>
      )}
      <Steps {...props} />
      {clocks.rings.length > 0 && (
        <details>
          <summary>{words.say('deadline.rings', { n: clocks.rings.length })}</summary>
          <ul class="clocks small">
            {clocks.rings.map((ring) => (
              <li key={ring.id}>
                {ringText(words, directory, ring)} <Moment at={ring.at} words={words} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Deadline({ line, words }: { line: ClockLine; words: Words }) {
  const { clock, dueAt, atOnce, basis, provisional } = line;
  const late = !atOnce && dueAt.getTime() <= words.now;
  return (
    <li>
      <span>{words.say(`deadline.clock.${clock}`)}</span>{' '}
      {atOnce ? (
        <strong class="left left-soon">{words.say('deadline.at_once')}</strong>
      ) : (
        <time class={`left left-${late ? 'late' : 'calm'}`} dateTime={dueAt.toISOString()}>
          {words.left(dueAt)} ({words.moment(dueAt)})
        </time>
      )}
      <span class="soft small">
        {basis === 'internal'
          ? words.say('deadline.internal')
          : words.say('deadline.basis', { document: basis.document, article: basis.article })}
        {provisional.length > 0 && ` ${words.say('deadline.provisional', { years: provisional.join(', ') })}`}
      </span>
    </li>
  );
}

function Steps({ words, caseId, clocks, mayNote, csrfToken }: ClocksProps) {
  const noted = new Map<string, StepLine>(clocks.steps.map((line) => [line.step, line]));
  return (
    <>
      <h3>{words.say('deadline.steps')}</h3>
      <ul class="clocks">
        {CASE_STEPS.map((step) => {
          const line = noted.get(step);
          return (
            <li key={step}>
              <span>{words.say(`deadline.step.${step}`)}</span>
              {line ? (
                <span class="soft small">
                  {words.say('deadline.step_done', { who: line.staffName })},{' '}
                  <Moment at={line.at} words={words} />
                </span>
              ) : (
                <span class="soft small">{words.say('deadline.step_open')}</span>
              )}
              {mayNote && (
                <form method="post" action={`/console/cases/${caseId}/steps${line ? '/back' : ''}`}>
                  <FormToken value={csrfToken} />
                  <button
                    type="submit"
                    name="step"
                    value={step}
                    class="second"
                    aria-label={words.say(line ? 'deadline.withdraw_which' : 'deadline.note_which', {
                      step: words.say(`deadline.step.${step}`),
                    })}
                  >
                    {words.say(line ? 'deadline.withdraw' : 'deadline.note')}
                  </button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function ringText(words: Words, directory: Directory, ring: RingLine): string {
  const agency = directory.agency(ring.agencyId)?.name ?? ring.agencyId;
  const who = ring.staffName ?? words.say('on_call.by_webhook');
  return words.say(`deadline.ring.${ring.state}`, { who, agency, code: ring.code ?? '' });
}
