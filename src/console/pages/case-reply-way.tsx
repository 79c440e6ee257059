import type { CaseFile } from '../../reports/case.js';
import type { Words } from '../words.js';
import { outOfBand } from './parts.js';

/** Whoever replies sees how, and until when, their words will reach the reporter. */
export function ReplyWay({ words, file, renewed }: { words: Words; file: CaseFile; renewed?: boolean }) {
  const { contactWish, hasLeft, replyWindow } = file;
  return (
    <div id="reply-way" {...outOfBand(renewed)}>
      <p class="soft small">{words.say(hasLeft ? 'talk.has_left' : `talk.wish.${contactWish}`)}</p>
      {replyWindow && contactWish !== 'nothing' && (
        <p class={windowState(words, replyWindow) === 'closed' ? 'hint' : 'soft small'}>
          {words.say(`talk.window.${windowState(words, replyWindow)}`, {
            channel: words.say(`talk.channel.${replyWindow.channel}`),
            free: words.moment(replyWindow.freeUntil),
            open: words.moment(replyWindow.openUntil),
          })}
        </p>
      )}
    </div>
  );
}

function windowState(
  words: Words,
  { freeUntil, openUntil }: NonNullable<CaseFile['replyWindow']>,
): 'free' | 'billed' | 'closed' {
  if (words.now < freeUntil.getTime()) return 'free';
  return words.now < openUntil.getTime() ? 'billed' : 'closed';
}
