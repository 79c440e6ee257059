import path from 'node:path';
import { createCite } from '../conversation/cite.js';
import type { EngineMind } from '../conversation/talk.js';
import { createDirectory } from '../directory/create-directory.js';
import { loadTexts } from '../texts/texts.js';
import { createUnderstanding } from '../understanding/create-understanding.js';

/** The day on which the stories play, so that they read the same whenever they are told. */
export const STORY_DAY = '2026-11-24';

/** The real understanding and places, seen from `today` (ISO). */
export function createMind(root: string, today = STORY_DAY): EngineMind {
  const directory = createDirectory({ root });
  const texts = loadTexts(path.join(root, 'locales/vi/messages'));
  const understanding = createUnderstanding({ root, today });
  return {
    ...understanding,
    findPlaces: (text) => directory.findPlaces(text),
    cite: createCite(understanding.documents, texts),
  };
}
