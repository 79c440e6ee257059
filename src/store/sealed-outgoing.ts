import type { Outgoing } from '../conversation/message.js';
import type { ServiceCipher } from './service-cipher.js';

/** A message of the outbox as it is stored. */
export const sealOutgoing = (cipher: ServiceCipher, message: Outgoing): Uint8Array =>
  cipher.seal(`outbox:${message.id}`, JSON.stringify(message));

export const unsealOutgoing = (cipher: ServiceCipher, id: string, content: Uint8Array): Outgoing =>
  JSON.parse(cipher.unseal(`outbox:${id}`, content)) as Outgoing;
