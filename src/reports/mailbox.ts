/**
 * What the reporter can do with their side of a case: `quiet` nothing is sent to their phone any more · `erase` the replies they
 * have read are never shown again · `second_code` makes (or replaces) the pair of numbers that opens only a lesson · `leave` the
 * code opens nothing any more; the case goes on without them.
 */
export const MAILBOX_CHANGES = ['quiet', 'erase', 'second_code', 'leave'] as const;
export type MailboxChange = (typeof MAILBOX_CHANGES)[number];
