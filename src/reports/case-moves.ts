import type { CaseActor, CaseState } from './case.js';

/** What staff do to the state of a case, or to whose it is. */
export const CASE_ACTS = [
  'take',
  'assess',
  'support',
  'close',
  'reopen',
  'hand_over',
  'give_back',
  'hand_back',
  'offer',
] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

/** Why somebody gives a case back to their own queue. */
export const GIVE_BACK_REASONS = ['absent', 'too_much', 'too_close', 'other'] as const;
/** Why an agency hands a case back to the level above. With `conflict_of_interest` it never gets the case again. */
export const HAND_BACK_REASONS = ['not_competent', 'wrong_place', 'conflict_of_interest'] as const;
export const REOPEN_REASONS = ['new_facts', 'not_safe', 'closed_by_mistake'] as const;
export type GiveBackReason = (typeof GIVE_BACK_REASONS)[number];
export type HandBackReason = (typeof HAND_BACK_REASONS)[number];
export type ReopenReason = (typeof REOPEN_REASONS)[number];

interface CaseRule {
  readonly from: readonly CaseState[];
  /** Where it leads; absent: the state stays. */
  readonly to?: CaseState;
  /** `anyone` of the agency · `holder` who has taken it · `holder_or_lead` also who directs; one nobody holds is anyone's. */
  readonly who: 'anyone' | 'holder' | 'holder_or_lead';
}

const HELD: readonly CaseState[] = ['accepted', 'assessing', 'supporting'];
const OPEN: readonly CaseState[] = ['new', ...HELD];

/**
 * The life of a case. Assessing is the initial and the detailed assessment (Nghị định 56/2017/NĐ-CP Điều 26, 27), supporting
 * the plan and its carrying out (Điều 28, 29), and after a review it may be assessed again (Điều 30). Urgent help does not
 * wait for an assessment (Điều 31), so a case may go from accepted to supporting.
 */
export const CASE_RULES: Readonly<Record<CaseAct, CaseRule>> = {
  take: { from: ['new'], to: 'accepted', who: 'anyone' },
  assess: { from: ['accepted', 'supporting'], to: 'assessing', who: 'holder' },
  support: { from: ['accepted', 'assessing'], to: 'supporting', who: 'holder' },
  close: { from: HELD, to: 'closed', who: 'holder' },
  reopen: { from: ['closed'], to: 'accepted', who: 'anyone' },
  hand_over: { from: HELD, who: 'holder_or_lead' },
  give_back: { from: HELD, to: 'new', who: 'holder_or_lead' },
  hand_back: { from: OPEN, to: 'new', who: 'holder_or_lead' },
  offer: { from: OPEN, who: 'holder_or_lead' },
};

/** What a move is judged by. */
export interface CaseStanding {
  readonly state: CaseState;
  /** Id of the member who holds it. */
  readonly heldBy?: string;
}

/** `closed` it has ended · `not_now` not from this state · `not_yours` somebody else holds it. */
export type Judgement =
  | { kind: 'allowed'; to: CaseState }
  | { kind: 'closed' }
  | { kind: 'not_now' }
  | { kind: 'not_yours' };

/** Whether this member of the agency that has the case may do this to it now. */
export function judge(
  act: CaseAct,
  { state, heldBy }: CaseStanding,
  actor: Pick<CaseActor, 'staffId' | 'directs'>,
): Judgement {
  const { from, to, who } = CASE_RULES[act];
  if (!from.includes(state)) return { kind: state === 'closed' ? 'closed' : 'not_now' };
  const holds = heldBy === actor.staffId;
  const may = {
    anyone: true,
    holder: holds,
    holder_or_lead: holds || actor.directs === true || heldBy === undefined,
  };
  return may[who] ? { kind: 'allowed', to: to ?? state } : { kind: 'not_yours' };
}

/** Everything this member may do to it now: the buttons of a page. */
export const actsOpenTo = (
  standing: CaseStanding,
  actor: Pick<CaseActor, 'staffId' | 'directs'>,
): readonly CaseAct[] => CASE_ACTS.filter((act) => judge(act, standing, actor).kind === 'allowed');
