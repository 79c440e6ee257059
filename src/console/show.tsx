import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Here, StaffHere } from './here.js';
import { noticeOf } from './notices.js';
import { Layout } from './pages/layout.js';
import { MessagePage } from './pages/message.js';

/** The parts of the console that the menu leads to. */
type Section =
  | 'queue'
  | 'keys'
  | 'same'
  | 'undecided'
  | 'looks'
  | 'people'
  | 'content'
  | 'on-call'
  | 'dead-jobs'
  | 'my-chat'
  | 'account';

interface PageOptions {
  readonly title: string;
  readonly status?: number;
  /** The part of the console this page belongs to, marked in the menu. */
  readonly current?: Section;
  /** Listens to the agency's queue. */
  readonly live?: boolean;
}

/** Sends a whole page in the frame of the console. */
export function showPage(here: Here, options: PageOptions, body: VNode): void {
  const { words, assets, signedIn, deps, sessions, req, res } = here;
  const notice = noticeOf(req.query.notice);
  const agencyId = signedIn?.member.agencyId;
  const agencyName = agencyId === undefined ? undefined : deps.directory.agency(agencyId)?.name;
  const html = renderToString(
    <Layout
      words={words}
      assets={assets}
      title={options.title}
      current={options.current}
      live={options.live === true}
      member={signedIn?.member}
      secondStepDue={signedIn?.secondStepDue === true}
      asksCode={deps.secondStep === 'required'}
      lockTime={signedIn && sessions.lockTime(signedIn.session)}
      csrfToken={signedIn?.session.csrfToken}
      agencyName={agencyName}
      notice={notice}
    >
      {body}
    </Layout>,
  );
  res
    .status(options.status ?? 200)
    .type('html')
    .send(`<!doctype html>${html}`);
}

/** Sends a piece of a page for htmx to put in place. */
export function showFragment({ res }: StaffHere, body: VNode): void {
  res.type('html').send(renderToString(body));
}

/** What a plain message page says: `message.<kind>.title`, `.body` and what to do next. */
type MessageKind =
  | 'not_found'
  | 'not_allowed'
  | 'no_agency'
  | 'form_stale'
  | 'session_over'
  | 'too_large'
  | 'evidence_locked'
  | 'failed'
  | 'link_dead';

const STATUS: Readonly<Record<MessageKind, number>> = {
  not_found: 404,
  not_allowed: 403,
  no_agency: 403,
  form_stale: 403,
  session_over: 401,
  too_large: 413,
  evidence_locked: 423,
  failed: 500,
  link_dead: 410,
};

/** A page that says what happened and what to do now. `keptText`: what the person had written, to copy. */
export function showMessage(here: Here, kind: MessageKind, keptText?: string): void {
  const title = here.words.say(`message.${kind}.title`);
  const home = kind === 'session_over' || kind === 'link_dead' ? '/console/sign-in' : '/console';
  showPage(
    here,
    { title, status: STATUS[kind] },
    <MessagePage words={here.words} kind={kind} home={home} keptText={keptText} />,
  );
}
