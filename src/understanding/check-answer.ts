import type { Answer, Citation } from './answer.js';
import { inForce, type LegalDocument } from './documents.js';

const MAX_BODY_WORDS = 120;
const DOCUMENT_NUMBER = /\d+\/\d{4}\/[A-ZĐ]+[A-ZĐ0-9-]*/gu;
const TELEPHONE = /\b0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}\b|\b1[89]00[ .]?\d+/u;

/** What one answer is checked against. */
export interface Known {
  /** By official number. */
  readonly documents: ReadonlyMap<string, LegalDocument>;
  /** Ids. */
  readonly answers: ReadonlySet<string>;
  /** Names of flow files without their ending. */
  readonly flows: ReadonlySet<string>;
  /** ISO date. */
  readonly today: string;
}

/** Takes one thing that is wrong and what to do about it, both in plain words. */
type Tell = (cause: string, cure: string) => void;

/**
 * Tells everything wrong with one well-formed answer: length, dates, citations, numbers in the texts, related ids.
 */
export function checkAnswer(answer: Answer, known: Known, tell: Tell): void {
  for (const [voice, text = ''] of Object.entries(answer.body)) {
    const words = text.split(/\s+/u).filter(Boolean).length;
    if (words > MAX_BODY_WORDS)
      tell(`The ${voice} body has ${words} words.`, `Shorten it to ${MAX_BODY_WORDS} words or fewer.`);
  }
  if (answer.review_by < known.today)
    tell(`Review was due by ${answer.review_by}.`, 'Read it against the law of today and set new dates.');
  for (const citation of answer.citations) checkCitation(answer, citation, known, tell);
  checkTexts(answer, known, tell);
  for (const id of answer.related.answers)
    if (!known.answers.has(id) || id === answer.id)
      tell(`Related answer "${id}" does not exist or is itself.`, 'Correct or remove the id.');
  for (const id of answer.related.flows)
    if (!known.flows.has(id))
      tell(`Related flow "${id}" does not exist.`, 'Use the name of a file in flows/.');
}

function checkCitation(answer: Answer, citation: Citation, known: Known, tell: Tell): void {
  const document = known.documents.get(citation.document);
  if (!document) {
    tell(
      `Cites ${citation.document}, which is not in data/documents.yaml.`,
      'Add the document or cite another.',
    );
    return;
  }
  tellIfEnding(document, answer, known.today, tell);
  if (document.confidence === 'TC' && !citation.secondary)
    tell(
      `Cites ${document.number}, of which nobody has read the wording.`,
      'Mark the citation "secondary: true" and write "theo …" in the body.',
    );
  if (citation.secondary && !allTexts(answer).some((text) => /theo /iu.test(text)))
    tell(
      `Cites ${document.number} from a secondary source without saying so.`,
      'Write "theo …" in the body.',
    );
  const verified = document.articles_verified ?? [];
  if (document.confidence === 'VB' && !citation.secondary && !verified.includes(citation.article))
    tell(
      `Cites article ${citation.article} of ${document.number}, which nobody has read.`,
      'Read the article and add it to articles_verified, or cite another.',
    );
}

function tellIfEnding(document: LegalDocument, answer: Answer, today: string, tell: Tell): void {
  const { number, effective_to: last, replaced_by: next } = document;
  if (!inForce(document, today))
    tell(
      `Rests on ${number}, which is not in force on ${today}.`,
      next ? `Read ${next} and rewrite the answer.` : 'Find what is in force now.',
    );
  else if (last !== undefined && last < answer.review_by)
    tell(`Rests on ${number}, which ends on ${last}, before the review.`, 'Set review_by to an earlier day.');
}

/** Numbers inside the texts: documents must be known and in force, telephones belong in data/contacts.yaml. */
function checkTexts(answer: Answer, known: Known, tell: Tell): void {
  const cited = new Set(answer.citations.map(({ document }) => document));
  const mentioned = new Set(allTexts(answer).flatMap((text) => text.match(DOCUMENT_NUMBER) ?? []));
  for (const number of mentioned) {
    const document = known.documents.get(number);
    if (!document)
      tell(`Names ${number}, which is not in data/documents.yaml.`, 'Add the document or leave it out.');
    else if (!cited.has(number)) tellIfEnding(document, answer, known.today, tell);
  }
  if (allTexts(answer).some((text) => TELEPHONE.test(text)))
    tell(
      'A text holds a telephone number.',
      'Only 111 to 115 may stand in a text; put others in data/contacts.yaml.',
    );
}

function allTexts({ body, do_now }: Answer): string[] {
  const texts = [body.teen, body.child, body.adult, do_now?.teen, do_now?.child, do_now?.adult];
  return texts.filter((text) => text !== undefined);
}
