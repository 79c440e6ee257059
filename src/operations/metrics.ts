import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers for operators in Prometheus' format. Labels are kinds from our own lists, never ids, places or words. */
export interface Metrics {
  readonly contentType: string;
  turn(turn: { channel: string; outcome: string; card: boolean; milliseconds: number }): void;
  job(job: string, outcome: string): void;
  /** Something a platform sent: the name of its event from our own list, and what came of it. */
  received(channel: string, event: string, outcome: string): void;
  /** A try to send on a channel, and how it ended; `code` from the channel's table. */
  sending(channel: string, outcome: string, code?: string): void;
  /** What was told of a clock for the first time: its id from data/deadlines.yaml, `warning` or `missed`. */
  clock(clock: string, told: string): void;
  /** A call to somebody on call: on which channel (or `webhook`), and how it ended. */
  ring(how: string, outcome: string, code?: string): void;
  /** The page; `refresh` fills the gauges first, and its failure leaves them out rather than failing the page. */
  page(): Promise<string>;
}

export interface Levels {
  /** Reports without a desk: `undecided` need an administrator. */
  readonly reports: { readonly waiting: number; readonly undecided: number };
  readonly jobsWaiting: Readonly<Record<string, number>>;
  /** Jobs that failed for good. */
  readonly jobsDead: Readonly<Record<string, number>>;
  /** Urgent cases nobody has accepted, about which nobody could be reached. */
  readonly casesUnreached: number;
  /** Alarms of channels that an operator must mend. */
  readonly alarms: readonly { readonly channel: string; readonly code: string }[];
}

export function createMetrics(readLevels: () => Promise<Levels>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Counter({
    name: 'lang_nghe_turns_total',
    help: 'Incoming messages by channel and outcome',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const cards = new Counter({
    name: 'lang_nghe_danger_cards_total',
    help: 'Emergency cards given, also for danger told in several messages',
    labelNames: ['channel'],
    registers,
  });
  const seconds = new Histogram({
    name: 'lang_nghe_turn_seconds',
    help: 'Time from a parsed message to its committed turn',
    labelNames: ['channel'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const jobs = new Counter({
    name: 'lang_nghe_jobs_total',
    help: 'Jobs by name and outcome',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const events = new Counter({
    name: 'lang_nghe_channel_events_total',
    help: 'What platforms sent, by event and what came of it',
    labelNames: ['channel', 'event', 'outcome'],
    registers,
  });
  const sends = new Counter({
    name: 'lang_nghe_channel_sends_total',
    help: 'Tries to send on a channel, by how they ended',
    labelNames: ['channel', 'outcome', 'code'],
    registers,
  });
  const alarms = new Gauge({
    name: 'lang_nghe_channel_alarm',
    help: 'A channel that needs an operator, by cause',
    labelNames: ['channel', 'code'],
    registers,
  });
  const reportsWaiting = new Gauge({
    name: 'lang_nghe_reports_waiting',
    help: 'Reports not yet on an agency’s desk',
    registers,
  });
  const reportsUndecided = new Gauge({
    name: 'lang_nghe_reports_undecided',
    help: 'Reports that nobody may take as the rules stand: an administrator must decide',
    registers,
  });
  const jobsWaiting = new Gauge({
    name: 'lang_nghe_jobs_waiting',
    help: 'Jobs that wait',
    labelNames: ['job'],
    registers,
  });
  const jobsDead = new Gauge({
    name: 'lang_nghe_jobs_dead',
    help: 'Jobs that failed for good; an operator must look',
    labelNames: ['job'],
    registers,
  });
  const clocks = new Counter({
    name: 'lang_nghe_clocks_total',
    help: 'Deadlines of cases, by what was told: warning or missed',
    labelNames: ['clock', 'told'],
    registers,
  });
  const rings = new Counter({
    name: 'lang_nghe_rings_total',
    help: 'Calls to people on call, by way and how they ended',
    labelNames: ['how', 'outcome', 'code'],
    registers,
  });
  const casesUnreached = new Gauge({
    name: 'lang_nghe_cases_unreached',
    help: 'Urgent cases not accepted, about which nobody could be reached; an operator must act',
    registers,
  });
  return {
    contentType: registry.contentType,
    turn({ channel, outcome, card, milliseconds }) {
      turns.inc({ channel, outcome });
      seconds.observe({ channel }, milliseconds / 1000);
      if (card) cards.inc({ channel });
    },
    job: (job, outcome) => jobs.inc({ job, outcome }),
    received: (channel, event, outcome) => events.inc({ channel, event, outcome }),
    sending: (channel, outcome, code = '') => sends.inc({ channel, outcome, code }),
    clock: (clock, told) => clocks.inc({ clock, told }),
    ring: (how, outcome, code = '') => rings.inc({ how, outcome, code }),
    async page() {
      const levels = await readLevels().catch(() => undefined);
      if (levels) {
        reportsWaiting.set(levels.reports.waiting);
        reportsUndecided.set(levels.reports.undecided);
        casesUnreached.set(levels.casesUnreached);
        for (const [job, count] of Object.entries(levels.jobsDead)) jobsDead.set({ job }, count);
        alarms.reset();
        for (const { channel, code } of levels.alarms) alarms.set({ channel, code }, 1);
        for (const [job, count] of Object.entries(levels.jobsWaiting)) jobsWaiting.set({ job }, count);
      }
      return registry.metrics();
    },
  };
}
