import { flowChoices } from './choices.js';
import type { Flow } from './flow-schema.js';
import { keepPin, takePin } from './place-step.js';
import { askQuestion, openQuestion } from './run-flow.js';
import { say, type Work, words } from './work.js';

/** Five decimals are about a metre. */
const DECIMALS = 5;

/** A pin on the map: the place of the report that is being told, else nothing that we keep. */
export function hearLocation(work: Work, latitude: number, longitude: number): void {
  const { at } = work.state;
  const open = openQuestion(work);
  if (!open || !at) {
    say(work, 'place.pin_free', { choices: flowChoices(work, ['report', 'ask', 'person']) });
    return;
  }
  const pin = words(work, 'place.pin', {
    latitude: latitude.toFixed(DECIMALS),
    longitude: longitude.toFixed(DECIMALS),
  });
  const save = placeOf(open.flow);
  if (open.step.place) takePin(work, open.step, pin);
  else if (open.flow.heard !== undefined && save !== undefined) {
    keepPin(at, save, pin);
    askQuestion(work, words(work, 'place.pin_noted'));
  } else askQuestion(work, words(work, 'place.pin_not_kept'));
}

/** Under which name this flow keeps where it happened. */
function placeOf(flow: Flow): string | undefined {
  for (const step of flow.steps.values()) if (step.kindOf === 'ask' && step.place) return step.place.save;
  return undefined;
}
