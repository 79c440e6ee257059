/**
 * `npm run -s place -- search NAME`: which unit of today a name means, old or new, with or without diacritics.
 * Ends with 0 when something was found, 1 when nothing was, 2 on wrong usage or broken data.
 */
import { createDirectory } from '../directory/create-directory.js';
import { DirectoryDataError } from '../directory/data-file.js';
import type { PlaceMatch } from '../directory/directory.js';

const USAGE = `Usage: npm run -s place -- search NAME
Examples:
  npm run -s place -- search "rach gia"
  npm run -s place -- search "thị trấn Minh Lương"
  npm run -s place -- search "Bình An huyện Kiên Lương"`;

function run(args: readonly string[]): number {
  const [command, ...words] = args;
  const name = words.join(' ').trim();
  if (command !== 'search' || name === '') {
    console.error(USAGE);
    return 2;
  }
  const matches = createDirectory({ root: process.cwd() }).findPlaces(name);
  if (matches.length === 0) {
    console.log(`No place of An Giang found for "${name}".`);
    console.log('Try the name of the commune alone, or the commune with its former district.');
    return 1;
  }
  for (const line of table(matches)) console.log(line);
  return 0;
}

function table(matches: readonly PlaceMatch[]): string[] {
  const width = Math.max(...matches.map((match) => match.place.fullName.length));
  return matches.map(({ place, knownAs }) => {
    const notes = [knownAs, place.island && 'island', place.border && 'land border'].filter(
      (note) => note && note !== place.fullName,
    );
    return `${place.code}  ${place.fullName.padEnd(width)}  ${notes.join(' · ')}`.trimEnd();
  });
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof DirectoryDataError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
