import type { PlaceMatch } from '../directory/directory.js';
import type { AskStep, Flow } from './flow-schema.js';
import { keepWhatWasToldBeside } from './keep-words.js';
import { plainWords } from './plain-words.js';
import { askQuestion, goOn } from './run-flow.js';
import type { Position } from './talk-state.js';
import { say, send, type Work, words } from './work.js';

/** A match this good, and this much better than the next, needs no asking back. */
const SURE_SCORE = 0.9;
const SURE_LEAD = 0.1;
/** Below this a match is a guess not worth offering. */
const WORTH_OFFERING = 0.35;
const MOST_OFFERED = 4;
const MAX_WORDS = 300;

/** Whether the text names a place well enough to be taken for an answer to "where". */
export const namesPlace = (work: Work, text: string): boolean =>
  (work.house.mind.findPlaces(text)[0]?.score ?? 0) >= SURE_SCORE;

/** The person wrote where it is: takes a sure match, offers several, keeps the words when nothing fits. */
export function takePlace(work: Work, flow: Flow, step: AskStep, text: string): void {
  const { at } = work.state;
  if (!at || !step.place) return;
  keepWhatWasToldBeside(work, flow, text);
  const matches = work.house.mind.findPlaces(text).filter((match) => match.score >= WORTH_OFFERING);
  at.answers.set(`${step.place.save}_words`, withPin(at, text.slice(0, MAX_WORDS)));
  const [first, second] = matches;
  if (first && first.score >= SURE_SCORE && first.score - (second?.score ?? 0) >= SURE_LEAD) {
    at.answers.set(step.place.save, first.place.code);
    confirmPlace(work, first);
    goOn(work, flow, step, { way: 'input' });
    return;
  }
  at.answers.delete(step.place.save);
  const wasMissed = at.places?.length === 0;
  if (
    matches.length === 0 &&
    (work.house.placeIsUnknown(text, plainWords(text)) || (wasMissed && at.urgent))
  ) {
    // "K bít ở đâu, thấy biển Móng Cái" goes with the report as it is; in danger nobody is asked for a name three times.
    keepPlaceWords(work, flow, step);
    return;
  }
  at.places = matches.slice(0, MOST_OFFERED).map((match) => [match.place.code, labelOf(match)]);
  askQuestion(work, undefined, words(work, at.places.length > 0 ? 'place.which' : 'place.none'));
}

/** A pin on the map answers "where" in its own way: kept as words. The name of the commune is still asked for, once. */
export function takePin(work: Work, step: AskStep, pin: string): void {
  const { at } = work.state;
  if (!at || !step.place) return;
  keepPin(at, step.place.save, pin);
  delete at.places;
  askQuestion(work, undefined, words(work, 'place.pinned'));
}

/** Keeps a pin for the question "where" of the flow, asked or still to come. */
export function keepPin(at: Position, save: string, pin: string): void {
  at.pinned = pin;
  at.answers.set(`${save}_words`, pin);
}

/** The question for the place was left out; a pin given for it stays. */
export function leavePlaceOut(at: Position, save: string): void {
  at.answers.delete(save);
  if (at.pinned === undefined) at.answers.delete(`${save}_words`);
}

const withPin = (at: Position, text: string): string =>
  at.pinned === undefined ? text : `${at.pinned}\n${text}`;

/** The person picked one of the places offered. False when it was not among them. */
export function pickPlace(work: Work, flow: Flow, step: AskStep, code: string): boolean {
  const { at } = work.state;
  if (!at || !step.place || !at.places?.some(([known]) => known === code)) return false;
  at.answers.set(step.place.save, code);
  goOn(work, flow, step, { way: 'input' });
  return true;
}

/** None of the offered places: their own words go with the report. */
export function keepPlaceWords(work: Work, flow: Flow, step: AskStep): void {
  say(work, 'place.kept');
  goOn(work, flow, step, { way: 'input' });
}

/** Says the name of today, with the old one beside it when that was used. */
function confirmPlace(work: Work, match: PlaceMatch): void {
  const values = { place: match.place.fullName, old: match.knownAs };
  const key = match.knownAs === match.place.fullName ? 'place.understood' : 'place.understood_old';
  send(work, words(work, key, values));
}

function labelOf(match: PlaceMatch): string {
  const label =
    match.knownAs === match.place.fullName
      ? match.place.fullName
      : `${match.place.fullName} · ${match.knownAs}`;
  return label.length > 60 ? match.place.fullName : label;
}
