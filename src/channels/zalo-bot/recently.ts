/** Remembers in memory what was just done, so that it is not done again soon. */
export interface Recently {
  /** Whether it was not done within the last `milliseconds`; then it counts as done now. */
  first(name: string): boolean;
  has(name: string): boolean;
  /** It was not done after all. */
  forget(name: string): void;
}

/** At most `most` names are remembered; the oldest are forgotten first. */
export function createRecently(now: () => number, milliseconds: number, most = 1_000): Recently {
  const times = new Map<string, number>();
  const has = (name: string) => {
    const at = times.get(name);
    return at !== undefined && now() - at < milliseconds;
  };
  return {
    has,
    forget: (name) => void times.delete(name),
    first(name) {
      if (has(name)) return false;
      times.delete(name);
      times.set(name, now());
      const [oldest] = times.keys();
      if (times.size > most && oldest !== undefined) times.delete(oldest);
      return true;
    },
  };
}
