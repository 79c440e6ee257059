import type { CaseFile } from '../../reports/case.js';
import type { Words } from '../words.js';
import { outOfBand } from './parts.js';

/** Whoever replies sees how, and until when, their words will reach the reporter. */
export function ReplyWay({ words, file, renewed }: { words: Words; file: CaseFile; renewed?: boolean }) {
  const { contactWish, contactHours, hasLeft, replyWindow, underPressureAt } = file;
  return (
    <div id="reply-way" {...outOfBand(renewed)}>
      {underPressureAt && (
        <p class="hint">{words.say('talk.under_pressure', { at: words.moment(underPressureAt) })}</p>
      )}
      <p class="soft small">{words.say(wayOf(file))}</p>
      {contactWish !== 'nothing' && !hasLeft && (
        <p class="soft small">{words.say(`talk.hours.${contactHours ?? 'unsaid'}`)}</p>
      )}
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

const wayOf = ({ contactWish, hasLeft, reporterLeftAt }: CaseFile): string => {
  if (reporterLeftAt) return 'talk.reporter_left';
  return hasLeft ? 'talk.has_left' : `talk.wish.${contactWish}`;
};

function windowState(
  words: Words,
  { freeUntil, openUntil }: NonNullable<CaseFile['replyWindow']>,
): 'free' | 'billed' | 'closed' {
  if (words.now < freeUntil.getTime()) return 'free';
  return words.now < openUntil.getTime() ? 'billed' : 'closed';
}
