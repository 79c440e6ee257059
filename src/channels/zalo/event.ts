import { z } from 'zod';

/** Ids and times are texts; some events carry them as numbers. Larger ones than numbers hold exactly are no ids. */
const id = z.union([z.string().min(1).max(300), z.number().int().transform(String)]);
/** A field of a shape nobody described is a field that is not there: one odd field must not lose a person's message. */
const maybe = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const words = maybe(z.string());
const party = maybe(z.object({ id }));
const coordinate = z
  .union([z.string().max(40), z.number()])
  .transform(Number)
  .pipe(z.number());

const attachment = z.object({
  type: words,
  payload: maybe(
    z.object({
      url: words,
      type: words,
      coordinates: maybe(
        z.object({
          latitude: coordinate.pipe(z.number().min(-90).max(90)),
          longitude: coordinate.pipe(z.number().min(-180).max(180)),
        }),
      ),
    }),
  ),
});

/** What is read of an event. Names, phone numbers, avatars and profiles are left where they are. */
const event = z.object({
  event_name: z.string(),
  timestamp: id,
  app_id: maybe(id),
  oa_id: maybe(id),
  sender: party,
  recipient: party,
  follower: party,
  user_id: maybe(id),
  anonymous_id: maybe(id),
  conversation_id: maybe(id),
  message: maybe(
    z.object({
      msg_id: maybe(id),
      conversation_id: maybe(id),
      text: words,
      attachments: z.array(attachment).max(20).catch([]).default([]),
    }),
  ),
});
export type ZaloEvent = z.infer<typeof event>;

/** Undefined when it is no event at all. */
export const readEvent = (body: unknown): ZaloEvent | undefined => event.safeParse(body).data;
