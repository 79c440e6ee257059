import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { PushChannelDeps } from '../push-channel.js';
import { readEvent } from './event.js';
import { handlingOf } from './events.js';
import { looksSigned, type SignatureKeys, verify, whatWouldFit } from './signature.js';
import type { createTakeEvent } from './take-event.js';

const PATH = '/webhooks/zalo';
/** Events are small; what is not signed is read only to see whether it is the probe. */
const MAX_EVENT = '1mb';
const MAX_UNSIGNED = '1kb';

export interface WebhookParts {
  readonly deps: Pick<PushChannelDeps, 'observe' | 'now' | 'log'>;
  readonly keys: SignatureKeys & { readonly appSecret: string };
  readonly siteCode: string | undefined;
  readonly take: ReturnType<typeof createTakeEvent>;
  oaId(): string | undefined;
  warn(code: string, message: string): void;
}

/** What Zalo calls: events, the check of the address when it is saved, the file that proves the domain. */
export function webhookRoutes(parts: WebhookParts): Router {
  const router = Router();
  const read = (limit: string) => express.raw({ type: () => true, limit, inflate: false });
  const [readSigned, readUnsigned] = [read(MAX_EVENT), read(MAX_UNSIGNED)];
  router
    .route(PATH)
    .get((_, response) => void response.status(200).end())
    .post(
      (request, response, next) =>
        (looksSigned(signatureOf(request)) ? readSigned : readUnsigned)(request, response, next),
      (request, response) => receive(parts, request, response),
    );
  if (parts.siteCode !== undefined) {
    const page = verifierPage(parts.siteCode);
    router.get(
      `/zalo_verifier${parts.siteCode}.html`,
      (_, response) => void response.type('html').send(page),
    );
  }
  router.use(PATH, refuseUnreadable(parts));
  return router;
}

const signatureOf = (request: Request): string | undefined => request.get('x-zevent-signature');

async function receive(parts: WebhookParts, request: Request, response: Response): Promise<void> {
  const { deps, keys } = parts;
  const raw: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const signature = signatureOf(request);
  if (!looksSigned(signature)) {
    // Saving the address in the console sends an unsigned "{}".
    if (['', '{}'].includes(raw.toString('utf8').trim())) return void response.status(200).end();
    return refuse(parts, response);
  }
  const verdict = verify(keys, signature, raw, deps.now());
  if (verdict.kind === 'wrong_mac') {
    parts.warn(
      `signature_${whatWouldFit({ ...keys, oaId: parts.oaId() }, signature, raw, request.get('x-zevent-timestamp'))}`,
      'an event is not signed with our keys; the code says which reading of the rule would fit',
    );
  }
  if (verdict.kind === 'wrong_time') {
    parts.warn(
      'event_time',
      'a signed event is too old or of the future: is the clock of this machine right?',
    );
  }
  if (verdict.kind !== 'genuine') return refuse(parts, response);

  const event = readEvent(verdict.body);
  if (event === undefined) {
    deps.observe('other', 'ignored');
    return void response.status(200).end();
  }
  // Notices of templates sent by phone number carry this; they concern no talk.
  const isNotice = request.get('x-zevent-server') !== undefined;
  const taken = isNotice ? 'ignored' : await parts.take(event);
  deps.observe(handlingOf(event.event_name).event, taken);
  if (taken === 'not_stored') return problem(response, 503, 'Service Unavailable');
  response.status(200).end();
}

function refuse({ deps }: WebhookParts, response: Response): void {
  deps.observe('other', 'refused');
  problem(response, 401, 'Unauthorized');
}

/** Too large, cut off, compressed: what is not signed is refused alike. */
const refuseUnreadable =
  (parts: WebhookParts): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    if (!looksSigned(signatureOf(request))) return refuse(parts, response);
    const { status } = (typeof error === 'object' && error !== null ? error : {}) as { status?: unknown };
    if (typeof status === 'number' && status >= 400 && status < 500) {
      parts.deps.observe('other', 'refused');
      return problem(response, status, 'Not Readable');
    }
    parts.deps.log.error({ channel: 'zalo', error }, 'an event broke the webhook');
    problem(response, 503, 'Service Unavailable');
  };

/** RFC 9457, without detail: whoever is refused learns nothing. */
function problem(response: Response, status: number, title: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status }));
}

/** As Zalo hands it out for downloading, with the code in both places where it is looked for. */
const verifierPage = (code: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta property="zalo-platform-site-verification" name="zalo-platform-site-verification" content="${code}">
</head>
<body>
There Is No Limit To What You Can Accomplish Using Zalo!
</body>
</html>
`;
