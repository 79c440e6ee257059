import { vietnamDay } from '../directory/vietnam-day.js';
import { openEmbedded } from '../store/database.js';
import { keepFirstDatabase } from '../store/first-database.js';
import { loadTexts } from '../texts/texts.js';
import { keepUnderstanding } from '../understanding/create-understanding.js';

const texts = loadTexts('locales/vi/terminal');

// Run by scripts/build.mjs: prepares what starts would wait for. The database's files are made by a process of their own
// while the content is weighed in this one.

const root = process.cwd();
const database = keepFirstDatabase(root, async (dataDir) => {
  const made = await openEmbedded({ root, dataDir });
  await made.close();
}).catch((error: unknown) => console.error(`first database not prepared: ${messageOf(error)}`));
try {
  keepUnderstanding(root, vietnamDay(Date.now()), () => console.error(texts.say('start.preparing')));
} catch (error) {
  // Broken content is for `npm run check` and the start to tell; the program itself is built.
  console.error(`content not prepared: ${messageOf(error)}`);
}
await database;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
