import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.js';
import {
  deferredReplies,
  evidence,
  evidenceParts,
  fileKeys,
  onCall,
  outbox,
  secondSteps,
  staffChats,
  talks,
  unknownQuestions,
} from './schema.js';
import { CannotUnseal, type ServiceCipher } from './service-cipher.js';

const BATCH = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Columns that live longer than a purge, and how their purpose is named. What is sealed to people (keys.ts) is not under this key at all. */
const SEALED = [
  {
    table: deferredReplies,
    column: deferredReplies.sealedContent,
    id: deferredReplies.id,
    set: 'sealedContent',
    purpose: 'outbox',
  },
  { table: outbox, column: outbox.sealedContent, id: outbox.id, set: 'sealedContent', purpose: 'outbox' },
  {
    table: evidence,
    column: evidence.sealedSource,
    id: evidence.id,
    set: 'sealedSource',
    purpose: 'evidence source',
  },
  {
    table: secondSteps,
    column: secondSteps.sealedSecret,
    id: secondSteps.staffId,
    set: 'sealedSecret',
    purpose: 'second step',
  },
  {
    table: secondSteps,
    column: secondSteps.sealedOffer,
    id: secondSteps.staffId,
    set: 'sealedOffer',
    purpose: 'second step',
  },
  { table: onCall, column: onCall.sealedUrl, id: onCall.id, set: 'sealedUrl', purpose: 'webhook' },
  {
    table: staffChats,
    column: staffChats.sealedAddress,
    id: staffChats.staffId,
    set: 'sealedAddress',
    purpose: 'staff chat',
  },
  {
    table: fileKeys,
    column: fileKeys.sealedIdentity,
    id: fileKeys.id,
    set: 'sealedIdentity',
    purpose: 'file key',
  },
  { table: talks, column: talks.sealedState, id: talks.id, set: 'sealedState', purpose: 'talk' },
  {
    table: unknownQuestions,
    column: unknownQuestions.sealedText,
    id: unknownQuestions.id,
    set: 'sealedText',
    purpose: 'unknown question',
  },
] as const;

/**
 * After a new key was put in front of SERVICE_KEY: moves stored values under it, batch by batch, harmless to stop and
 * run again. When `left` is 0, the old key is needed only for contact hashes and addresses (running talks begin fresh
 * without it). `left` counts values under a key that is not listed at all.
 */
export async function resealUnderCurrentKey(
  db: Db,
  cipher: ServiceCipher,
): Promise<{ moved: number; left: number }> {
  let moved = 0;
  let left = 0;
  for (const { table, column, id, set, purpose } of SEALED) {
    for (let after: string = FIRST_ID; ; ) {
      const rows = await db
        .select({ id, sealed: column })
        .from(table)
        .where(
          sql`${id} > ${after} and ${column} is not null and length(${column}) > 0 and substring(${column} from 2 for 4) <> ${Buffer.from(cipher.currentKeyId)}`,
        )
        .orderBy(id)
        .limit(BATCH);
      for (const row of rows) {
        const fresh = row.sealed === null ? undefined : reseal(cipher, `${purpose}:${row.id}`, row.sealed);
        if (fresh === undefined) left += 1;
        else {
          await db
            .update(table)
            .set({ [set]: fresh })
            .where(eq(id, row.id));
          moved += 1;
        }
      }
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) break;
      after = last.id;
    }
  }
  const files = await resealFiles(db, cipher);
  return { moved: moved + files.moved, left: left + files.left };
}

/** The bytes of files that version 0.2 kept, part by part: their key is two columns. Later ones are sealed to people. */
async function resealFiles(db: Db, cipher: ServiceCipher): Promise<{ moved: number; left: number }> {
  let [moved, left] = [0, 0];
  const { evidenceId, part, sealedBytes } = evidenceParts;
  for (let after = { id: FIRST_ID, part: -1 }; ; ) {
    const [row] = await db
      .select()
      .from(evidenceParts)
      .where(
        sql`(${evidenceId}, ${part}) > (${after.id}::uuid, ${after.part})
          and exists (select from ${evidence} where ${evidence.id} = ${evidenceId} and ${evidence.keyId} is null) and substring(${sealedBytes} from 2 for 4) <> ${Buffer.from(cipher.currentKeyId)}`,
      )
      .orderBy(evidenceId, part)
      .limit(1);
    if (!row) return { moved, left };
    const purpose = `evidence:${row.evidenceId}:${row.part}`;
    try {
      const fresh = cipher.sealBytes(purpose, cipher.unsealBytes(purpose, row.sealedBytes));
      await db
        .update(evidenceParts)
        .set({ sealedBytes: fresh })
        .where(and(eq(evidenceId, row.evidenceId), eq(part, row.part)));
      moved += 1;
    } catch (error) {
      if (!(error instanceof CannotUnseal)) throw error;
      left += 1;
    }
    after = { id: row.evidenceId, part: row.part };
  }
}

function reseal(cipher: ServiceCipher, purpose: string, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return cipher.seal(purpose, cipher.unseal(purpose, sealed));
  } catch (error) {
    if (error instanceof CannotUnseal) return undefined;
    throw error;
  }
}
