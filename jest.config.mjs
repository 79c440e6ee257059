import { sourceOfUnderstanding } from './scripts/source-of-understanding.mjs';

/** Unit tests stand beside their file; whole-service, fault and browser tests in tests/. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform: {
    '^.+\\.(t|j)sx?$|^.+\\.mjs$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
          target: 'es2023',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Packages that ship ES modules only are compiled like our own files.
  transformIgnorePatterns: [
    '/node_modules/(?!(intl-messageformat|@formatjs|htmx-ext-sse|preact|preact-render-to-string|file-type|strtok3|token-types|@tokenizer|@borewit|uint8array-extras|age-encryption|@noble|@scure|otplib|@otplib)/)',
  ],
  // What the build weighed holds for tests too.
  globals: { UNDERSTANDING_SOURCE: sourceOfUnderstanding() },
  globalSetup: '<rootDir>/tests/support/find-services.ts',
  globalTeardown: '<rootDir>/tests/support/leave-services.ts',
  // One more than the cores of a small machine: many tests wait for a page, a process or a pause.
  maxWorkers: 3,
  testTimeout: 30_000,
};
