import type { RequestHandler } from 'express';
import { z } from 'zod';
import { bearerToken, parseFormBody } from './parse.js';
import type { WebchatParts } from './parts.js';

const body = z.union([z.object({ session: z.string() }), z.string().transform((session) => ({ session }))]);

/**
 * `POST /api/chat/forget`: deletes the talk. The token comes in the body, as a page that is going away can send no
 * headers (beacon), or in the Authorization header. A token that is not ours is answered alike: nothing is told.
 */
export function forgetTalk(parts: WebchatParts): RequestHandler {
  return async (request, response) => {
    const parsed = body.safeParse(request.body);
    await forget(parts, parsed.success ? parsed.data.session : bearerToken(request.get('authorization')));
    response.set('Clear-Site-Data', '"cache"').status(204).end();
  };
}

/** `POST /exit`: the quick exit with scripts off. Leaves at once, whether or not forgetting worked. */
export function leavePage(parts: WebchatParts): RequestHandler {
  return (request, response) => {
    void forget(parts, parseFormBody(request.body).session);
    response.redirect(303, parts.exitUrl);
  };
}

async function forget({ deps, turns }: WebchatParts, token: string | undefined): Promise<void> {
  const contact = turns.contactOf(token);
  if (contact === undefined) return;
  try {
    await deps.forget(contact);
  } catch (error) {
    deps.log.error({ error }, 'webchat: a talk could not be forgotten');
  }
}
