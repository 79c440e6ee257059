import { flowChoices, globalChoice } from './choices.js';
import type { AskStep, Flow } from './flow-schema.js';
import { afterCard } from './hear-free.js';
import { addWords, MAX_STORY } from './keep-words.js';
import type { MediaKind } from './message.js';
import { askQuestion, goOn, openQuestion } from './run-flow.js';
import { say, type Work, words } from './work.js';

/**
 * A file came. It is never looked at here: its id waits in the talk and goes with the next report or message, its caption
 * with the words. What we say of it promises nobody's eyes at once.
 */
export function hearMedia(work: Work, media: MediaKind, caption: string | undefined): void {
  const { state, context } = work;
  if (context.tooManyFiles) {
    tooMany(work, caption?.trim() ?? '');
    return;
  }
  if (context.evidence !== undefined) state.evidence = [...(state.evidence ?? []), context.evidence];
  const open = openQuestion(work);
  if (open) takeInFlow(work, open.flow, open.step, media, caption?.trim() ?? '');
  else takeFree(work, media, caption?.trim() ?? '');
}

/** The talk holds enough: said kindly, the caption is kept, and what waits is asked again. */
function tooMany(work: Work, caption: string): void {
  const open = openQuestion(work);
  const save = open?.step.text?.save ?? open?.flow.heard;
  if (caption !== '' && save !== undefined) addWords(work, save, caption, MAX_STORY);
  if (open) askQuestion(work, words(work, 'media.too_many'));
  else say(work, 'media.too_many', { choices: [...flowChoices(work, ['report', 'follow_up'])] });
}

function takeInFlow(work: Work, flow: Flow, step: AskStep, media: MediaKind, caption: string): void {
  const answers = step.media !== undefined && step.text !== undefined;
  const save = answers ? step.text?.save : flow.heard;
  if (caption !== '' && save !== undefined) addWords(work, save, caption, MAX_STORY);
  delete work.state.unclear;
  if (!answers) askQuestion(work, words(work, 'media.noted', { media }));
  else if (step.media === 'more') askQuestion(work, undefined, words(work, 'media.more', { media }));
  else {
    say(work, 'media.goes_with_it', {}, { media });
    goOn(work, flow, step, { way: 'input' });
  }
}

/** Nothing waits: the report is offered once; later files are only counted, so that no sentence comes twice. */
function takeFree(work: Work, media: MediaKind, caption: string): void {
  const { state, context } = work;
  if (caption !== '') {
    state.heard = (state.heard === undefined ? caption : `${state.heard}\n${caption}`).slice(0, MAX_STORY);
  }
  const count = String(state.evidence?.length ?? 1);
  const key = count === '1' ? 'media.free' : 'media.free_again';
  if (context.danger !== null) {
    say(work, 'media.kept', {}, { media });
    afterCard(work);
    return;
  }
  state.offered = 'report';
  const choices = [...flowChoices(work, ['report', 'follow_up']), globalChoice(work, 'person')];
  say(work, key, { kind: 'question', choices }, { media, count });
}
