/**
 * What is done with an event: `message` a person wrote or sent something · `start` they came · `left` they went ·
 * `forget` they took back their consent · `ignored` acknowledged and nothing else, for the reason given.
 */
export type Handling =
  | { readonly does: 'message' | 'start' | 'left' | 'forget' }
  | { readonly does: 'ignored'; readonly reason: string };

const message: Handling = { does: 'message' };
const start: Handling = { does: 'start' };
const ignored = (reason: string): Handling => ({ does: 'ignored', reason });

/** The OA's own messages come back; whoever answers them talks with themselves. */
const echo = ignored('own_echo');
/** "Seen" and "received" come in any order and only from phones; the service promises nothing that rests on them. */
const receipt = ignored('no_receipts_kept');
const reaction = ignored('no_words');
/** We never ask for name, phone or address at the platform. */
const neverAsked = ignored('never_asked');
/** The service talks with one person in private. */
const group = ignored('no_groups');
/** People call the staff of the OA; the service neither hears nor answers calls. */
const call = ignored('calls_not_ours');
/** Tags, widgets, shops, journeys, templates: kept in the console of the OA, of no use to a talk. */
const administration = ignored('administration');

/** Every event that Zalo's lists name (docs.zaloplatforms.com/docs/OA/webhook and the console's page Webhook). */
export const EVENTS: Readonly<Record<string, Handling>> = {
  user_send_text: message,
  user_send_image: message,
  user_send_gif: message,
  user_send_link: message,
  user_send_audio: message,
  user_send_video: message,
  user_send_sticker: message,
  user_send_location: message,
  user_send_file: message,
  user_send_business_card: message,
  anonymous_send_text: message,
  anonymous_send_image: message,
  anonymous_send_file: message,
  anonymous_send_sticker: message,

  follow: start,
  user_click_chatnow: start,
  unfollow: { does: 'left' },
  user_withdraw: { does: 'forget' },

  oa_send_text: echo,
  oa_send_image: echo,
  oa_send_gif: echo,
  oa_send_list: echo,
  oa_send_file: echo,
  oa_send_sticker: echo,
  oa_send_template: echo,
  oa_send_anonymous_text: echo,
  oa_send_anonymous_image: echo,
  oa_send_anonymous_file: echo,
  oa_send_anonymous_sticker: echo,

  user_received_message: receipt,
  user_seen_message: receipt,
  user_reacted_message: reaction,
  oa_reacted_message: reaction,
  user_submit_info: neverAsked,
  update_user_info: neverAsked,
  oa_send_consent: call,
  user_reply_consent: call,
  user_call_oa: call,
  oa_call_user: call,

  add_user_to_tag: administration,
  remove_user_from_tag: administration,
  remove_tag: administration,
  widget_interaction_accepted: administration,
  widget_failed_to_sync_user_external_id: administration,
  extension_purchased: administration,
  shop_has_order: administration,
  user_feedback: administration,
  user_click_response_button: administration,
  change_template_status: administration,
  change_template_quality: administration,
  change_template_quota: administration,
  change_oa_daily_quota: administration,
  change_oa_template_tags: administration,
  event_journey_acknowledged: administration,
  event_journey_time_out: administration,
  // The next call to Zalo is refused then, and that raises the alarm.
  permission_revoked: ignored('shows_when_sending'),

  create_group: group,
  delete_group: group,
  disperse_group: group,
  update_group_info: group,
  user_join_group: group,
  user_out_group: group,
  user_leave_group: group,
  user_request_join_group: group,
  accept_request_join_group: group,
  reject_request_join_group: group,
  add_group_admin: group,
  remove_group_admin: group,
};

const GROUP_MESSAGE = /^(?:user|oa)_send_group_/;

/** The name under which an event is counted, and what is done with it. A name on no list counts as "other". */
export function handlingOf(eventName: string): { readonly event: string; readonly handling: Handling } {
  const handling = Object.hasOwn(EVENTS, eventName) ? EVENTS[eventName] : undefined;
  if (handling !== undefined) return { event: eventName, handling };
  if (GROUP_MESSAGE.test(eventName)) return { event: 'group_message', handling: group };
  return { event: 'other', handling: ignored('not_known') };
}
