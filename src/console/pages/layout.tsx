import type { ComponentChildren } from 'preact';
import type { StaffMember } from '../../staff/staff.js';
import type { Assets } from '../assets.js';
import type { Notice } from '../notices.js';
import { may } from '../permissions.js';
import type { LockTime } from '../sessions.js';
import type { Words } from '../words.js';
import { LockParts } from './lock.js';
import { FormToken } from './parts.js';

/** No eval, no inline style, no page kept in browser storage; a refused form (409, 422) is shown like a page. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  historyCacheSize: 0,
  scrollBehavior: 'auto',
  attributesToSettle: ['class'],
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '4(09|22)', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});

interface LayoutProps {
  words: Words;
  assets: Assets;
  title: string;
  current: string | undefined;
  live: boolean;
  member: StaffMember | undefined;
  /** Signed in as far as the passphrase: no menu yet. */
  secondStepDue: boolean;
  /** Whether unlocking asks for a code too. */
  asksCode: boolean;
  lockTime: LockTime | undefined;
  csrfToken: string | undefined;
  agencyName: string | undefined;
  notice: Notice | undefined;
  children: ComponentChildren;
}

/** The frame of every page: who is here, where they can go, and what just happened. */
export function Layout(props: LayoutProps) {
  const { words, assets, title, live, notice, csrfToken, member, secondStepDue, lockTime } = props;
  const locks = member && lockTime && !secondStepDue;
  const headers =
    csrfToken === undefined ? {} : { 'hx-headers': JSON.stringify({ 'X-CSRF-Token': csrfToken }) };
  const events = live ? { 'hx-ext': 'sse', 'sse-connect': '/console/events' } : {};
  return (
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content={HTMX_CONFIG} />
        <title>{`${title} · ${words.say('shell.service')}`}</title>
        <link rel="icon" href={assets.url('console-icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.url('console.css')} />
        {csrfToken !== undefined && (
          <>
            <script src={assets.url('console-htmx.js')} defer />
            <script src={assets.url('console-sse.js')} defer />
          </>
        )}
        <script src={assets.url('console.js')} defer />
      </head>
      <body
        {...headers}
        {...(locks && {
          'data-member': member.id,
          'data-lock-in': lockTime.lockIn,
          'data-lock-final': lockTime.final,
          'data-lock-title': `${words.say('lock.title')} · ${words.say('shell.service')}`,
        })}
        data-offline={words.say('shell.offline')}
        data-session-over={words.say('shell.session_over')}
        data-failed={words.say('shell.failed')}
        data-copied={words.say('people.copied')}
      >
        <a class="skip" href="#main">
          {words.say('shell.skip')}
        </a>
        <TopBar {...props} />
        <main id="main" tabIndex={-1} {...events}>
          <div id="notice" role="status">
            {notice && <p class="notice">{words.say(`notice.${notice}`)}</p>}
          </div>
          {props.children}
        </main>
        <p id="announce" class="unseen" role="status" />
        {locks && <LockParts words={words} member={member} asksCode={props.asksCode} />}
      </body>
    </html>
  );
}

function TopBar(props: LayoutProps) {
  const { words, member, agencyName, current, csrfToken, secondStepDue } = props;
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href="/console">
          <span class="brand-name">{words.say('shell.service')}</span>
          <span class="brand-sub">{agencyName ?? words.say('shell.desk')}</span>
        </a>
        {member && csrfToken !== undefined && (
          <div class="top-acts">
            {!secondStepDue && (
              <nav class="menu" aria-label={words.say('shell.menu')}>
                {may(member, 'see_cases') && (
                  <a href="/console/queue" aria-current={current === 'queue' ? 'page' : undefined}>
                    {words.say('queue.title')}
                  </a>
                )}
                {may(member, 'link_cases') && (
                  <a href="/console/same" aria-current={current === 'same' ? 'page' : undefined}>
                    {words.say('same.menu')}
                  </a>
                )}
                {may(member, 'decide_report') && (
                  <a href="/console/undecided" aria-current={current === 'undecided' ? 'page' : undefined}>
                    {words.say('undecided.menu')}
                  </a>
                )}
                {may(member, 'see_looks') && (
                  <a href="/console/looks" aria-current={current === 'looks' ? 'page' : undefined}>
                    {words.say('looks.title')}
                  </a>
                )}
                {may(member, 'see_content') && (
                  <a href="/console/content" aria-current={current === 'content' ? 'page' : undefined}>
                    {words.say('content.title')}
                  </a>
                )}
                {may(member, 'see_cases') && (
                  <a href="/console/my-chat" aria-current={current === 'my-chat' ? 'page' : undefined}>
                    {words.say('my_chat.menu')}
                  </a>
                )}
                {may(member, 'keep_keys') && (
                  <a href="/console/keys" aria-current={current === 'keys' ? 'page' : undefined}>
                    {words.say('keys.menu')}
                  </a>
                )}
                {may(member, 'sign_out_others') && (
                  <a href="/console/people" aria-current={current === 'people' ? 'page' : undefined}>
                    {words.say('people.title')}
                  </a>
                )}
                {may(member, 'operate') && (
                  <>
                    <a href="/console/on-call" aria-current={current === 'on-call' ? 'page' : undefined}>
                      {words.say('on_call.menu')}
                    </a>
                    <a href="/console/dead-jobs" aria-current={current === 'dead-jobs' ? 'page' : undefined}>
                      {words.say('dead_jobs.menu')}
                    </a>
                  </>
                )}
                <a href="/console/account" aria-current={current === 'account' ? 'page' : undefined}>
                  {words.say('account.menu')}
                </a>
              </nav>
            )}
            <div class="me">
              <span class="me-name">
                {member.name}
                <span class="me-role">{words.say(`role.${member.role}`)}</span>
              </span>
              <a href="/console/passphrase">{words.say('passphrase.menu')}</a>
              <form method="post" action="/console/sign-out">
                <FormToken value={csrfToken} />
                <button type="submit" class="quiet">
                  {words.say('shell.sign_out')}
                </button>
              </form>
            </div>
          </div>
        )}
      </div>
    </header>
  );
}
