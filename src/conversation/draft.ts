import { ACCUSED_OFFICES, CATEGORIES, type Category } from '../directory/directory.js';
import { CONTACT_HOURS } from '../reports/contact-hours.js';
import { CONTACT_WISHES, type ContactWish, type ReportDraft } from '../reports/report.js';
import type { DangerKind } from '../understanding/understanding.js';
import { type AnswerValue, isDateAnswer } from './answer-value.js';
import { Answers } from './answers.js';
import { TO_WHOM } from './danger-in-talk.js';
import type { Work } from './work.js';

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
const OWN_PLACE = new Set([
  'category',
  'place',
  'place_words',
  'words',
  'contact_wish',
  'contact_hours',
  'accused_office',
  'sensitive_files',
]);

/** The report from the answers of the flow; a half-told one is a report too. */
export function draftFrom(work: Work): ReportDraft {
  const { state } = work;
  const answers = state.at?.answers ?? new Answers();
  const get = (name: string) => answers.text(name);
  const accusedOffice = ACCUSED_OFFICES.find((known) => known === get('accused_office'));
  const contactHours = CONTACT_HOURS.find((known) => known === get('contact_hours'));
  const [placeCode, placeWords, words] = [get('place'), get('place_words'), get('words')];
  return {
    category: CATEGORIES.find((known) => known === get('category')) ?? fromDanger(state.danger),
    urgency: state.at?.urgent || state.pressing ? 'urgent' : 'normal',
    ...(placeCode === undefined ? {} : { placeCode }),
    ...(placeWords === undefined ? {} : { placeWords }),
    ...(words === undefined ? {} : { words }),
    ...(accusedOffice === undefined ? {} : { accusedOffice }),
    ...(contactHours === undefined ? {} : { contactHours }),
    details: detailsFrom(work),
    contactWish:
      CONTACT_WISHES.find((known): known is ContactWish => known === get('contact_wish')) ?? 'nothing',
    ...(state.evidence ? { evidence: state.evidence } : {}),
    ...(get('sensitive_files') === 'yes' ? { sensitiveFiles: true } : {}),
    voice: state.voice ?? 'teen',
  };
}

/** The other answers as staff read them: choices in the words of their buttons, days with what they mean. */
function detailsFrom(work: Work): Record<string, string> {
  const { at, age } = work.state;
  const details: Record<string, string> = {};
  for (const [name, value] of Object.entries(at?.answers.all() ?? {})) {
    if (!OWN_PLACE.has(name)) details[name] = asDetail(work, name, value);
  }
  const isOwn = at?.answers.get(TO_WHOM) === 'me';
  if (isOwn && age !== undefined && details.age_band === undefined) details.age_band = String(age);
  return details;
}

function asDetail(work: Work, name: string, value: AnswerValue): string {
  if (typeof value === 'number') return String(value);
  if (isDateAnswer(value))
    return value.from === undefined ? value.words : `${value.words} (${days(value.from, value.to)})`;
  const labels = work.house.labels.get(name);
  const asSaid = (id: string) => {
    const key = labels?.get(id);
    return key === undefined ? id : work.house.texts.say(key, 'adult');
  };
  return typeof value === 'string' ? asSaid(value) : value.map(asSaid).join(', ');
}

const days = (from: string, to: string | undefined): string =>
  to === undefined || to === from ? vietnamese(from) : `${vietnamese(from)} – ${vietnamese(to)}`;

const vietnamese = (day: string): string => day.split('-').reverse().join('/');

const fromDanger = (kind: DangerKind | undefined): Category => (kind ? CATEGORY_OF_DANGER[kind] : 'other');
