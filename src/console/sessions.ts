import type { CookieOptions, Request, Response } from 'express';
import type { Identity } from '../reports/sealing.js';
import type { SecondStepStage, SessionLimits, StaffMember, StaffSession } from '../staff/staff.js';
import type { ConsoleDeps } from './deps.js';
import { deviceOf } from './device.js';
import { lockIdentity, unlockIdentity } from './session-keys.js';
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
  /** The passphrase was right, the second step is not done: only its own pages open. */
  readonly secondStepDue: boolean;
  /** The member's opened identity; absent when the session holds none. */
  readonly identity?: Identity;
}

/** When a session locks if nobody does anything more. */
export interface LockTime {
  /** Whole seconds from now; at least 0. */
  readonly lockIn: number;
  /** The twelve hours are nearly over: using the page moves the end no further. */
  readonly final: boolean;
  /** Opens what is sealed to this member; for this request only. */
  readonly identity?: Identity;
}

/** With what a session begins. */
export interface SessionBegins {
  /** As the passphrase opened it; absent: the session opens nothing that is sealed. */
  readonly identity?: Identity | undefined;
  readonly secondStep?: SecondStepStage;
}

/** Sessions of the console: the cookie holds a random token, the store its hash. */
export interface Sessions {
  /** Who sends this request; `touch` when a person did something, not a page refreshing itself. */
  find(req: Request, touch: boolean): Promise<SignedIn | undefined>;
  /** Whether a session found earlier is still good, without touching it. */
  stillGood(session: StaffSession): Promise<boolean>;
  lockTime(session: StaffSession): LockTime;
  /** Every good session of this member, the one used last first. */
  list(staffId: string): Promise<StaffSession[]>;
  /** Begins a session with a fresh token, ending the one this browser had. */
  start(req: Request, res: Response, member: StaffMember, begins?: SessionBegins): Promise<void>;
  end(req: Request, res: Response): Promise<void>;
}

export function createSessions(
  deps: Pick<ConsoleDeps, 'staff' | 'now' | 'newId' | 'randomBytes' | 'secureCookies' | 'secondStep'>,
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
      if (!found) return undefined;
      const { member, session } = found;
      const secondStepDue = deps.secondStep === 'required' && session.secondStep !== 'passed';
      const identity = unlockIdentity(token, member.id, session.sealedKeys);
      const signedIn = { member, secondStepDue, ...(identity === undefined ? {} : { identity }) };
      const at = new Date(now());
      if (!touch || at.getTime() - session.lastSeen.getTime() <= TOUCH_EVERY_MS)
        return { ...signedIn, session };
      await staff.touchSession(session.tokenHash, at);
      return { ...signedIn, session: { ...session, lastSeen: at } };
    },
    async stillGood(session) {
      return (await staff.findSession(session.tokenHash, limits())) !== undefined;
    },
    lockTime({ createdAt, lastSeen }) {
      const idle = lastSeen.getTime() + IDLE_MINUTES * 60_000;
      const end = createdAt.getTime() + LONGEST_HOURS * 3_600_000;
      const lockIn = Math.max(0, Math.floor((Math.min(idle, end) - now()) / 1000));
      return { lockIn, final: end <= idle };
    },
    list: (staffId) => staff.listSessions(staffId, limits()),
    async start(req, res, member, { identity, secondStep = 'due' } = {}) {
      const earlier = tokenOf(req);
      if (earlier !== undefined) await staff.endSession(hashToken(earlier));
      const { token, tokenHash } = newToken(deps.randomBytes);
      const at = new Date(now());
      const csrfToken = newToken(deps.randomBytes).token;
      await staff.startSession({
        tokenHash,
        id: deps.newId(),
        staffId: member.id,
        csrfToken,
        secondStep,
        ...deviceOf(req.get('User-Agent')),
        createdAt: at,
        lastSeen: at,
        ...(identity === undefined ? {} : { sealedKeys: lockIdentity(token, member.id, identity) }),
      });
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
