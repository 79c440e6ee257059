import type { Request } from 'express';
import type { Reason } from '../reports/evidence/desk.js';
import { OPENING_REASONS, REASON_LENGTH } from '../reports/evidence/rules.js';
import { field } from './here.js';

/** Why a reason is not taken: `choose` nothing chosen · `words` it needs words, or more of them · `long`. */
export type ReasonFault = 'choose' | 'words' | 'long';

/** The reason of a posted form. @param inWords a chosen one is not enough */
export function reasonOf(req: Request, inWords: boolean): { ok: Reason } | { fault: ReasonFault } {
  const code = OPENING_REASONS.find((known) => known === field(req, 'reason'));
  const words = field(req, 'text').replaceAll('\r\n', '\n').trim();
  if (!code) return { fault: 'choose' };
  if (words.length > REASON_LENGTH.most) return { fault: 'long' };
  if ((inWords || code === 'other') && words.length < REASON_LENGTH.least) return { fault: 'words' };
  return { ok: { code, words } };
}
