/** The words of a story are at home with the engine; tests find them here, too. */
export * from '../../src/conversation/stories/transcript.js';
