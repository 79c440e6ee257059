// What a report costs when it is sent: its case's key, the words sealed, the identity sealed for three holders; and what opening costs.
import { bundled } from '../lib/core.mjs';
import { quantile } from '../lib/figures.mjs';

const REPORTS = 60;
const WARM_UP = 10;
const CHARACTERS = 2000;

export async function measureSealing({ snapshot, figures }) {
  const { makeKeyPair } = await bundled(snapshot, 'src/reports/sealing.ts');
  const { openIdentity, openReport, sealIdentity, sealReport } = await bundled(
    snapshot,
    'src/reports/keys.ts',
  );
  const holders = [await makeKeyPair(), await makeKeyPair(), await makeKeyPair()];
  const content = { words: 'kể lại '.repeat(CHARACTERS).slice(0, CHARACTERS), details: {}, voice: 'child' };
  const [sealing, opening] = [[], []];
  for (let count = 0; count < REPORTS + WARM_UP; count += 1) {
    const started = performance.now();
    const { recipient, identity } = await makeKeyPair();
    const sealed = await sealReport(content, recipient);
    const copies = [];
    for (const holder of holders) copies.push(await sealIdentity(identity, holder.recipient));
    const between = performance.now();
    const opened = await openReport(sealed, await openIdentity(copies[1], holders[1].identity));
    const ended = performance.now();
    if (opened.words !== content.words) throw new Error('A report did not open as it was sealed.');
    if (count < WARM_UP) continue;
    sealing.push(between - started);
    opening.push(ended - between);
  }
  sealing.sort((a, b) => a - b);
  opening.sort((a, b) => a - b);
  const group = 'sealing a report of 2,000 characters to three holders';
  figures.add(group, 'seal, median', 'ms', quantile(sealing, 0.5), { atMost: 60 });
  figures.add(group, 'seal, p99', 'ms', quantile(sealing, 0.99));
  figures.add(group, 'open as one of them, median', 'ms', quantile(opening, 0.5));
}
