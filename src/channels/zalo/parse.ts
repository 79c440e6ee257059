import { type IncomingContent, MAX_TEXT_CHARACTERS, type MediaKind } from '../../conversation/message.js';
import { cleanText } from '../clean-text.js';
import type { Recipient } from './address.js';
import { choiceOf } from './choice.js';
import type { ZaloEvent } from './event.js';

/** Who did it, as Zalo can be told to write back to them; undefined when the event does not say. */
export function personOf(event: ZaloEvent): Recipient | undefined {
  if (event.event_name.startsWith('anonymous_')) {
    // Both places are described; nobody has shown a real one.
    const anonymous = event.anonymous_id ?? event.sender?.id;
    const conversation = event.conversation_id ?? event.message?.conversation_id;
    return anonymous === undefined || conversation === undefined ? undefined : { anonymous, conversation };
  }
  const user = event.sender?.id ?? event.follower?.id ?? event.user_id;
  return user === undefined ? undefined : { user };
}

/** The OA that it happened at; undefined when the event does not say. */
export const oaOf = (event: ZaloEvent): string | undefined => event.recipient?.id ?? event.oa_id;

/** What makes a redelivery the same event. Management events have no id of their own. */
export const keyOf = (event: ZaloEvent, person: Recipient): string =>
  event.message?.msg_id ??
  [
    event.event_name,
    event.timestamp,
    'user' in person ? person.user : `${person.anonymous}/${person.conversation}`,
  ].join(' ');

/** Files by the event's name or, for `user_send_file`, by what the attachment says of itself; looked into only later. */
const MEDIA: Readonly<Record<string, MediaKind>> = {
  image: 'photo',
  gif: 'photo',
  audio: 'voice',
  video: 'video',
  file: 'document',
};
type ZaloAttachment = NonNullable<ZaloEvent['message']>['attachments'][number];

/**
 * What a person's message says: one content, or one for each file where several came together. The words that came with
 * them go with the first. Never empty.
 */
export function contentsOf(event: ZaloEvent): readonly [IncomingContent, ...IncomingContent[]] {
  const kind = event.event_name.replace(/^(?:user|anonymous)_send_/, '');
  const said = cutText(cleanText(event.message?.text ?? ''));
  const attachments = event.message?.attachments ?? [];
  const [first, ...more] = attachments.flatMap((one) => contentOf(kind, one));
  if (kind === 'text') return [textContent(event.message?.text ?? '')];
  if (kind === 'link') return [linkContent(said, attachments[0]?.payload?.url)];
  if (kind === 'sticker') return [{ kind: 'other', what: 'sticker' }];
  if (kind === 'business_card') return [{ kind: 'other', what: 'contact_card' }];
  // A file we cannot reach, a place that is none: the words still count.
  if (first === undefined)
    return [said === '' ? { kind: 'other', what: 'unknown' } : { kind: 'text', text: said }];
  return [first.kind === 'media' && said !== '' ? { ...first, text: said } : first, ...more];
}

function contentOf(kind: string, { type, payload }: ZaloAttachment): IncomingContent[] {
  if (kind === 'location') {
    return payload?.coordinates === undefined ? [] : [{ kind: 'location', ...payload.coordinates }];
  }
  // Videos may come as files: the type says so then.
  const media = payload?.type === 'mp4' ? 'video' : MEDIA[kind === 'file' ? (type ?? 'file') : kind];
  const source = payload?.url;
  return media === undefined || source === undefined || source === ''
    ? []
    : [{ kind: 'media', media, source }];
}

function textContent(raw: string): IncomingContent {
  const clean = cleanText(raw);
  const choice = choiceOf(clean);
  if (choice !== undefined) return { kind: 'choice', id: choice };
  const text = cutText(clean);
  return text === '' ? { kind: 'other', what: 'unknown' } : { kind: 'text', text };
}

/** The person's own words and the address. Title and description are a stranger's words: they would be taken for theirs. */
function linkContent(said: string, url: string | undefined): IncomingContent {
  const address = cleanText(url ?? '');
  const text = said.includes(address) ? said : [said, address].filter((part) => part !== '').join('\n');
  return text === '' ? { kind: 'other', what: 'unknown' } : { kind: 'text', text: cutText(text) };
}

/** Too long a text is cut, not refused: what it begins with is still looked through for danger. */
const cutText = (text: string): string =>
  text.length <= MAX_TEXT_CHARACTERS ? text : [...text].slice(0, MAX_TEXT_CHARACTERS).join('');
