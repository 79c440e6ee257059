import { z } from 'zod';
import { type IncomingContent, MAX_TEXT_CHARACTERS } from '../../conversation/message.js';
import { cleanText } from '../clean-text.js';
import type { ProblemName } from './problem.js';

const apiBody = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ choice: z.string().min(1).max(200) }),
  z.strictObject({ start: z.literal(true) }),
]);

/** What the form of the page sends. `news` asks for messages that came later; a choice wins over words left in the field. */
const formBody = z.object({
  session: z.string().max(200).optional(),
  key: z.string().max(200).optional(),
  after: z.string().max(200).optional(),
  choice: z.string().min(1).max(200).optional(),
  start: z.string().optional(),
  news: z.string().optional(),
  text: z.string().optional(),
});

export type Parsed<T> = { readonly ok: T } | { readonly problem: ProblemName };

/** The body of `POST /api/chat`. An unknown choice id is fine here: the talk knows what to say to it. */
export function parseApiBody(body: unknown): Parsed<IncomingContent> {
  const parsed = apiBody.safeParse(body);
  if (!parsed.success) return { problem: 'wrong_shape' };
  if ('choice' in parsed.data) return { ok: { kind: 'choice', id: parsed.data.choice } };
  if ('start' in parsed.data) return { ok: { kind: 'start' } };
  return parseText(parsed.data.text);
}

export interface FormTurn {
  readonly session?: string;
  readonly key?: string;
  readonly after?: string;
  readonly wants: Parsed<IncomingContent> | 'news';
  /** What stood in the field, to be given back when it could not be taken. */
  readonly written: string;
}

/** The body of `POST /chat` and `POST /exit`. */
export function parseFormBody(body: unknown): FormTurn {
  const parsed = formBody.safeParse(body ?? {});
  if (!parsed.success) return { wants: { problem: 'wrong_shape' }, written: '' };
  const { session, key, after, choice, start, news, text = '' } = parsed.data;
  return {
    ...(session === undefined ? {} : { session }),
    ...(key === undefined ? {} : { key }),
    ...(after === undefined ? {} : { after }),
    written: text,
    wants:
      news !== undefined
        ? 'news'
        : choice !== undefined
          ? { ok: { kind: 'choice', id: choice } }
          : start !== undefined
            ? { ok: { kind: 'start' } }
            : parseText(text),
  };
}

function parseText(raw: string): Parsed<IncomingContent> {
  const text = cleanText(raw);
  if (text === '') return { problem: 'empty_text' };
  if ([...text].length > MAX_TEXT_CHARACTERS) return { problem: 'too_long' };
  return { ok: { kind: 'text', text } };
}

const MESSAGE_ID = /^[A-Za-z0-9_.:-]{1,100}$/;

/** An id of one of our messages as a client names it (Last-Event-ID); anything else counts as none. */
export function parseMessageId(value: string | undefined): string | undefined {
  return value !== undefined && MESSAGE_ID.test(value) ? value : undefined;
}

/** The token of `Authorization: Bearer …`, or undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer +(\S+)$/i)?.[1];
}
