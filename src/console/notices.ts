/** Short messages shown after a redirect; the address carries only this word. */
const NOTICES = [
  'taken',
  'already_taken',
  'replied',
  'closed',
  'already_closed',
  'not_yours',
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
