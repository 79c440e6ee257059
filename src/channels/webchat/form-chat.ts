import type { RequestHandler, Response } from 'express';
import type { Outgoing } from '../../conversation/message.js';
import { type PageView, renderPage } from './page.js';
import { type FormTurn, parseFormBody } from './parse.js';
import type { WebchatParts } from './parts.js';
import { PROBLEMS, type ProblemName, problemSentence, UNAVAILABLE_RETRY_SECONDS } from './problem.js';
import { toWire } from './wire.js';

/** `GET /`: the page of a new talk. Nothing is stored until the person does something. */
export function showPage(parts: WebchatParts): RequestHandler {
  return (_request, response) => {
    sendPage(parts, response, { session: parts.sessions.issue(), messages: [], fresh: true });
  };
}

/** `POST /chat`: the whole talk with scripts off. One page per turn, holding the messages of that turn and no older ones. */
export function answerForm(parts: WebchatParts): RequestHandler {
  const { rates, turns, addressKey } = parts;
  return async (request, response) => {
    const form = parseFormBody(request.body);
    const contact = turns.contactOf(form.session);
    const retryAfter = await rates.message(addressKey(request.ip), contact);
    if (retryAfter !== undefined) {
      response.set('Retry-After', String(retryAfter));
      return refuse(parts, response, form, 'too_many');
    }
    if (form.wants === 'news') {
      const news = contact === undefined ? [] : await turns.news(contact, form.after);
      return answer(parts, response, form, form.session, [], news);
    }
    if ('problem' in form.wants) return refuse(parts, response, form, form.wants.problem);
    const { session, outcome } = await turns.carry(form.session, form.wants.ok, form.key);
    if (outcome.kind === 'unavailable') {
      if (contact !== undefined) await rates.notTaken(contact);
      response.set('Retry-After', String(UNAVAILABLE_RETRY_SECONDS));
      return refuse(parts, response, { ...form, session }, 'unavailable', outcome.messages);
    }
    const news = session === form.session && contact ? await turns.news(contact, form.after) : [];
    answer(parts, response, form, session, outcome.messages, news);
  };
}

/** The page for a request that could not be read at all. */
export function refusePage(parts: WebchatParts, response: Response, problem: ProblemName): void {
  refuse(parts, response, { wants: 'news', written: '' }, problem);
}

function answer(
  parts: WebchatParts,
  response: Response,
  form: FormTurn,
  session: string | undefined,
  turn: readonly Outgoing[],
  news: readonly Outgoing[],
): void {
  const later = news.filter(({ id }) => !turn.some((message) => message.id === id));
  const after = news.at(-1)?.id ?? form.after;
  const messages = [...later, ...turn];
  sendPage(parts, response, {
    session: session !== undefined && parts.sessions.isGood(session) ? session : parts.sessions.issue(),
    messages: messages.map(toWire),
    fresh: false,
    ...(after === undefined ? {} : { after }),
    ...(messages.length === 0 ? { notice: parts.words.noNews } : {}),
  });
}

/** The same page again with a kind sentence, the words given back, and the same key where the message may yet be stored. */
function refuse(
  parts: WebchatParts,
  response: Response,
  form: FormTurn,
  problem: ProblemName,
  messages: readonly Outgoing[] = [],
): void {
  response.status(PROBLEMS[problem]);
  sendPage(parts, response, {
    session:
      form.session !== undefined && parts.sessions.isGood(form.session)
        ? form.session
        : parts.sessions.issue(),
    messages: messages.map(toWire),
    notice: problemSentence(parts.deps.texts, problem),
    written: form.written,
    fresh: false,
    ...(form.key !== undefined && problem === 'unavailable' ? { key: form.key } : {}),
    ...(form.after === undefined ? {} : { after: form.after }),
  });
}

function sendPage(
  { words, assets, exitUrl, deps }: WebchatParts,
  response: Response,
  view: Omit<PageView, 'words' | 'assets' | 'exitUrl' | 'key'> & { readonly key?: string },
): void {
  response.type('html').send(renderPage({ words, assets, exitUrl, key: deps.newId(), ...view }));
}
