import { type Reply, refuse } from './call.js';
import type { ZaloUploads } from './uploads.js';

/** A button as it was sent. */
export interface SentButton {
  readonly title: string;
  readonly type: string;
  readonly payload: unknown;
}

/** `message` of a send, read as strictly as Zalo reads it. */
export interface ReadMessage {
  readonly text: string;
  readonly buttons: readonly SentButton[];
  readonly attachment?: 'image' | 'document';
}

const MAX = { text: 2_000, buttons: 5, title: 100, payload: 1_000 };
const BUTTON_TYPES = ['oa.query.show', 'oa.query.hide', 'oa.open.url', 'oa.open.phone', 'oa.open.sms'];

const invalid = (what: string): Reply => refuse(-201, `${what} is invalid!`);
const tooLong = refuse(-210, 'Parameter exceeds allowable limit');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The message, or what Zalo answers instead of taking it. */
export function readMessage(message: unknown, uploads: ZaloUploads): ReadMessage | Reply {
  if (!isObject(message)) return invalid('message');
  const { text, attachment } = message;
  if (text !== undefined && typeof text !== 'string') return invalid('text');
  if ((text ?? '').length > MAX.text) return tooLong;
  if (attachment === undefined) return text ? { text, buttons: [] } : invalid('text');
  if (!isObject(attachment) || !isObject(attachment.payload)) return invalid('attachment');
  const { payload } = attachment;
  if (attachment.type === 'file') {
    return (
      uploads.refusalOf('file', payload.token) ?? { text: text ?? '', buttons: [], attachment: 'document' }
    );
  }
  if (attachment.type !== 'template') return invalid('attachment.type');
  if (payload.template_type === 'media') return readMedia(text ?? '', payload, uploads);
  if (payload.template_type !== undefined && payload.template_type !== 'button') {
    return refuse(-233, 'message type is invalid or not support');
  }
  return text ? readButtons(text, payload.buttons) : invalid('text');
}

function readMedia(
  text: string,
  payload: Record<string, unknown>,
  uploads: ZaloUploads,
): ReadMessage | Reply {
  const elements: readonly unknown[] = Array.isArray(payload.elements) ? payload.elements : [];
  const [element] = elements;
  if (elements.length !== 1 || !isObject(element) || element.media_type !== 'image')
    return invalid('elements');
  if ((element.url === undefined) === (element.attachment_id === undefined)) return invalid('attachment_id');
  const refusal = element.url === undefined ? uploads.refusalOf('image', element.attachment_id) : undefined;
  return refusal ?? { text, buttons: [], attachment: 'image' };
}

function readButtons(text: string, buttons: unknown): ReadMessage | Reply {
  if (!Array.isArray(buttons) || buttons.length === 0) return invalid('buttons');
  if (buttons.length > MAX.buttons) return tooLong;
  const read: SentButton[] = [];
  for (const button of buttons as readonly unknown[]) {
    if (!isObject(button)) return invalid('buttons');
    const { title, type, payload } = button;
    if (typeof title !== 'string' || title.trim() === '') return invalid('title');
    if (typeof type !== 'string' || !BUTTON_TYPES.includes(type)) return invalid('type');
    if (title.length > MAX.title) return tooLong;
    if (type.startsWith('oa.query.')) {
      if (typeof payload !== 'string' || payload === '') return invalid('payload');
      if (payload.length > MAX.payload) return tooLong;
    } else if (!isObject(payload)) return invalid('payload');
    read.push({ title, type, payload });
  }
  return { text, buttons: read };
}
