// npm run check: everything about the code and the content that a machine can judge, one line each.
import { spawnSync } from 'node:child_process';

const run = (command, ...args) => [command, args];

/** @type {[string, [string, string[]]][]} what it proves, and the command */
const checks = [
  ['types', run('npx', 'tsc', '--noEmit')],
  ['types of the pages', run('npx', 'tsc', '--noEmit', '-p', 'tsconfig.browser.json')],
  [
    'type coverage',
    run(
      'npx',
      'type-coverage',
      '-p',
      'tsconfig.json',
      '--ignore-catch',
      '--at-least',
      '99.8',
      '--ignore-files',
      'tests/**',
    ),
  ],
  ['format and lint', run('npx', 'biome', 'ci', '--error-on-warnings', '.')],
  [
    'arrows between the rooms',
    run('npx', 'depcruise', 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'err'),
  ],
  ['dead code', run('npx', 'knip', '--no-progress')],
  ['migrations match the schema', run('npx', 'drizzle-kit', 'check')],
  ['flows', run('npm', 'run', '-s', 'flows', '--', 'check')],
  ['content', run('npm', 'run', '-s', 'content', '--', 'check')],
];

let failed = 0;
for (const [what, [command, args]] of checks) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status === 0) console.log(`ok      ${what} (${seconds} s)`);
  else {
    failed += 1;
    console.log(`FAILED  ${what} (${seconds} s): ${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
console.log(
  failed === 0
    ? 'Everything holds.'
    : `${failed} of ${checks.length} checks failed; each says above what to mend.`,
);
process.exit(failed === 0 ? 0 : 1);
