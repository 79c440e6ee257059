import type { Directory } from '../../directory/directory.js';
import type { Words } from '../words.js';

/** The place of today, or that it is not known. */
export function placeName(directory: Directory, words: Words, code: string | undefined): string {
  const place = code === undefined ? undefined : directory.place(code);
  return place?.fullName ?? words.say('case.place_unknown');
}
