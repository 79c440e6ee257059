import type { CaseFile } from '../../reports/case.js';
import { lastNews, pageMark, turnOf } from '../turn.js';
import { AlsoLooking, CaseActs } from './case-acts.js';
import { AgenciesAround, Keeping, SameMatter } from './case-around.js';
import { CaseDeadlines } from './case-clocks.js';
import { Evidence } from './case-evidence.js';
import { CaseFacts, ReportWords, Timeline } from './case-facts.js';
import { NoteForm, Notes } from './case-notes.js';
import type { CaseProps } from './case-props.js';
import { CaseReferrals } from './case-referrals.js';
import { ReplyWay } from './case-reply-way.js';
import { CloseForm, ReplyForm, Talk, TurnBanner, UnsentReply } from './case-talk.js';
import { outOfBand } from './parts.js';
import { placeName } from './place-name.js';

/** Everything about one case. What the reporter may change while it is open renews itself; the reply form never does. */
export function CasePage(props: CaseProps) {
  const { words, file, directory } = props;
  const urgent = file.urgency === 'urgent';
  const canReply = ['answer', 'not_seen', 'seen'].includes(turnOf(file, props.staffId));
  return (
    <article id="case" class="case">
      <p class="back">
        <a href="/console/queue">{words.say('case.back')}</a>
      </p>
      <div class="page-head">
        <div>
          <p class="soft case-number">
            {words.say('case.number', { number: file.number })}
            {urgent && <span class="tag tag-urgent">{words.say('case.urgency.urgent')}</span>}
          </p>
          <h1>{words.say(`category.${file.category}`)}</h1>
          <p class="soft">{placeName(directory, words, file.placeCode)}</p>
        </div>
      </div>
      <CaseLive {...props} />
      <div class="columns">
        <div class="column-main">
          <ReportWords
            words={words}
            report={file.report}
            place={placeName(directory, words, file.placeCode)}
          />
          <Evidence words={words} caseId={file.id} files={file.evidence} />
          <section class="card" aria-labelledby="talk-title">
            <h2 id="talk-title">{words.say('talk.title')}</h2>
            <ReplyWay words={words} file={file} />
            <Talk {...props} />
            {canReply && <ReplyForm {...props} />}
            {!canReply && props.fault !== undefined && <UnsentReply {...props} />}
          </section>
          <section class="card" aria-labelledby="notes-title">
            <h2 id="notes-title">{words.say('note.title')}</h2>
            <Notes words={words} notes={file.notes} />
            <NoteForm {...props} />
          </section>
        </div>
        <div class="column-side">
          <Deadlines {...props} />
          <SameMatter {...props} />
          <CaseFacts words={words} directory={directory} file={file} />
          <CaseActs {...props} />
          <CaseReferrals {...props} />
          <AgenciesAround {...props} />
          <Timeline words={words} directory={directory} events={file.events} />
          {canReply && <CloseForm words={words} caseId={file.id} />}
          <Keeping {...props} />
        </div>
      </div>
    </article>
  );
}

/** The banner, and the quiet element that asks whether the page is old. A closed case changes no more. */
function CaseLive(props: CaseProps) {
  const { file } = props;
  return (
    <>
      <TurnBanner {...props} />
      <AlsoLooking {...props} />
      {file.state !== 'closed' && (
        <div
          hidden
          hx-get={`/console/cases/${file.id}/live`}
          hx-trigger="sse:queue, sse:signed_out, every 60s"
          hx-include="#page-mark"
          hx-swap="none"
        />
      )}
      <PageMark file={file} />
    </>
  );
}

/** What is put in place when the page was old; everything finds its spot by id. */
export function CaseNews(props: CaseProps) {
  return (
    <>
      <TurnBanner {...props} renewed />
      <ReplyWay words={props.words} file={props.file} renewed />
      <Talk {...props} renewed />
      <Deadlines {...props} renewed />
      <AlsoLooking {...props} renewed />
      <Notes words={props.words} notes={props.file.notes} renewed />
      <CaseReferrals {...props} renewed />
      <Timeline words={props.words} directory={props.directory} events={props.file.events} renewed />
      <PageMark file={props.file} renewed />
    </>
  );
}

function Deadlines({ clocks, file, staffId, ...props }: CaseProps & { renewed?: boolean }) {
  const mayNote = file.state !== 'closed' && file.takenBy?.staffId === staffId;
  return clocks && <CaseDeadlines {...props} {...{ clocks, mayNote }} caseId={file.id} />;
}

function PageMark({ file, renewed }: { file: CaseFile; renewed?: boolean }) {
  return (
    <input
      type="hidden"
      id="page-mark"
      name="mark"
      value={pageMark(file, lastNews(file.events))}
      {...outOfBand(renewed)}
    />
  );
}
