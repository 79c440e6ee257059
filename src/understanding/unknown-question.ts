/** A question that nobody could answer, as content staff see it: scrubbed (see scrub-question.ts), of nobody. */
export interface UnknownQuestion {
  readonly text: string;
  /** The day in Việt Nam, ISO date. Nothing finer is kept. */
  readonly day: string;
  /** How often it was asked in these words on that day. */
  readonly times: number;
}

/** Where unknown questions are kept for 30 days; the store's side. */
export interface UnknownQuestions {
  /** Keeps scrubbed questions. They are written together with others, some minutes later, tied to no turn. Never throws. */
  note(questions: readonly string[]): void;
  /** Writes what was noted and is not written yet. */
  flush(): Promise<void>;
  /** The newest day first, on a day what was asked most first; at most `most`. */
  list(most: number): Promise<readonly UnknownQuestion[]>;
}
