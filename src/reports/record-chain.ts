import { createHash } from 'node:crypto';

/**
 * A record that cannot be changed unseen: each entry carries the SHA-256 of itself together with the hash of the entry
 * before it. Why so, and what it does not protect from: docs/decisions/record-of-acts.md.
 */

/** What can stand in an entry: clear facts only (ids, kinds, times), never content. */
export type RecordContent = {
  readonly [name: string]: string | number | null | Readonly<Record<string, string>>;
};

/** The hash before the first entry: 32 zero bytes. */
export const NO_HASH: Uint8Array = new Uint8Array(32);

/** Keys in order, no spaces: the one way to write it down (RFC 8785, for strings and whole numbers). */
export function canonicalJson(content: RecordContent): string {
  return JSON.stringify(content, (_key, value: unknown) =>
    value === null || typeof value !== 'object'
      ? value
      : Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}

/** SHA-256 of the hash before and the entry. 32 bytes. */
export const entryHash = (previous: Uint8Array, content: RecordContent): Uint8Array =>
  createHash('sha256').update(previous).update(canonicalJson(content)).digest();

/** An entry as it was found. */
export interface FoundEntry {
  /** 1, 2, 3 … within its chain. */
  readonly position: number;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
  /** Absent when retention emptied it by rule: its place and its hashes stay, so the chain holds. */
  readonly content?: RecordContent;
}

/** `gap` an entry is missing before this one · `not_linked` it does not follow the one before · `changed` it is not what was written. */
export type ChainBreak = 'gap' | 'not_linked' | 'changed';

/** Walks one chain, entry by entry in order of position; undefined while it holds. */
export function createChainWalk(): (entry: FoundEntry) => ChainBreak | undefined {
  let position = 0;
  let hash = NO_HASH;
  return (entry) => {
    position += 1;
    if (entry.position !== position) return 'gap';
    if (!same(entry.previousHash, hash)) return 'not_linked';
    if (entry.content !== undefined && !same(entry.hash, entryHash(hash, entry.content))) return 'changed';
    hash = entry.hash;
    return undefined;
  };
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(other);
