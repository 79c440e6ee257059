import type { Request, Response } from 'express';
import type { CaseActor } from '../reports/case.js';
import type { MemberKeys } from '../reports/member-keys.js';
import type { Assets } from './assets.js';
import type { ConsoleDeps } from './deps.js';
import { may } from './permissions.js';
import type { Sessions, SignedIn } from './sessions.js';
import type { SignInLimits } from './sign-in-limits.js';
import type { Words } from './words.js';

/** The parts made once, when the console is created. */
export interface ConsoleParts {
  readonly deps: ConsoleDeps;
  readonly sessions: Sessions;
  readonly limits: SignInLimits;
  readonly assets: Assets;
  /**
   * Verified against when there is nothing to verify, so that unknown names take as long as known ones. Made at the first
   * sign-in, whose name does not matter: it takes 64 MiB, which a start does without.
   */
  decoyHash(): Promise<string>;
}

/** One request, with all that an action may use. */
export interface Here extends ConsoleParts {
  readonly req: Request;
  readonly res: Response;
  readonly words: Words;
  /** Absent on pages that are open to people who are not signed in. */
  readonly signedIn?: SignedIn;
}

/** A request of somebody who is signed in and may do this. */
export interface StaffHere extends Here {
  readonly signedIn: SignedIn;
}

/** Who acts in a case. Case work is only permitted to members with an agency. */
export function actorOf({ signedIn: { member, identity } }: StaffHere): CaseActor {
  if (member.agencyId === undefined)
    throw new Error('Case work needs an agency; permissions.ts lets no other through.');
  return {
    staffId: member.id,
    agencyId: member.agencyId,
    ...(may(member, 'direct_cases') ? { directs: true } : {}),
    ...(identity === undefined ? {} : { keys: { staffId: member.id, agencyId: member.agencyId, identity } }),
  };
}

/** What opens for the person signed in, under the permission of keys. */
export function keysOf({ signedIn: { member, identity } }: StaffHere): MemberKeys {
  if (member.agencyId === undefined)
    throw new Error('Keys need an agency; permissions.ts lets no other through.');
  return { staffId: member.id, agencyId: member.agencyId, identity };
}

/** One segment of the path, as the route names it. */
export function pathPart(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
}

/** One field of a posted form; '' when absent or sent more than once. */
export function field(req: Request, name: string): string {
  const body: unknown = req.body;
  if (body === null || typeof body !== 'object') return '';
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : '';
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
