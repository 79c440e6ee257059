import { writeFileSync } from 'node:fs';
import { cleanImage } from './clean-image.js';
import { writeOutcome } from './framing.js';

/**
 * A process for one picture: its type as the argument, its bytes on standard input, the answer on standard output. It gets no
 * environment, so no setting and no key.
 */
try {
  // Where memory runs out, this process goes first and not the service (Linux).
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // Another system, or a container that does not let us: nothing is lost.
}
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
process.stdout.write(writeOutcome(await cleanImage(process.argv[2] ?? '', Buffer.concat(chunks))));
