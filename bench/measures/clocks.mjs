// What the clocks of 10,000 open cases cost while nothing happens: statements to PostgreSQL a minute and processor time, beside
// the same service with no case at all; and how long planning them anew takes after deadlines have changed.
import { makeBackend, runOn } from '../lib/backends.mjs';
import { countRoundTrips } from '../lib/counting-proxy.mjs';
import { startService } from '../lib/program.mjs';

const CASES = 10_000;
const IDLE_SECONDS = 60;
const GROUP = `clocks of ${CASES} open cases, postgres`;

export async function measureClocks({ snapshot, figures }) {
  const backend = await makeBackend.postgres();
  try {
    const empty = await idle(snapshot, backend);
    await runOn(backend.databaseUrl, OPEN_CASES);
    const started = performance.now();
    const full = await idle(snapshot, backend, async () => {
      while (Number((await runOn(backend.databaseUrl, LEFT))[0].count) > 0)
        await new Promise((resolve) => setTimeout(resolve, 250));
      figures.add(GROUP, 'start and planning all anew', 's', (performance.now() - started) / 1000);
    });
    const add = (name, unit, of, target) => figures.add(GROUP, name, unit, of, target);
    add('statements a minute, no case', '', empty.statements);
    add('statements a minute', '', full.statements);
    add('statements a minute more', '', full.statements - empty.statements, { atMost: 10 });
    add('processor time a minute, no case', 'ms', empty.cpuMs);
    add('processor time a minute', 'ms', full.cpuMs);
  } finally {
    await backend.drop();
  }
}

async function idle(snapshot, backend, settled = async () => undefined) {
  const proxy = await countRoundTrips(backend.databaseUrl);
  const program = await startService(snapshot, {
    ...backend,
    env: { ...backend.env, DATABASE_URL: proxy.url },
  });
  try {
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const [before, cpu] = [proxy.counts(), program.cpuMs()];
    await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
    const after = proxy.counts();
    const minutes = IDLE_SECONDS / 60;
    return {
      statements: (after.roundTrips - before.roundTrips) / minutes,
      cpuMs: (program.cpuMs() - cpu) / minutes,
    };
  } finally {
    await program.stop();
    proxy.close();
  }
}

// Accepted, answered, a plan due in some days: nothing becomes due while it is measured.
const OPEN_CASES = `
  with made as (
    insert into lang_nghe.reports (id, category, urgency, place_code, sealed_content, received_at, state)
    select gen_random_uuid(), 'physical_abuse', 'normal', '30742', '\\x00', now() - interval '1 hour', 'dispatched'
    from generate_series(1, ${CASES}) returning id
  ), opened as (
    insert into lang_nghe.cases (id, number, report_id, agency_id, basis, category, urgency, place_code, state, opened_at, accept_by, accepted_at)
    select gen_random_uuid(), id::text, id, 'ubnd-30742', 'bench', 'physical_abuse', 'normal', '30742', 'accepted',
      now() - interval '1 hour', now() + interval '3 hours', now() - interval '50 minutes'
    from made returning report_id
  )
  insert into lang_nghe.case_messages (id, report_id, "from", sealed_content, at)
  select gen_random_uuid(), report_id, 'staff', '\\x00', now() - interval '40 minutes' from opened`;
const LEFT = `select count(*) from lang_nghe.cases c where not exists (select from lang_nghe.case_clocks k where k.case_id = c.id)`;
