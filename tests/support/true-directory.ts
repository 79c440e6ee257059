import { createDirectory } from '../../src/directory/create-directory.js';

/** The true places, agencies and rules. Read once for all tests of a file: it holds nothing that a test changes. */
export const trueDirectory = createDirectory({ root: process.cwd() });
