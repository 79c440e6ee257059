/** Short messages shown after a redirect; the address carries only this word. */
const NOTICES = [
  'taken',
  'already_taken',
  'replied',
  'closed',
  'evidence_asked',
  'evidence_agreed',
  'evidence_own',
  'evidence_too_late',
  'evidence_quarantined',
  'already_closed',
  'not_yours',
  'moved',
  'handed_over',
  'given_back',
  'handed_back',
  'reopened',
  'noted',
  'not_now',
  'no_such_colleague',
  'nobody_above',
  'choose_reason',
  'offered',
  'offer_accepted',
  'offer_rejected',
  'offer_withdrawn',
  'offer_ended',
  'offer_gone',
  'nothing_waiting',
  'disabled',
  'enabled',
  'signed_out',
  'locked',
  'linked',
  'linked_owner_excluded',
  'not_same',
  'held',
  'hold_lifted',
  'decided',
  'already_decided',
  'cannot_decide',
] as const;
export type Notice = (typeof NOTICES)[number];

/** The notice a query names, if it is one of ours. */
export function noticeOf(value: unknown): Notice | undefined {
  return NOTICES.find((notice) => notice === value);
}
