// The conversation that every engine is given: ten questions, choices and free text in turn, each answer saved, the state
// written out and read back as JSON between two of them. From the second question on the words name the first answer. At every
// question there is help, and from the second on a way back, by button or in words.
const LABELS = { mot: 'Một', hai: 'Hai', ba: 'Ba' };

export const QUESTIONS = Array.from({ length: 10 }, (_, index) => ({
  id: `q${index}`,
  ...(index % 2 === 0 ? { choices: Object.keys(LABELS) } : {}),
}));

/** The longest answer in own words that is kept, in characters. */
export const LONGEST = 4000;

/** What the person answers, in order: where there are choices, the button that was pressed. Read from JSON, as a channel hands it over. */
export const ANSWERS = JSON.parse(
  JSON.stringify(QUESTIONS.map(({ choices }, index) => (choices ? 'hai' : `câu trả lời số ${index + 1}`))),
);

const wordsOf = (index, first) =>
  index === 0 ? 'Câu hỏi số 1?' : `Câu hỏi số ${index + 1}? Lúc đầu bạn chọn ${first}.`;

/** The catalogue, with placeholders by ICU; every engine that has none of its own takes its words from it. */
export const TEXTS = {
  ...Object.fromEntries(QUESTIONS.map(({ id }, index) => [id, wordsOf(index, '{q0}')])),
  ...LABELS,
};

/** The same words in the catalogue of an engine that fills in placeholders by an expression of its own. */
export const textsWith = (placeholder) =>
  Object.fromEntries(QUESTIONS.map(({ id }, index) => [id, wordsOf(index, placeholder)]));

/** What can be said at every question instead of an answer, and what it means. */
const COMMANDS = new Map([
  ['back', 'BACK'],
  ['quay lại', 'BACK'],
  ['help', 'HELP'],
  ['trợ giúp', 'HELP'],
]);
export const commandIn = (text) => COMMANDS.get(text.trim().toLowerCase());

/** The keys of the labels of these two, which the service's own catalogue has, by the ids of the choices. */
export const waysAt = (index) => [
  ...(index > 0 ? [{ id: 'back', label: 'conversation.back' }] : []),
  { id: 'help', label: 'conversation.help' },
];
export const WAY_LABELS = { back: 'Quay lại', help: 'Trợ giúp' };

/** What must be said after so many answers: the words of the next question and the labels of its choices; nothing at the end. */
export function expectedAfter(answered) {
  const question = QUESTIONS[answered];
  if (question === undefined) return [];
  return [
    wordsOf(answered, ANSWERS[0]),
    ...(question.choices ?? []).map((choice) => LABELS[choice]),
    ...waysAt(answered).map(({ id }) => WAY_LABELS[id]),
  ];
}
