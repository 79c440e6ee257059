import type { Outgoing } from '../conversation/message.js';
import type { Texts } from '../texts/texts.js';

/** A message as plain words for platforms that show no markup: emphasis marks go, the sources follow as a last paragraph. */
export function plainText(message: Outgoing, texts: Texts): string {
  const said = message.text.replaceAll('**', '').normalize('NFC');
  const alt = message.attachment?.alt ?? '';
  const list = message.sources.map(({ label }) => label).join('; ');
  return [said, alt, list === '' ? '' : texts.say('source.list', 'teen', { list })]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Choices as numbered lines; the engine takes the number or the words. Numbers follow the order of `message.choices`. */
export const numberedChoices = (message: Outgoing): string =>
  message.choices.map(({ label }, index) => `${index + 1}. ${label}`).join('\n');
