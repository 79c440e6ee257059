import type { Choice, Outgoing, OutgoingKind, Source } from '../../conversation/message.js';

/** One message as the API gives it (DESIGN section 9). */
export interface WireMessage {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly kind: OutgoingKind;
  readonly sources: readonly Source[];
  readonly input?: 'text' | 'place' | 'code';
}

/** Names each member, so that nothing else an outgoing message may carry one day slips out. */
export function toWire(message: Outgoing): WireMessage {
  return {
    id: message.id,
    text: message.text,
    choices: message.choices.map(({ id, label }) => ({ id, label })),
    kind: message.kind,
    sources: message.sources.map(({ label, effectiveFrom }) => ({ label, effectiveFrom })),
    ...(message.input === undefined ? {} : { input: message.input }),
  };
}
