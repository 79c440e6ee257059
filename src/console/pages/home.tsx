import type { Words } from '../words.js';

/** For roles whose work is not part of the console yet: says so plainly. */
export function HomePage({ words, name, role }: { words: Words; name: string; role: string }) {
  return (
    <section class="narrow card">
      <h1>{words.say('home.title', { name })}</h1>
      <p>{words.say(`home.${role}`)}</p>
    </section>
  );
}
