import { sql } from 'drizzle-orm';
import { boolean, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ChannelName, MediaKind } from '../../conversation/message.js';
import type { LookAim } from '../../reports/evidence/desk.js';
import type { MetadataMark } from '../../reports/evidence/marks.js';
import type { OpeningReason } from '../../reports/evidence/rules.js';
import type { Recipient } from '../../reports/sealing.js';
import { bytes, langNghe, moment } from './base.js';
import { cases } from './cases.js';
import { reports } from './reports.js';
import { staff } from './staff.js';
import { talks } from './talks.js';

/**
 * The key pairs that files are sealed to. A pair is of a talk until a report takes its files; then it is of that report, and
 * its secret half is sealed to the case. It goes with its talk or its report, and with it every file under it.
 */
export const fileKeys = langNghe.table(
  'file_keys',
  {
    id: uuid('id').primaryKey(),
    talkId: uuid('talk_id').references(() => talks.id, { onDelete: 'cascade' }),
    reportId: uuid('report_id').references(() => reports.id, { onDelete: 'cascade' }),
    recipient: text('recipient').$type<Recipient>().notNull(),
    /** The secret half under the service key, while no case has it. */
    sealedIdentity: bytes('sealed_identity'),
    /** The secret half as an age file to the case's recipient. */
    caseSealedIdentity: bytes('case_sealed_identity'),
  },
  (table) => [index('file_keys_talk').on(table.talkId), index('file_keys_report').on(table.reportId)],
);

/**
 * A file that came with a talk: `waiting` to be fetched · `kept` · `refused` (too big, wrong type, gone, too many). It goes with
 * its talk unless a report holds it.
 */
export const evidence = langNghe.table(
  'evidence',
  {
    id: uuid('id').primaryKey(),
    talkId: uuid('talk_id').references(() => talks.id, { onDelete: 'set null' }),
    reportId: uuid('report_id').references(() => reports.id, { onDelete: 'cascade' }),
    /** Null: kept by version 0.2, its bytes under the service key. */
    keyId: uuid('key_id').references(() => fileKeys.id, { onDelete: 'cascade' }),
    channel: text('channel').$type<ChannelName>().notNull(),
    /** As the person sent it; after fetching, as its content says. */
    media: text('media').$type<MediaKind>().notNull(),
    state: text('state').$type<'waiting' | 'kept' | 'refused'>().notNull(),
    /** Why it was refused: a code. */
    reason: text('reason'),
    /** What the channel needs to fetch it; gone once fetched. */
    sealedSource: bytes('sealed_source'),
    /** MIME type by content. */
    type: text('type'),
    bytes: integer('bytes'),
    /** Of the bytes as received, 64 hex characters. */
    sha256: text('sha256'),
    metadata: text('metadata').array().$type<MetadataMark[]>().notNull().default([]),
    quarantined: boolean('quarantined').notNull().default(false),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [
    index('evidence_talk').on(table.talkId),
    index('evidence_report').on(table.reportId),
    index('evidence_key').on(table.keyId),
    index('evidence_waiting').on(table.receivedAt).where(sql`state = 'waiting'`),
  ],
);

/** What is kept of a file: the bytes as received, the picture painted anew, the blurred small one. */
export type EvidenceCopy = 'original' | 'clean' | 'preview';

/** The bytes of each copy, one age file to the key pair's recipient, in pieces small enough to hold in memory. */
export const evidenceParts = langNghe.table(
  'evidence_parts',
  {
    evidenceId: uuid('evidence_id')
      .notNull()
      .references(() => evidence.id, { onDelete: 'cascade' }),
    copy: text('copy').$type<EvidenceCopy>().notNull().default('original'),
    part: integer('part').notNull(),
    sealedBytes: bytes('sealed_bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.evidenceId, table.copy, table.part] })],
);

/** Who opened a file, or asks a second person that they may. */
export const evidenceLooks = langNghe.table(
  'evidence_looks',
  {
    id: uuid('id').primaryKey(),
    evidenceId: uuid('evidence_id')
      .notNull()
      .references(() => evidence.id, { onDelete: 'cascade' }),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    aim: text('aim').$type<LookAim>().notNull(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    reason: text('reason').$type<OpeningReason>().notNull(),
    /** The reason in words, as an age file to the recipient of the file's key pair. */
    sealedWords: bytes('sealed_words'),
    at: moment('at').notNull(),
    agreedBy: uuid('agreed_by').references(() => staff.id),
    /** Null: a second person has yet to agree. */
    openFrom: moment('open_from'),
    /** Until when it is open, or may be agreed to. */
    until: moment('until').notNull(),
  },
  (table) => [
    index('evidence_looks_evidence').on(table.evidenceId, table.at),
    index('evidence_looks_case').on(table.caseId),
  ],
);
