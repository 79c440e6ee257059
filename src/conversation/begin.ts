import { menuChoices } from './choices.js';
import type { Flow } from './flow-schema.js';
import { startFlow } from './run-flow.js';
import { freshTalk } from './talk-state.js';
import { say, type Work } from './work.js';

/** The beginning, as a new person sees it; only how we speak stays. */
export function greet(work: Work): void {
  beginFresh(work);
  const welcome = work.house.byName.get('welcome');
  if (welcome) startFlow(work, welcome);
  else say(work, 'repair.help', { choices: menuChoices(work) });
}

/** What a poster's code led to: who we are, and then at once the flow it names. Any other name is the plain beginning. */
export function beginFromPoster(work: Work, parameter: string): void {
  const flow = posterFlow(work, parameter.trim().toLowerCase().replaceAll('-', '_'));
  if (!flow) {
    greet(work);
    return;
  }
  beginFresh(work);
  say(work, 'welcome.hello');
  startFlow(work, flow);
}

function posterFlow({ house }: Work, name: string): Flow | undefined {
  const flow = house.byName.get(name);
  return flow && (flow.poster || house.menu.includes(name)) ? flow : undefined;
}

function beginFresh(work: Work): void {
  const { voice } = work.state;
  work.state = { ...freshTalk(work.context.now), ...(voice === undefined ? {} : { voice }) };
}

/** Forgets everything, and says in the voice of before what is left to do on this phone. */
export function forget(work: Work): void {
  beginFresh(work);
  say(work, 'repair.forgotten');
  work.state = freshTalk(work.context.now);
  work.forget = true;
}
