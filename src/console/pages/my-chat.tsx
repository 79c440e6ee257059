import type { ChannelName } from '../../conversation/message.js';
import type { Words } from '../words.js';
import { FormToken } from './parts.js';

interface MyChatProps {
  words: Words;
  csrfToken: string;
  minutes: number;
  chat?: { readonly channel: ChannelName; readonly linkedAt: Date };
  /** A fresh word, shown this once. */
  word?: string;
}

export function MyChatPage({ words, csrfToken, minutes, chat, word }: MyChatProps) {
  return (
    <section class="narrow card">
      <h1>{words.say('my_chat.title')}</h1>
      <p>{words.say('my_chat.about')}</p>
      {chat ? (
        <p class="hint">
          {words.say('my_chat.bound', {
            channel: words.ifKnown(`talk.channel.${chat.channel}`) ?? chat.channel,
            at: words.moment(chat.linkedAt),
          })}
        </p>
      ) : (
        <p class="hint">{words.say('my_chat.not_bound')}</p>
      )}
      {word !== undefined && (
        <>
          <label for="word">{words.say('my_chat.word', { minutes })}</label>
          <input id="word" value={word} readOnly data-select />
          <button type="button" class="second" data-copy="word" hidden>
            {words.say('link.copy')}
          </button>
          <p class="soft">{words.say('my_chat.how')}</p>
        </>
      )}
      <form method="post" action="/console/my-chat">
        <FormToken value={csrfToken} />
        <button type="submit">{words.say(word === undefined ? 'my_chat.make' : 'my_chat.make_again')}</button>
      </form>
      {chat && (
        <form method="post" action="/console/my-chat/unbind">
          <FormToken value={csrfToken} />
          <button type="submit" class="second">
            {words.say('my_chat.unbind')}
          </button>
        </form>
      )}
    </section>
  );
}
