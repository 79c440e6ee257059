import type { Role, StaffMember } from '../staff/staff.js';
import { CASE_ROLES } from '../staff/staff.js';

/** Everything a page or button of the console can do. */
const PERMISSIONS = [
  /** Own start page, signing out. */
  'be_here',
  /** Queue, case pages and their live refresh. */
  'see_cases',
  'take_case',
  'reply',
  'close_case',
  'manage_people',
  /** Unknown questions, and answers to be looked at. */
  'see_content',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const CASE_WORK: readonly Permission[] = ['be_here', 'see_cases', 'take_case', 'reply', 'close_case'];

/** Who may do what: the only place where this is decided. Administrators see no case; oversight sees numbers only. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  handler: CASE_WORK,
  lead: CASE_WORK,
  coordinator: CASE_WORK,
  content: ['be_here', 'see_content'],
  oversight: ['be_here'],
  administrator: ['be_here', 'manage_people'],
};

/** Whether this member may do it. Case work also needs an agency, as every case belongs to one. */
export function may(member: StaffMember, permission: Permission): boolean {
  if (!ROLE_PERMISSIONS[member.role].includes(permission)) return false;
  const isCaseWork = permission !== 'be_here' && CASE_ROLES.includes(member.role);
  return !isCaseWork || member.agencyId !== undefined;
}
