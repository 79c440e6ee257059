import { z } from 'zod';

/** The few fields of Telegram's updates that are needed; names, usernames, numbers and languages are not even read. */

const id = z.number().int();
const chat = z.object({ id, type: z.string() });
const from = z.object({ id, is_bot: z.boolean().optional() });
const file = z.object({ file_id: z.string().min(1).max(512) });
const picture = file.extend({ width: z.number(), height: z.number() });
const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** A field that is not what we know of it counts as absent: the words beside it must still be heard. */
const lenient = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

const message = z.object({
  message_id: id,
  chat,
  from: lenient(from),
  text: lenient(z.string()),
  caption: lenient(z.string()),
  photo: lenient(z.array(picture)),
  voice: lenient(file),
  audio: lenient(file),
  video: lenient(file),
  video_note: lenient(file),
  animation: lenient(file),
  document: lenient(file),
  location: lenient(place),
  venue: lenient(z.object({ location: place })),
  reply_to_message: lenient(z.object({ from: lenient(from) })),
});
export type WireMessage = z.infer<typeof message>;

const member = z.object({ status: z.string() });

/** The bodies of the updates that are handled. */
export const bodies = {
  message,
  edited_message: message,
  callback_query: z.object({
    id: z.string().min(1).max(100),
    from,
    /** Absent when the button hung on a message sent elsewhere in the bot's name. */
    message: z.object({ message_id: id, chat }).optional(),
    data: z.string().max(200).optional(),
  }),
  my_chat_member: z.object({ chat, from, old_chat_member: member, new_chat_member: member }),
} as const;

/** What every update has; its other members are looked at by name. */
export const head = z.looseObject({ update_id: id });

const anyChat = z.object({ chat: z.object({ id }) });
const lanes = z.union([
  z.object({ message: anyChat }).transform((update) => update.message.chat.id),
  z.object({ edited_message: anyChat }).transform((update) => update.edited_message.chat.id),
  z
    .object({ callback_query: z.object({ from: z.object({ id }) }) })
    .transform((update) => update.callback_query.from.id),
  z.object({ my_chat_member: anyChat }).transform((update) => update.my_chat_member.chat.id),
]);

/** What must keep its order among itself: one chat. In private chats the chat's id is the person's. */
export function laneOf(update: unknown): string {
  const lane = lanes.safeParse(update);
  return lane.success ? String(lane.data) : 'other';
}

/** What our calls give back, as far as it is used. */
export const me = z.object({
  username: z
    .string()
    .regex(/^[A-Za-z0-9_]{3,64}$/)
    .optional(),
});
const sentMessage = z.object({
  message_id: id,
  photo: z.array(picture).optional(),
  document: file.optional(),
});
/** A message Telegram took; its id is "" when the answer is not what the Bot API promises: sent it is all the same. */
export function sent(result: unknown): { readonly receipt: string; readonly fileId: string | undefined } {
  const { data } = sentMessage.safeParse(result);
  return {
    receipt: String(data?.message_id ?? ''),
    fileId: largest(data?.photo ?? [])?.file_id ?? data?.document?.file_id,
  };
}
export const updates = z.array(head);
export const filePath = z.object({
  /** Relative, below the bot's own folder: a server run with --local would give a path of its own disk. */
  file_path: z
    .string()
    .min(1)
    .max(300)
    .refine((path) => path.split('/').every((part) => !['', '.', '..'].includes(part))),
});
export const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number(),
  /** Seconds since 1970. */
  last_error_date: z.number().optional(),
});

/** The largest of the sizes Telegram offers of one picture. */
export const largest = <T extends { readonly width: number; readonly height: number }>(
  sizes: readonly T[],
): T | undefined => [...sizes].sort((a, b) => b.width * b.height - a.width * a.height)[0];
