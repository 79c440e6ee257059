import { Router } from 'express';
import type { Metrics } from './metrics.js';

/** Each check resolves when its part answers; a rejection is "away". */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>;

/** What operators and orchestrators ask: is the process there, can it do its work, how much does it do. */
export function createHealthRoutes(checks: ReadinessChecks, metrics: Metrics): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const entries = await Promise.all(
      Object.entries(checks).map(
        async ([part, check]) =>
          [
            part,
            await check().then(
              () => 'ok',
              () => 'away',
            ),
          ] as const,
      ),
    );
    const ready = entries.every(([, state]) => state === 'ok');
    response
      .set('Cache-Control', 'no-store')
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ready' : 'not_ready', ...Object.fromEntries(entries) });
  });
  router.get('/metrics', async (_request, response) => {
    response.set('Content-Type', metrics.contentType).send(await metrics.page());
  });
  return router;
}
