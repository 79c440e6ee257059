import type { MediaKind } from '../../conversation/message.js';
import type { Category } from '../../directory/directory.js';

const MEGABYTE = 1024 * 1024;

/** Most that one talk may hold before a report takes it, and that one case may hold. A single file: 20 MB (channels/media). */
export const EVIDENCE_LIMITS = {
  talk: { files: 20, bytes: 120 * MEGABYTE },
  case: { files: 60, bytes: 400 * MEGABYTE },
} as const;

/** Reports in which a picture may itself be the harm. */
const SENSITIVE: ReadonlySet<Category> = new Set<Category>(['sexual_abuse', 'online_harm']);

/**
 * Whether a file may show the sexual abuse of a child, so that it is shut away until two people and a reason open it. Rather too
 * often than once too little: every picture and film of such a report and of one in which another file is shut away already;
 * everything but sound when the reporter says so (a picture may come as a document).
 */
export const isSuspect = (
  report: { readonly category: Category; readonly holdsSuspect: boolean; readonly reporterSaysSo: boolean },
  media: MediaKind,
): boolean =>
  report.reporterSaysSo
    ? media !== 'voice'
    : (media === 'photo' || media === 'video') && (report.holdsSuspect || SENSITIVE.has(report.category));

/** Sounds that browsers play; others are for the original's way. */
const PLAYABLE = new Set(['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/wav']);

/** How staff meet a file in daily work: its clean copy, its sound, or not at all (the original only, with a reason). */
export type Showing = 'picture' | 'sound' | 'nothing';

/** @param type as recognised by content */
export function showingOf(type: string, hasCleanCopy: boolean): Showing {
  if (hasCleanCopy) return 'picture';
  return PLAYABLE.has(type) ? 'sound' : 'nothing';
}

/** Why somebody opens a file, to choose from; `other` needs words. */
export const OPENING_REASONS = ['assess', 'support', 'authority', 'other'] as const;
export type OpeningReason = (typeof OPENING_REASONS)[number];

/** How long an opened file stays open for the person who gave a reason, and how long a second person may take to agree, milliseconds. */
export const OPEN_FOR = 10 * 60_000;
export const AGREE_WITHIN = 15 * 60_000;

/** Least and most characters of a reason in words. */
export const REASON_LENGTH = { least: 10, most: 500 } as const;

/** Ending of a downloaded original's name, by what it was recognised as; never the name it came with. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'video/3gpp2': '3g2',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.oasis.opendocument.text': 'odt',
};

export const endingOf = (type: string): string => ENDINGS[type] ?? 'bin';
