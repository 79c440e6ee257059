// One step of the engine, on the way through the whole report flow from the first screen to the code.
import { randomUUID } from 'node:crypto';
import { loadCore } from '../lib/core.mjs';
import { quantile } from '../lib/figures.mjs';

const TALKS = 2000;
const WARM_UP = 500;
const press = (id) => ({ kind: 'choice', id });
const write = (text) => ({ kind: 'text', text });
const WAY = [
  { kind: 'start' },
  press('flow:report'),
  press('report.safe.safe'),
  press('report.what.physical_abuse'),
  press('report.to_whom.me'),
  write('13'),
  press('report.who.family'),
  press('report.office.elsewhere'),
  write('phường Rạch Giá'),
  write('tối qua'),
  press('report.still_going.going_on'),
  write('em bi danh o truong, co ban thay'),
  press('report.wish.replies'),
  press('report.hours.any'),
  press('report.summary.send'),
];

export async function measureEngine({ snapshot, figures }) {
  const { engine } = await loadCore(snapshot);
  const context = { now: Date.now(), newId: randomUUID, channel: 'webchat', danger: null };
  const waits = [];
  for (let talks = 0; talks < TALKS + WARM_UP; talks += 1) {
    let talk;
    let sent = false;
    for (const content of WAY) {
      const started = performance.now();
      let result = engine.step(talk, content, context);
      if (result.call !== undefined) {
        sent ||= result.call.action === 'submit_report';
        result = engine.resume(
          result.talk,
          { action: 'submit_report', result: 'ok', code: '0912 345 678\n0987 654 321' },
          context,
        );
      }
      const took = (performance.now() - started) * 1000;
      // A talk is stored as JSON between its steps; the engine is given it as it comes back from there.
      talk = JSON.parse(JSON.stringify(result.talk));
      if (talks < WARM_UP) continue;
      waits.push(took);
    }
    if (!sent)
      throw new Error(
        'The way through the report flow no longer ends in a report: mend WAY in measures/engine.mjs.',
      );
  }
  waits.sort((a, b) => a - b);
  const group = 'engine, a step of the report flow';
  figures.add(group, 'mean', 'µs', waits.reduce((sum, each) => sum + each, 0) / waits.length);
  figures.add(group, 'median', 'µs', quantile(waits, 0.5));
  figures.add(group, 'p99', 'µs', quantile(waits, 0.99));
}
