import { type IncomingContent, MEDIA_KINDS } from '../conversation/message.js';

/** What a line in the terminal does: a person's message, minutes that pass, or the end. */
export type ChatInput =
  | { readonly kind: 'said'; readonly content: IncomingContent }
  | { readonly kind: 'silence'; readonly minutes: number }
  | { readonly kind: 'end' };

const said = (content: IncomingContent): ChatInput => ({ kind: 'said', content });

/**
 * Plain words are words. "#id" presses a button by its id. "/photo LỜI", "/voice", "/video", "/document" send a file, "/pin 10.01
 * 105.08" a place, "/sticker", "/edit LỜI" change an earlier message, "/open NAME" opens the talk by a poster, "/wait 12" lets
 * minutes pass with the clock ringing, "/thoat" ends.
 */
export function readChatInput(line: string): ChatInput {
  if (line.startsWith('#')) return said({ kind: 'choice', id: line.slice(1).trim() });
  const [, command = '', rest = ''] = /^\/(\w+)\s*(.*)$/.exec(line.trim()) ?? [];
  const media = MEDIA_KINDS.find((kind) => kind === command);
  if (media) {
    return said({ kind: 'media', media, source: 'terminal', ...(rest === '' ? {} : { text: rest }) });
  }
  switch (command) {
    case 'thoat':
      return { kind: 'end' };
    case 'wait':
      return { kind: 'silence', minutes: Math.max(1, Number(rest) || 1) };
    case 'pin': {
      const [latitude = 10.01, longitude = 105.08] = rest.split(/\s+/).filter(Boolean).map(Number);
      return said({ kind: 'location', latitude, longitude });
    }
    case 'sticker':
      return said({ kind: 'other', what: 'sticker' });
    case 'edit':
      return said({ kind: 'edited', text: rest });
    case 'open':
      return said({ kind: 'start', ...(rest === '' ? {} : { parameter: rest }) });
    default:
      return said({ kind: 'text', text: line });
  }
}
