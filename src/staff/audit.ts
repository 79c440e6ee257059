/**
 * Acts of staff that belong to no single case, kept in one chain that cannot be changed unseen. A key act says which in
 * `detail.act`; so does a search or an export. Ids and codes only.
 */
export const AUDIT_KINDS = [
  'signed_in',
  'sign_in_refused',
  'signed_out',
  'second_step_set',
  'second_step_refused',
  'recovery_codes_made',
  'recovery_code_used',
  'sessions_ended',
  'person_invited',
  'person_link_renewed',
  'person_second_step_reset',
  'person_disabled',
  'person_enabled',
  'key_act',
  'searched',
  'exported',
  'looks_read',
  'case_forgotten',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export interface AuditAct {
  readonly kind: AuditKind;
  readonly at: Date;
  /** Who did it; absent: the service by rule. */
  readonly staffId?: string;
  /** Whom or what it was done to: the id of a member, an agency, a case. */
  readonly subject?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/** Puts acts on record. Resolves once it is stored; an act that cannot be recorded must not happen. */
export interface AuditLog {
  record(act: AuditAct): Promise<void>;
}
