/**
 * What a file carries beside what one sees or hears. `location` where it was made · `details` device, time, program, author,
 * a small older picture, comments · `appended` bytes after its end, perhaps another file · `active` a document that may do
 * something when opened (scripts, embedded files). Only that it is there, never what it says.
 */
export const METADATA_MARKS = ['location', 'details', 'appended', 'active'] as const;
export type MetadataMark = (typeof METADATA_MARKS)[number];
