// The conversation that every engine is given: ten questions, choices and free text in turn, each answer saved, the state
// written out and read back as JSON between two of them.
export const QUESTIONS = Array.from({ length: 10 }, (_, index) => ({
  id: `q${index}`,
  ask: `Câu hỏi số ${index + 1}?`,
  ...(index % 2 === 0 ? { choices: ['mot', 'hai', 'ba'] } : {}),
}));

/** What the person answers, in order. */
export const ANSWERS = QUESTIONS.map(({ choices }, index) =>
  choices ? 'hai' : `câu trả lời số ${index + 1}`,
);
