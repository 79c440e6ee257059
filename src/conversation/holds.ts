import { saidAs } from './answer-value.js';
import type { Condition } from './conditions.js';
import type { Work } from './work.js';

/** Whether it holds in this talk now. An absent condition holds. */
export function holds(work: Work, condition: Condition | undefined): boolean {
  if (condition === undefined) return true;
  if ('not' in condition) return !holds(work, condition.not);
  if ('all' in condition) return condition.all.every((each) => holds(work, each));
  if ('any' in condition) return condition.any.some((each) => holds(work, each));
  const { state, context, house } = work;
  if ('channel' in condition) return isOneOf(condition.channel, context.channel);
  if ('voice' in condition) return isOneOf(condition.voice, state.voice ?? 'unknown');
  if ('office' in condition) return isOneOf(condition.office, house.officeAt(context.now).state);
  if ('told_age' in condition) return state.age !== undefined;
  if ('urgent' in condition) return state.at?.urgent === true || state.pressing === true;
  if ('evidence' in condition) return state.evidence !== undefined;
  if ('answered' in condition) return state.at?.answers.has(condition.answered) === true;
  const value = state.at?.answers.get(condition.answer);
  if ('under' in condition) return typeof value === 'number' && value < condition.under;
  return saidAs(value).some((said) => isOneOf(condition.is, said));
}

const isOneOf = (wanted: string | readonly string[], is: string): boolean =>
  typeof wanted === 'string' ? wanted === is : wanted.includes(is);
