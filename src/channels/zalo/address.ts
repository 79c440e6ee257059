import { z } from 'zod';

/** Whom a message goes to: a Zalo user, or somebody who writes without one and is known by two ids. */
export type Recipient =
  | { readonly user: string }
  | { readonly anonymous: string; readonly conversation: string };

const shape = z.union([
  z.strictObject({ user: z.string().min(1) }),
  z.strictObject({ anonymous: z.string().min(1), conversation: z.string().min(1) }),
]);

/** As it is kept in `Incoming.address`. */
export const writeAddress = (recipient: Recipient): string => JSON.stringify(recipient);

/** Undefined when it is none of ours. */
export function readAddress(address: string): Recipient | undefined {
  try {
    return shape.safeParse(JSON.parse(address)).data;
  } catch {
    return undefined;
  }
}

/** What is hashed for `Incoming.contact`. A user's id is digits, so an anonymous id can never be taken for one. */
export const contactKey = (recipient: Recipient): string =>
  'user' in recipient ? recipient.user : `anonymous:${recipient.anonymous}`;
