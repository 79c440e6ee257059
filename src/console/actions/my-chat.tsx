import { LINK_WORD_MINUTES, makeLinkWord } from '../../staff/on-call.js';
import type { StaffHere } from '../here.js';
import { MyChatPage } from '../pages/my-chat.js';
import { showPage } from '../show.js';

/** On which chat this member is rung, and how to bind one. */
export const getMyChat = (here: StaffHere): Promise<void> => showMyChat(here);

/** Makes a word and shows it: in this answer only, so there is no redirect to carry it. */
export async function postLinkWord(here: StaffHere): Promise<void> {
  const { deps, signedIn } = here;
  const word = makeLinkWord(deps.randomBytes);
  const expiresAt = new Date(deps.now() + LINK_WORD_MINUTES * 60_000);
  await deps.onCall.expectWord(signedIn.member.id, word, expiresAt);
  await showMyChat(here, word);
}

export async function postUnbindChat({ deps, res, signedIn }: StaffHere): Promise<void> {
  await deps.onCall.unbindChat(signedIn.member.id);
  res.redirect(303, '/console/my-chat?notice=chat_unbound');
}

async function showMyChat(here: StaffHere, word?: string): Promise<void> {
  const { words, deps, signedIn } = here;
  const chat = await deps.onCall.chatOf(signedIn.member.id);
  showPage(
    here,
    { title: words.say('my_chat.title'), current: 'my-chat' },
    <MyChatPage
      words={words}
      csrfToken={signedIn.session.csrfToken}
      minutes={LINK_WORD_MINUTES}
      {...(chat && { chat })}
      {...(word !== undefined && { word })}
    />,
  );
}
