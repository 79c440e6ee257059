import type { StaffHere } from '../here.js';
import { ContentPage } from '../pages/content.js';
import { showPage } from '../show.js';

/** More than anybody reads in a sitting; the newest days come first. */
const MOST_QUESTIONS = 500;

/** What content staff work off: unknown questions, hidden answers, answers due soon. */
export async function getContent(here: StaffHere): Promise<void> {
  const { words, deps } = here;
  const questions = await deps.unknownQuestions.list(MOST_QUESTIONS);
  showPage(
    here,
    { title: words.say('content.title'), current: 'content' },
    <ContentPage words={words} questions={questions} state={deps.contentState()} />,
  );
}
