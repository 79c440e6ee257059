import type { Role, StaffMember } from '../staff/staff.js';
import { CASE_ROLES } from '../staff/staff.js';

/** Everything a page or button of the console can do. */
const PERMISSIONS = [
  /** Own start page, own account and sessions, signing out. */
  'be_here',
  /** Queue, case pages and their live refresh. */
  'see_cases',
  'take_case',
  'reply',
  'close_case',
  /** Says whether cases are the same matter. */
  'link_cases',
  /** Prints the sheet that goes to 111 or the police. */
  'hand_over',
  /** Keeps a case from being deleted. */
  'hold_case',
  /** Gives a report that nobody may take to an agency. */
  'decide_report',
  /** Assessing, supporting, giving to a colleague or back, opening again. */
  'move_case',
  /** Also with a case that a colleague holds. No page of its own. */
  'direct_cases',
  'write_note',
  /** Offers to other agencies, handing up, answering offers. */
  'refer_case',
  /** Who looked into which case of the agency. */
  'see_looks',
  /** See who works here (a lead: in their own agency) and end somebody's sessions. */
  'sign_out_others',
  'note_step',
  /** A file's page, its blurred picture, its copy for daily work with a reason; shutting it away; being the second person. */
  'open_evidence',
  /** The bytes as received, and letting a file out of quarantine: each with a reason. */
  'take_original',
  /**
   * Being the second person for a file in quarantine of an agency below. For leads alone, like `take_original`: it may let the bytes
   * as received, or a file out of quarantine, and whoever agrees sees nothing of the file, so it is for the one who answers.
   */
  'agree_from_above',
  /** Letting members in, changing the agency's key, typing in the recovery key. */
  'keep_keys',
  'manage_people',
  /** Unknown questions, and answers to be looked at. */
  'see_content',
  /** What does not run, who is on call. */
  'operate',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const CASE_WORK: readonly Permission[] = [
  'be_here',
  'see_cases',
  'take_case',
  'reply',
  'close_case',
  'link_cases',
  'hand_over',
  'move_case',
  'write_note',
  'refer_case',
  'note_step',
  'open_evidence',
  'keep_keys',
];

/** Who may do what: the only place where this is decided. Administrators see no case and let nobody in; oversight sees numbers only. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  handler: CASE_WORK,
  lead: [
    ...CASE_WORK,
    'hold_case',
    'direct_cases',
    'see_looks',
    'take_original',
    'agree_from_above',
    'sign_out_others',
  ],
  coordinator: CASE_WORK,
  content: ['be_here', 'see_content'],
  oversight: ['be_here'],
  administrator: ['be_here', 'decide_report', 'sign_out_others', 'manage_people', 'operate'],
};

/** Whether this member may do it. Case work also needs an agency, as every case belongs to one. */
export function may(member: StaffMember, permission: Permission): boolean {
  if (!ROLE_PERMISSIONS[member.role].includes(permission)) return false;
  const isCaseWork = permission !== 'be_here' && CASE_ROLES.includes(member.role);
  return !isCaseWork || member.agencyId !== undefined;
}
