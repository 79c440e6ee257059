import { FetchFault, type IncomingFile } from '../channels/channel.js';
import type { ChannelName, MediaKind } from '../conversation/message.js';
import { metadataIn } from '../reports/evidence/metadata.js';
import type { EvidenceStore } from '../store/evidence.js';
import type { Voice } from '../texts/texts.js';
import type { SendingChannel } from './deliver.js';
import type { Job } from './job.js';

/** Longest a file may take from the first byte asked for to the last one stored, milliseconds. */
const TIME_LIMIT = 90_000;

/** A file within the limits of size, time and type, told by its content; or why it is not. */
type FileRead =
  | {
      readonly kind: 'kept';
      readonly file: {
        readonly kind: MediaKind;
        readonly type: string;
        readonly bytes: Buffer;
        readonly sha256: string;
      };
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Where files that came to ourselves are put aside. */
export interface OwnFiles {
  readonly fetch: (source: string) => Promise<IncomingFile>;
  readonly done: (source: string) => Promise<void>;
}

/** Copies of a picture for daily work, or why there are none. */
type Cleaned =
  | { readonly kind: 'cleaned'; readonly clean: Buffer; readonly preview: Buffer }
  | { readonly kind: 'not_cleaned'; readonly why: string };

/**
 * Fetches one file that a person sent, from its platform, and keeps it as evidence when it is what it may be: as received, and
 * where it is a picture, painted anew.
 */
export function fetchJob(parts: {
  readonly evidence: EvidenceStore;
  readonly sending: Partial<Record<ChannelName, SendingChannel>>;
  /** Files that came to ourselves (web chat), by channel: read from where they were put aside, and let go of when done with. */
  readonly ours: Partial<Record<ChannelName, OwnFiles>>;
  /** Reads it within the limits of size, time and type. */
  readonly read: (file: IncomingFile) => Promise<FileRead>;
  /** Paints a picture anew, away from this process. Rejects when it could not begin. */
  readonly clean: (type: string, bytes: Buffer) => Promise<Cleaned>;
  /** What the person is told, in their chat, when a file could not be kept. */
  readonly refusal: (reason: string, voice: Voice) => string;
  /** That is to be delivered. */
  readonly afterRefusal: (outboxId: string) => void;
  readonly observe: (channel: ChannelName, outcome: string, code?: string) => void;
}): Job {
  return {
    name: 'fetch',
    concurrency: 2,
    async run(id, lastTry) {
      const waiting = await parts.evidence.waiting(id);
      if (!waiting) return undefined;
      const own = parts.ours[waiting.channel];
      const fetchFrom = own?.fetch ?? parts.sending[waiting.channel]?.sender.fetch;
      if (!fetchFrom) return undefined;
      const refuse = async (reason: string): Promise<undefined> => {
        parts.observe(waiting.channel, 'file_refused', reason);
        await own?.done(waiting.source);
        const said = await parts.evidence.refuse(id, reason, (voice) => parts.refusal(reason, voice));
        if (said !== undefined) parts.afterRefusal(said);
        return undefined;
      };
      try {
        const read = await parts.read(await fetchFrom(waiting.source, AbortSignal.timeout(TIME_LIMIT)));
        if (read.kind === 'refused') {
          if (read.reason === 'broken_off' && !lastTry) throw new FetchFault(read.reason, true);
          return await refuse(read.reason);
        }
        const { kind: media, type, bytes, sha256 } = read.file;
        const cleaned = media === 'photo' ? await cleanOrKeep(parts.clean, type, bytes, lastTry) : undefined;
        const kept = await parts.evidence.keep(id, {
          media,
          type,
          sha256,
          metadata: metadataIn(type, bytes),
          original: bytes,
          ...(cleaned?.kind === 'cleaned' ? { copies: cleaned } : {}),
        });
        if (kept === 'too_much') return await refuse(kept);
        await own?.done(waiting.source);
        parts.observe(
          waiting.channel,
          'file_kept',
          cleaned?.kind === 'not_cleaned' ? cleaned.why : undefined,
        );
        return undefined;
      } catch (error) {
        if (error instanceof FetchFault && (lastTry || !error.again)) return refuse(error.code);
        throw error;
      }
    },
  };
}

/** A picture that cannot be cleaned is kept all the same: sealed, for whoever may open the original. */
async function cleanOrKeep(
  clean: (type: string, bytes: Buffer) => Promise<Cleaned>,
  type: string,
  bytes: Buffer,
  lastTry: boolean,
): Promise<Cleaned> {
  try {
    return await clean(type, bytes);
  } catch (error) {
    if (!lastTry) throw error;
    return { kind: 'not_cleaned', why: 'not_started' };
  }
}
