import { CATEGORIES, type Category, COMMUNE_OFFICES } from '../directory/directory.js';
import { CONTACT_WISHES, type ContactWish, type ReportDraft } from '../reports/report.js';
import type { DangerKind } from '../understanding/understanding.js';
import type { TalkState } from './talk-state.js';

/** What a report is about when the person told of danger but did not get to name it. */
const CATEGORY_OF_DANGER: Readonly<Record<DangerKind, Category>> = {
  suicide: 'mental_health',
  self_harm: 'mental_health',
  violence: 'physical_abuse',
  sexual_abuse: 'sexual_abuse',
  abduction: 'trafficking',
  runaway: 'other',
  serious_injury: 'accident',
  poison_overdose: 'accident',
  acute_neglect: 'neglect',
  online_blackmail: 'online_harm',
};

/** Saved answers that have a place of their own in a report; all others become details. */
const OWN_PLACE = new Set(['category', 'place', 'place_words', 'words', 'contact_wish', 'accused_office']);

/** The report from the answers of the flow; a half-told one is a report too. */
export function draftFrom(state: TalkState): ReportDraft {
  const answers = state.at?.answers ?? {};
  const { category, place, place_words: placeWords, words, contact_wish: wish } = answers;
  const accusedOffice = COMMUNE_OFFICES.find((known) => known === answers.accused_office);
  return {
    category: CATEGORIES.find((known) => known === category) ?? fromDanger(state.danger),
    urgency: state.at?.urgent || state.pressing ? 'urgent' : 'normal',
    ...(place === undefined ? {} : { placeCode: place }),
    ...(placeWords === undefined ? {} : { placeWords }),
    ...(words === undefined ? {} : { words }),
    ...(accusedOffice === undefined ? {} : { accusedOffice }),
    details: Object.fromEntries(Object.entries(answers).filter(([name]) => !OWN_PLACE.has(name))),
    contactWish: CONTACT_WISHES.find((known): known is ContactWish => known === wish) ?? 'nothing',
    ...(state.evidence ? { evidence: state.evidence } : {}),
    voice: state.voice ?? 'teen',
  };
}

const fromDanger = (kind: DangerKind | undefined): Category => (kind ? CATEGORY_OF_DANGER[kind] : 'other');
