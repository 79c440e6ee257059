import { FetchFault, type IncomingFile } from '../channels/channel.js';
import type { ChannelName, MediaKind } from '../conversation/message.js';
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
      readonly file: { readonly kind: MediaKind; readonly type: string; readonly bytes: Buffer };
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Fetches one file that a person sent, from its platform, and keeps it as evidence when it is what it may be. */
export function fetchJob(parts: {
  readonly evidence: EvidenceStore;
  readonly sending: Partial<Record<ChannelName, SendingChannel>>;
  /** Reads it within the limits of size, time and type. */
  readonly read: (file: IncomingFile) => Promise<FileRead>;
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
      const fetchFrom = waiting && parts.sending[waiting.channel]?.sender.fetch;
      if (!waiting || !fetchFrom) return undefined;
      const refuse = async (reason: string): Promise<undefined> => {
        parts.observe(waiting.channel, 'file_refused', reason);
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
        const { kind, type, bytes } = read.file;
        await parts.evidence.keep(id, { media: kind, type, bytes });
        parts.observe(waiting.channel, 'file_kept');
        return undefined;
      } catch (error) {
        if (error instanceof FetchFault && (lastTry || !error.again)) return refuse(error.code);
        throw error;
      }
    },
  };
}
