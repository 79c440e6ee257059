import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Outgoing } from '../conversation/message.js';
import { VOICES, type Voice } from '../texts/texts.js';
import type { Db } from './database.js';
import { outbox, talks } from './schema.js';
import { sealOutgoing } from './sealed-outgoing.js';
import type { ServiceCipher } from './service-cipher.js';

/** Adds a message to a running talk from outside a turn, in the voice the talk is held in. Resolves with its id in the outbox. */
export async function sayInTalk(
  tx: Db,
  cipher: ServiceCipher,
  talkId: string,
  words: (voice: Voice) => string,
  at: Date,
): Promise<string | undefined> {
  const [talk] = await tx.select({ state: talks.sealedState }).from(talks).where(eq(talks.id, talkId));
  if (!talk) return undefined;
  const id = randomUUID();
  const text = words(voiceOf(cipher, talkId, talk.state));
  const message: Outgoing = { id, kind: 'text', text, choices: [], sources: [] };
  await tx
    .insert(outbox)
    .values({ id, talkId, state: 'pending', sealedContent: sealOutgoing(cipher, message), createdAt: at });
  return id;
}

/** The engine keeps the voice in its state under this name; without a state the safe one. */
function voiceOf(cipher: ServiceCipher, talkId: string, state: Uint8Array | null): Voice {
  if (state === null) return 'teen';
  const kept = JSON.parse(cipher.unseal(`talk:${talkId}`, state)) as { readonly voice?: unknown };
  return VOICES.find((voice) => voice === kept.voice) ?? 'teen';
}
