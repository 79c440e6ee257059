/**
 * A case offered to another agency. Two sides act on it, each only on what is theirs; nothing of the report is seen by the
 * other side before it accepts (Nghị định 56/2017/NĐ-CP Điều 24 khoản 2: what is exchanged stays confidential).
 */

/** `move` the case goes over · `open` both see it, the lead stays · `hand_back` it went to the level above, at once. */
export const OFFER_KINDS = ['move', 'open'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];
export type ReferralKind = OfferKind | 'hand_back';

/** `ended`: an accepted opening that was taken back. */
export type ReferralState = 'offered' | 'accepted' | 'rejected' | 'withdrawn' | 'ended';

export const OFFER_REASONS = ['competent_there', 'other_place', 'crime', 'service', 'together'] as const;
export type OfferReason = (typeof OFFER_REASONS)[number];
export type ReferralReason = OfferReason | 'not_competent' | 'wrong_place' | 'conflict_of_interest';

/** With `conflict_of_interest` the agency never gets the case, by whatever way. */
export const REJECT_REASONS = [
  'not_competent',
  'wrong_place',
  'already_handled',
  'conflict_of_interest',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];
export const WITHDRAW_REASONS = ['mistake', 'no_answer', 'not_needed'] as const;
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number];

/** Who agreed that the case may be passed on. `override`: nobody, and the reason is written down. */
export const CONSENTS = ['child', 'reporter', 'override'] as const;
export type Consent = (typeof CONSENTS)[number];

/** Longest words with an offer, characters. */
export const OFFER_WORDS_MAX = 1000;

type ReferralAct = 'accept' | 'reject' | 'withdraw' | 'end';

/** Act → whose it is, from where, where to. */
const RULES: Readonly<
  Record<
    ReferralAct,
    { side: 'offering' | 'receiving'; from: ReferralState; to: ReferralState; kinds: readonly ReferralKind[] }
  >
> = {
  accept: { side: 'receiving', from: 'offered', to: 'accepted', kinds: OFFER_KINDS },
  reject: { side: 'receiving', from: 'offered', to: 'rejected', kinds: OFFER_KINDS },
  withdraw: { side: 'offering', from: 'offered', to: 'withdrawn', kinds: OFFER_KINDS },
  end: { side: 'offering', from: 'accepted', to: 'ended', kinds: ['open'] },
};

/** The state after the act; undefined when this side may not do it now. */
export function nextReferralState(
  act: ReferralAct,
  side: 'offering' | 'receiving',
  referral: { readonly kind: ReferralKind; readonly state: ReferralState },
): ReferralState | undefined {
  const rule = RULES[act];
  const fits = rule.side === side && rule.from === referral.state && rule.kinds.includes(referral.kind);
  return fits ? rule.to : undefined;
}

/** What an offer says; the words are read by the other agency before it accepts. */
export interface Offer {
  readonly kind: OfferKind;
  readonly toAgency: string;
  readonly reason: OfferReason;
  /** Id in data/referral-grounds.yaml. */
  readonly ground: string;
  readonly consent: Consent;
  readonly words: string;
  /** Why without consent; needed with `override`, ignored otherwise. */
  readonly override: string;
}

/** What is missing in an offer as filled in; undefined when it is whole. */
export function offerFault(offer: Offer): 'words' | 'override' | 'too_long' | undefined {
  if (offer.words.trim() === '') return 'words';
  if (offer.consent === 'override' && offer.override.trim() === '') return 'override';
  return Math.max(offer.words.length, offer.override.length) > OFFER_WORDS_MAX ? 'too_long' : undefined;
}

/** An offer as the people in the case see it. */
export interface Referral {
  readonly id: string;
  readonly kind: ReferralKind;
  readonly fromAgency: string;
  readonly toAgency: string;
  readonly state: ReferralState;
  readonly reason: ReferralReason;
  readonly ground?: string;
  readonly consent?: Consent;
  readonly words?: string;
  readonly override?: string;
  readonly offeredAt: Date;
  readonly answeredAt?: Date;
  readonly answerReason?: string;
}
