/** What is done about something Telegram sends: `handled`, or why it is let go. Acknowledged it is always. */
type Treatment = 'handled' | { readonly ignored: string };
const ignored = (reason: string): Treatment => ({ ignored: reason });

const PAYMENTS = ignored('nothing is sold here');
const GROUPS = ignored('the bot talks in private only');
const SERVICE = ignored('told by Telegram, not by a person');
const NOT_ASKED = ignored('not asked for; Telegram may still hold some from before');

/**
 * Kinds of `Update` (core.telegram.org/bots/api#update). Those that are handled are the only ones we ask Telegram for.
 */
export const UPDATES = {
  message: 'handled',
  edited_message: 'handled',
  callback_query: 'handled',
  my_chat_member: 'handled',
  channel_post: GROUPS,
  edited_channel_post: GROUPS,
  chat_member: GROUPS,
  chat_join_request: GROUPS,
  chat_boost: GROUPS,
  removed_chat_boost: GROUPS,
  business_connection: NOT_ASKED,
  business_message: NOT_ASKED,
  edited_business_message: NOT_ASKED,
  deleted_business_messages: NOT_ASKED,
  message_reaction: NOT_ASKED,
  message_reaction_count: NOT_ASKED,
  inline_query: NOT_ASKED,
  chosen_inline_result: NOT_ASKED,
  poll: NOT_ASKED,
  poll_answer: NOT_ASKED,
  shipping_query: PAYMENTS,
  pre_checkout_query: PAYMENTS,
  purchased_paid_media: PAYMENTS,
} as const satisfies Record<string, Treatment>;

/** What Telegram is asked to send. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/**
 * What a private `Message` can hold (core.telegram.org/bots/api#message), by the field that tells; the first that is
 * there counts. An animation also has a `document`, a venue a `location`. A message with none of these is something new:
 * it is answered kindly.
 */
export const MESSAGES = {
  text: 'handled',
  animation: 'handled',
  photo: 'handled',
  voice: 'handled',
  audio: 'handled',
  video: 'handled',
  video_note: 'handled',
  document: 'handled',
  venue: 'handled',
  location: 'handled',
  contact: 'handled',
  sticker: 'handled',
  dice: 'handled',
  poll: 'handled',
  game: 'handled',
  story: 'handled',
  checklist: 'handled',
  paid_media: 'handled',
  giveaway: 'handled',
  invoice: PAYMENTS,
  successful_payment: PAYMENTS,
  refunded_payment: PAYMENTS,
  gift: SERVICE,
  unique_gift: SERVICE,
  giveaway_created: SERVICE,
  giveaway_winners: SERVICE,
  giveaway_completed: SERVICE,
  pinned_message: SERVICE,
  message_auto_delete_timer_changed: SERVICE,
  chat_background_set: SERVICE,
  write_access_allowed: SERVICE,
  connected_website: SERVICE,
  passport_data: SERVICE,
  proximity_alert_triggered: SERVICE,
  users_shared: SERVICE,
  chat_shared: SERVICE,
  web_app_data: SERVICE,
  boost_added: SERVICE,
  checklist_tasks_done: SERVICE,
  checklist_tasks_added: SERVICE,
  paid_message_price_changed: SERVICE,
  forum_topic_created: SERVICE,
  forum_topic_edited: SERVICE,
  forum_topic_closed: SERVICE,
  forum_topic_reopened: SERVICE,
} as const satisfies Record<string, Treatment>;

/** What else is counted under a name of its own. */
export const OTHERS = {
  /** /start, /help, /xoa or another word with a stroke. */
  command: 'handled',
  /** The person blocked the bot. */
  left: 'handled',
  group: ignored(
    'the bot was added or spoken to in a group or channel: it says once an hour that it talks in private',
  ),
  unblocked: ignored('nothing is owed: the next message is answered'),
  group_talk: ignored('people talk with each other'),
  from_bot: ignored('not a person'),
  edit_without_words: ignored('a moving place or a file cannot be edited into something to answer'),
  button_elsewhere: ignored('a button of a message that is not in a private chat, or carries nothing'),
  other: ignored('none of these tables knows it'),
} as const satisfies Record<string, Treatment>;

export type EventName = keyof typeof UPDATES | keyof typeof MESSAGES | keyof typeof OTHERS;

/** Kinds of updates and messages by name; undefined for what the tables do not know. */
export const updateKind = (keys: readonly string[]): keyof typeof UPDATES | undefined =>
  (Object.keys(UPDATES) as (keyof typeof UPDATES)[]).find((name) => keys.includes(name));
export const messageKind = (keys: readonly string[]): keyof typeof MESSAGES | undefined =>
  (Object.keys(MESSAGES) as (keyof typeof MESSAGES)[]).find((name) => keys.includes(name));
