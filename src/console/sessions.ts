import type { CookieOptions, Request, Response } from 'express';
import type { SessionLimits, StaffMember, StaffSession } from '../staff/staff.js';
import type { ConsoleDeps } from './deps.js';
import { hashToken, newToken } from './tokens.js';

/** A session that nobody uses locks itself. */
const IDLE_MINUTES = 30;
/** However busy, one signs in again after this. */
const LONGEST_HOURS = 12;
/** The database is told at most this often that a session is in use. */
const TOUCH_EVERY_MS = 30_000;

/** Who is signed in on this request. */
export interface SignedIn {
  readonly member: StaffMember;
  readonly session: StaffSession;
}

/** Sessions of the console: the cookie holds a random token, the store its hash. */
export interface Sessions {
  /** Who sends this request; `touch` when a person did something, not a page refreshing itself. */
  find(req: Request, touch: boolean): Promise<SignedIn | undefined>;
  /** Whether a session found earlier is still good, without touching it. */
  stillGood(session: StaffSession): Promise<boolean>;
  /** Begins a session with a fresh token, ending the one this browser had. */
  start(req: Request, res: Response, member: StaffMember): Promise<void>;
  end(req: Request, res: Response): Promise<void>;
}

export function createSessions(
  deps: Pick<ConsoleDeps, 'staff' | 'now' | 'randomBytes' | 'secureCookies'>,
): Sessions {
  const { staff, now, secureCookies } = deps;
  const cookieName = secureCookies ? '__Host-console' : 'console';
  const cookie: CookieOptions = { httpOnly: true, sameSite: 'strict', secure: secureCookies, path: '/' };

  const limits = (): SessionLimits => ({
    createdSince: new Date(now() - LONGEST_HOURS * 3_600_000),
    seenSince: new Date(now() - IDLE_MINUTES * 60_000),
  });
  const tokenOf = (req: Request) => readCookie(req.get('Cookie'), cookieName);

  return {
    async find(req, touch) {
      const token = tokenOf(req);
      if (token === undefined) return undefined;
      const found = await staff.findSession(hashToken(token), limits());
      if (found && touch && now() - found.session.lastSeen.getTime() > TOUCH_EVERY_MS)
        await staff.touchSession(found.session.tokenHash, new Date(now()));
      return found;
    },
    async stillGood(session) {
      return (await staff.findSession(session.tokenHash, limits())) !== undefined;
    },
    async start(req, res, member) {
      const earlier = tokenOf(req);
      if (earlier !== undefined) await staff.endSession(hashToken(earlier));
      const { token, tokenHash } = newToken(deps.randomBytes);
      const at = new Date(now());
      const csrfToken = newToken(deps.randomBytes).token;
      await staff.startSession({ tokenHash, staffId: member.id, csrfToken, createdAt: at, lastSeen: at });
      res.cookie(cookieName, token, cookie);
    },
    async end(req, res) {
      const token = tokenOf(req);
      if (token !== undefined) await staff.endSession(hashToken(token));
      res.clearCookie(cookieName, cookie);
    },
  };
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}
