import { vietnamDay } from '../directory/vietnam-day.js';
import { loadTexts } from '../texts/texts.js';
import { keepUnderstanding } from '../understanding/create-understanding.js';

const texts = loadTexts('locales/vi/terminal');

// Run by scripts/build.mjs: weighs and compiles the content, so that starts are quick.

try {
  keepUnderstanding(process.cwd(), vietnamDay(Date.now()), () => console.error(texts.say('start.preparing')));
} catch (error) {
  // Broken content is for `npm run check` and the start to tell; the program itself is built.
  console.error(`content not prepared: ${error instanceof Error ? error.message : String(error)}`);
}
