import { z } from 'zod';
import { SendFault } from '../channel.js';
import type { ChannelLog, ChannelNotes } from '../push-channel.js';
import { type ZaloApi, ZaloRefused } from './api.js';

const NOTE = 'oa';
/** `oa_type` of a state body: its messages go by the older API. */
const GOVERNMENT = 4;

/** Version of the message API; neither suits every OA. */
export type MessageApi = 'v2.0' | 'v3.0';

const facts = z.object({
  /** The grant these were learnt with: another may be of another OA. */
  seed: z.string(),
  id: z.string().optional(),
  messages: z.enum(['v2.0', 'v3.0']),
});
type Facts = z.infer<typeof facts>;

const id = z.union([z.string().min(1), z.number().int().transform(String)]);
// Named either way in different sources.
const profile = z.object({
  oaid: id.optional().catch(undefined),
  oa_id: id.optional().catch(undefined),
  oa_type: z.coerce.number().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
});

/** What Zalo says of the OA that the token is of. */
export interface OaProfile {
  readonly id: string | undefined;
  readonly type: number | undefined;
  readonly name: string | undefined;
}

/** Asks Zalo for it; changes nothing there. @throws as `ZaloApi.call` */
export async function askOa(api: ZaloApi): Promise<OaProfile> {
  const { oaid, oa_id, oa_type, name } = profile.parse(
    (await api.call({ method: 'GET', path: '/v2.0/oa/getoa' })) ?? {},
  );
  return { id: oaid ?? oa_id, type: oa_type, name };
}

/** The OA we speak for, found out once and kept. */
export interface Oa {
  /** Which message API to begin with. Never rejects because Zalo would not say: then the usual one. @throws SendFault without a token */
  messages(): Promise<MessageApi>;
  /** The one that worked. */
  remember(messages: MessageApi): Promise<void>;
  /** Its id where it is known by now. */
  id(): string | undefined;
}

export function createOa(parts: {
  readonly api: ZaloApi;
  readonly notes: ChannelNotes;
  readonly log: ChannelLog;
  readonly seed: string;
}): Oa {
  const { api, notes, log, seed } = parts;
  let known: Facts | undefined;

  async function read(): Promise<Facts | undefined> {
    const raw = await notes.read(NOTE);
    const kept = raw === undefined ? undefined : facts.safeParse(JSON.parse(raw)).data;
    return kept?.seed === seed ? kept : undefined;
  }

  async function keep(next: Facts): Promise<void> {
    known = next;
    // Learnt again when it is not kept; no message waits for it.
    await notes.write(NOTE, JSON.stringify(next)).catch(() => undefined);
  }

  return {
    async messages() {
      known ??= await read().catch(() => undefined);
      if (known !== undefined) return known.messages;
      try {
        const { id, type } = await askOa(api);
        const messages = type === GOVERNMENT ? 'v2.0' : 'v3.0';
        await keep({ seed, messages, ...(id === undefined ? {} : { id }) });
        return messages;
      } catch (error) {
        if (error instanceof SendFault) throw error;
        const code = error instanceof ZaloRefused ? error.refusal.name : 'answer_unreadable';
        log.warn({ channel: 'zalo', code }, 'Zalo does not say what type of OA this is');
        return 'v3.0';
      }
    },
    async remember(messages) {
      if (known?.messages !== messages)
        await keep({ seed, ...(known?.id === undefined ? {} : { id: known.id }), messages });
    },
    id: () => known?.id,
  };
}
