import path from 'node:path';
import { createCite } from '../../src/conversation/cite.js';
import type { EngineMind } from '../../src/conversation/talk.js';
import { createDirectory } from '../../src/directory/create-directory.js';
import { loadTexts } from '../../src/texts/texts.js';
import { createUnderstanding } from '../../src/understanding/create-understanding.js';
import type { Understanding } from '../../src/understanding/understanding.js';

/** The real understanding and places, on a pinned day. */
export function createMind(root: string): EngineMind & Pick<Understanding, 'screenDanger'> {
  const directory = createDirectory({ root });
  const texts = loadTexts(path.join(root, 'locales/vi/messages'));
  const understanding = createUnderstanding({ root, today: '2026-11-24' });
  return {
    ...understanding,
    findPlaces: (text) => directory.findPlaces(text),
    cite: createCite(understanding.documents, texts),
  };
}
