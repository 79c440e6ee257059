/** The arrows of the house, each with the reason it stands for. `npm run check` runs them. */
const CORE = '^src/(conversation|understanding|reports|directory|texts|staff)/';
const EDGES = '^src/(channels|console|jobs|store|oversight|operations|evidence-files|start|commands)/';

export default {
  forbidden: [
    {
      name: 'core-knows-no-edge',
      comment:
        'The core (what the service thinks) must run in a test without a server, a database or a platform. Declare a port in the core and let the edge fill it.',
      severity: 'error',
      from: { path: CORE, pathNot: '\\.test\\.tsx?$' },
      to: { path: EDGES },
    },
    {
      name: 'core-knows-no-driver',
      comment: 'Express, database, Redis and queue libraries belong to the edges.',
      severity: 'error',
      from: { path: CORE },
      to: { path: 'node_modules/(express|axios|ioredis|pg|drizzle-orm|bullmq|@electric-sql|sharp)/' },
    },
    {
      name: 'understanding-is-alone',
      comment: 'Understanding is pure: it knows words, not flows, reports or people.',
      severity: 'error',
      from: { path: '^src/understanding/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(conversation|reports|directory|staff)/' },
    },
    {
      name: 'directory-is-alone',
      comment: 'Places and agencies know nothing of talks and reports.',
      severity: 'error',
      from: { path: '^src/directory/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(conversation|understanding|reports|staff)/' },
    },
    {
      name: 'a-channel-is-only-transport',
      comment: 'A channel verifies, parses and sends. What to say is decided in conversation/.',
      severity: 'error',
      from: { path: '^src/channels/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(console|jobs|store|start)/' },
    },
    {
      name: 'the-console-asks-ports',
      comment:
        'Pages reach data through the ports of the core (CaseDesk, StaffDirectory), never through tables.',
      severity: 'error',
      from: { path: '^src/console/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(channels|jobs|store|start)/' },
    },
    {
      name: 'tables-stay-in-the-store',
      comment: 'SQL and the ORM live in store/ only, so that one place decides what is encrypted.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: 'node_modules/drizzle-orm/|^src/store/schema\\.ts$' },
    },
    {
      name: 'strangers-pictures-in-a-process-of-their-own',
      comment:
        'Decoders of pictures are written in C and meet what strangers send: only the cleaning process loads them, never the service.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/evidence-files/clean(ing-process|-image(\\.test)?)\\.ts$' },
      to: {
        path: 'node_modules/sharp/|^src/evidence-files/clean-image\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-settings-reads-the-environment-of-others',
      comment: 'settings.ts is a leaf: it must be readable on its own.',
      severity: 'error',
      from: { path: '^src/settings\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file nobody reaches is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.test\\.tsx?$|^src/(main|commands/|.*/browser/)' },
      to: {},
    },
    {
      name: 'no-test-in-product',
      comment: 'Tests use the product, not the other way round.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { path: '\\.test\\.tsx?$|^tests/|/testing/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      conditionNames: ['import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
