import { setFlagsFromString } from 'node:v8';

// Left to itself, Node lets the heap grow to a multiple of what is in use before it looks for what can go: after some
// thousand turns that is another 70 MB. Looking sooner costs no time that can be measured. Set before all else is read in.
setFlagsFromString('--heap-growing-percent=30');
const { run } = await import('./start/run.js');

await run();
