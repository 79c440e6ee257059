import type { ComponentChildren } from 'preact';
import type { Answer } from '../../understanding/answer.js';
import type { ContentState } from '../../understanding/content-state.js';
import type { HiddenBecause } from '../../understanding/load-answers.js';
import type { UnknownQuestion } from '../../understanding/unknown-question.js';
import type { Words } from '../words.js';

interface ContentProps {
  words: Words;
  questions: readonly UnknownQuestion[];
  state: ContentState;
}

/** What content staff work off, the most pressing first: answers that people no longer get, those due soon, questions without one. */
export function ContentPage({ words, questions, state }: ContentProps) {
  return (
    <>
      <div class="page-head">
        <h1>{words.say('content.title')}</h1>
      </div>
      <Part words={words} name="hidden" count={state.hidden.length}>
        {state.hidden.map(({ answer, because }) => (
          <AnswerLine key={answer.id} answer={answer} note={whyHidden(words, because)} />
        ))}
      </Part>
      <Part words={words} name="due" count={state.dueSoon.length}>
        {state.dueSoon.map((answer) => (
          <AnswerLine
            key={answer.id}
            answer={answer}
            note={words.say('content.due.by', { day: words.date(answer.review_by) })}
          />
        ))}
      </Part>
      <section aria-labelledby="unknown">
        <h2 id="unknown">{words.say('content.unknown.title', { n: questions.length })}</h2>
        <p class="soft">{words.say('content.unknown.about')}</p>
        {questions.length === 0 && <p>{words.say('content.unknown.none')}</p>}
        {byDay(questions).map(([day, asked]) => (
          <section key={day} aria-label={words.date(day)}>
            <h3>{words.date(day)}</h3>
            <ul class="content-list">
              {asked.map(({ text, times }) => (
                <li key={text} class="card">
                  <p>{text}</p>
                  <p class="soft small">{words.say('content.unknown.times', { n: times })}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </section>
    </>
  );
}

function Part(props: { words: Words; name: 'hidden' | 'due'; count: number; children: ComponentChildren }) {
  const { words, name, count, children } = props;
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{words.say(`content.${name}.title`, { n: count })}</h2>
      <p class="soft">{words.say(`content.${name}.about`)}</p>
      {count === 0 ? <p>{words.say(`content.${name}.none`)}</p> : <ul class="content-list">{children}</ul>}
    </section>
  );
}

function AnswerLine({ answer, note }: { answer: Answer; note: string }) {
  return (
    <li class="card">
      <p>
        <strong>{answer.title}</strong> <span class="soft small">{answer.id}</span>
      </p>
      <p>{note}</p>
      <p class="soft small">{answer.owner}</p>
    </li>
  );
}

function whyHidden(words: Words, because: HiddenBecause): string {
  return because.kind === 'overdue'
    ? words.say('content.hidden.overdue', { day: words.date(because.since) })
    : words.say(`content.hidden.${because.kind}`, { document: because.document });
}

function byDay(questions: readonly UnknownQuestion[]): [string, UnknownQuestion[]][] {
  const days = new Map<string, UnknownQuestion[]>();
  for (const question of questions) days.set(question.day, [...(days.get(question.day) ?? []), question]);
  return [...days];
}
