// Stands for the source of understanding: what was weighed with another source does not hold. Put into dist/ by
// build.mjs, and into tests by jest.config.mjs, so that they take what the build weighed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export function sourceOfUnderstanding() {
  const hash = createHash('sha256');
  const names = readdirSync('src/understanding').filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  for (const file of [...names.sort().map((name) => `src/understanding/${name}`), 'src/texts/fold.ts'])
    hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest('hex');
}
