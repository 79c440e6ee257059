import type { Texts } from '../texts/texts.js';
import type { Citation } from '../understanding/answer.js';
import type { LegalDocument } from '../understanding/documents.js';
import type { Source } from './message.js';

/** How legal sources are shown under an answer: "Luật Trẻ em 2016 (102/2016/QH13), Điều 6 khoản 3", with "Theo" before one we know at second hand. */
export function createCite(
  documents: ReadonlyMap<string, LegalDocument>,
  texts: Texts,
): (citation: Citation) => Source {
  return ({ document: number, article, clause, secondary }) => {
    const document = documents.get(number);
    return {
      label: texts.say('source.label', 'adult', {
        name: document?.name ?? number,
        number,
        article,
        clause: clause ?? 'none',
        secondary: secondary ? 'yes' : 'no',
      }),
      effectiveFrom: document?.effective_from ?? '',
    };
  };
}
