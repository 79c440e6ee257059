import type { EvidenceFact } from '../../reports/evidence/fact.js';

export const PHOTO_ID = '20000000-0000-4000-8000-000000000001';
export const VOICE_ID = '20000000-0000-4000-8000-000000000002';
export const SHUT_ID = '20000000-0000-4000-8000-000000000003';
export const LETTER_ID = '20000000-0000-4000-8000-000000000004';

const fact = (now: number, id: string, more: Partial<EvidenceFact>): EvidenceFact => ({
  id,
  media: 'photo',
  state: 'kept',
  receivedAt: new Date(now - 3_600_000),
  bytes: 2_411_724,
  type: 'image/jpeg',
  sha256: id.replaceAll('-', '').repeat(2),
  metadata: [],
  showing: 'picture',
  hasPreview: true,
  quarantined: false,
  ...more,
});

/** The files of the calm case: a photo, a voice, a photo that is shut away, a letter. */
export const testFiles = (now: number): EvidenceFact[] => [
  fact(now, PHOTO_ID, { metadata: ['location', 'details'] }),
  fact(now, VOICE_ID, {
    media: 'voice',
    type: 'audio/ogg',
    showing: 'sound',
    hasPreview: false,
    bytes: 20_000,
  }),
  fact(now, SHUT_ID, { quarantined: true, hasPreview: false }),
  fact(now, LETTER_ID, {
    media: 'document',
    type: 'application/pdf',
    showing: 'nothing',
    hasPreview: false,
    metadata: ['active'],
  }),
];
