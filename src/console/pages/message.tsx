import type { Words } from '../words.js';

/** What happened and what to do now. */
export function MessagePage({
  words,
  kind,
  home,
  keptText,
}: {
  words: Words;
  kind: string;
  home: string;
  keptText: string | undefined;
}) {
  return (
    <section class="narrow card">
      <h1>{words.say(`message.${kind}.title`)}</h1>
      <p>{words.say(`message.${kind}.body`)}</p>
      {keptText && (
        <>
          <label for="kept">{words.say('message.kept')}</label>
          <textarea id="kept" rows={6} readOnly>
            {keptText}
          </textarea>
        </>
      )}
      <p>
        <a class="button" href={home}>
          {words.say(home === '/console' ? 'message.home' : 'message.to_sign_in')}
        </a>
      </p>
    </section>
  );
}
