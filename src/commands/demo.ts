import { run } from '../start/run.js';
import { fillWithSample } from '../start/sample-data.js';

/** `npm run demo`: an empty database filled with invented staff and cases, then as `npm start`. */
await run({
  defaults: { DATA_DIR: './var/demo' },
  // To look around without an authenticator app; the pages say so.
  secondStep: 'off',
  prepare: async (parts, core) => {
    const say = core.texts.terminal;
    const lines = (await fillWithSample(parts, core, process.cwd())).map(({ member, passphrase }) =>
      say.say('start.demo_staff', 'adult', {
        agency:
          member.agencyId === undefined
            ? say.say('start.administrator')
            : (core.directory.agency(member.agencyId)?.name ?? ''),
        person: member.name,
        name: member.signInName,
        passphrase,
      }),
    );
    return [say.say('start.demo_title'), ...lines.map((line) => `  ${line}`)];
  },
});
