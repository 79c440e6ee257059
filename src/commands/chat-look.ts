import type { ChannelName, Choice, Outgoing } from '../conversation/message.js';

/** How many buttons each channel shows under one message; more become a numbered list (zalo_bot has no buttons at all). */
const BUTTONS: Readonly<Record<ChannelName, number>> = { webchat: 16, telegram: 16, zalo: 5, zalo_bot: 0 };

/** A message in the terminal about as the channel shows it: inline buttons, rows of a keyboard, or a list of numbers. */
export function lookOf(message: Outgoing, channel: ChannelName): string {
  const lines = [`${message.kind === 'danger' ? '!' : ' '} ${message.text.replaceAll('\n', '\n  ')}`];
  if (message.attachment) lines.push(`  <${message.attachment.file}: ${message.attachment.alt}>`);
  for (const source of message.sources) lines.push(`    ${source.label}`);
  lines.push(...choicesAs(message.choices, channel));
  return lines.join('\n');
}

function choicesAs(choices: readonly Choice[], channel: ChannelName): string[] {
  if (choices.length === 0) return [];
  const numbered = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  if (choices.length > BUTTONS[channel]) return numbered.map((line) => `  ${line}`);
  if (channel === 'webchat') return [`  [${numbered.join('] [')}]`];
  return numbered.map((line) => `  [ ${line} ]`);
}
