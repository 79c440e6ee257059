import type { Response } from 'express';
import type { Texts } from '../../texts/texts.js';

/** Everything that can go wrong on the way in, and the HTTP status that says it. The words are in problem.yaml. */
export const PROBLEMS = {
  broken_json: 400,
  no_session: 401,
  too_large: 413,
  file_too_big: 413,
  wrong_type: 415,
  file_type: 415,
  wrong_shape: 422,
  empty_text: 422,
  too_long: 422,
  file_broken: 422,
  too_many: 429,
  broken: 500,
  unavailable: 503,
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** Seconds after which trying again makes sense when the service cannot store anything. */
export const UNAVAILABLE_RETRY_SECONDS = 3;

/** The sentence for the person; always with 111 in it. */
export function problemSentence(texts: Texts, name: ProblemName): string {
  return texts.say(`problem.${name}.detail`);
}

/** Answers with problem+json (RFC 9457). `retryAfter` in seconds; `members` are extension members. */
export function sendProblem(
  response: Response,
  texts: Texts,
  name: ProblemName,
  more: { readonly retryAfter?: number; readonly members?: Readonly<Record<string, unknown>> } = {},
): void {
  if (more.retryAfter !== undefined) response.set('Retry-After', String(more.retryAfter));
  response
    .status(PROBLEMS[name])
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:lang-nghe:problem:${name}`,
        title: texts.say(`problem.${name}.title`),
        status: PROBLEMS[name],
        detail: problemSentence(texts, name),
        ...more.members,
      }),
    );
}

/** Which problem an error of Express' body parsers is. */
export function problemOfError(error: unknown): ProblemName {
  const { type } = (typeof error === 'object' && error !== null ? error : {}) as { type?: unknown };
  switch (type) {
    case 'entity.parse.failed':
    case 'request.aborted':
    case 'request.size.invalid':
      return 'broken_json';
    case 'entity.too.large':
    case 'parameters.too.many':
      return 'too_large';
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return 'wrong_type';
    default:
      return 'broken';
  }
}
