/**
 * What makes a pressed button of ours known. Zalo has no event for a button: the payload of `oa.query.hide` comes back as
 * an ordinary text. Nobody types this by chance; it begins with "#" so that it also passes where the console's filter
 * "Lọc cú pháp" was left on.
 */
export const CHOICE_PREFIX = '#ln~';

/** The payload of a choice's button. */
export const choicePayload = (id: string): string => `${CHOICE_PREFIX}${id}`;

/** Longest payload of a button, characters. */
export const MAX_PAYLOAD = 1_000;

/** The id of the choice whose button sent this text; undefined when it is a person's own words. */
export function choiceOf(text: string): string | undefined {
  const id = text.startsWith(CHOICE_PREFIX) ? text.slice(CHOICE_PREFIX.length) : '';
  return id === '' || text.length > MAX_PAYLOAD ? undefined : id;
}
