// npm run lock: npm leaves optional packages of other platforms out of the lock file when the registry at hand does not hold
// them, and `npm ci` then refuses the file. This adds them back, so that it installs everywhere.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const p = lock.packages;
const OS = {
  android: 'android',
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
};
let n = 0;
for (const [at, pkg] of Object.entries(p))
  for (const [name, version] of Object.entries(pkg.optionalDependencies ?? {})) {
    if (p[`node_modules/${name}`] || p[`${at}/node_modules/${name}`]) continue;
    const words = name
      .split('/')
      .at(-1)
      .replace('arm-gnueabihf', 'arm-gnu')
      .replace('arm-musleabihf', 'arm-musl')
      .replace('arm-eabi', 'arm')
      .split('-');
    const os = words.find((w) => OS[w]);
    const cpu = words.find((w) =>
      ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64'].includes(w),
    );
    if (!os || !cpu) {
      console.log('skip', name, version);
      continue;
    }
    const libc = os !== 'linux' ? undefined : words.includes('musl') ? ['musl'] : ['glibc'];
    p[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(pkg.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      os: [os],
    };
    n += 1;
  }
lock.packages = Object.fromEntries(Object.entries(p).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(n, 'added');
