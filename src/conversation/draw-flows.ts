import type { Texts } from '../texts/texts.js';
import { waysOut } from './flow-graph.js';
import { END, type Flow, type Step } from './flow-schema.js';

/** The flow as a Markdown page with a Mermaid diagram, in the words of the teen voice, for people to look at. */
export function drawFlow(flow: Flow, texts: Texts): string {
  const word = (key: string) => (texts.has(key) ? plain(texts, key) : key);
  const nodes = [...flow.steps].map(([name, step]) => `  ${node(name, step, word)}`);
  const ways = [...flow.steps].flatMap(([name, step]) =>
    waysOut(step)
      .filter(({ by }) => by !== 'return')
      .map(
        ({ to, by }) => `  ${name} ${by === undefined ? '-->' : `-->|"${quoted(word(by))}"|`} ${idOf(to)}`,
      ),
  );
  return [
    `# ${flow.name}`,
    '',
    `Version ${flow.version}, drawn from \`${flow.file}\` by \`npm run flows -- draw\`. Back, cancel, repeat and the rest work at every step and are not drawn.`,
    '',
    '```mermaid',
    'flowchart TD',
    `  ${END}_(((" ")))`,
    ...nodes,
    ...ways,
    '```',
    '',
  ].join('\n');
}

const idOf = (name: string) => (name === END ? `${END}_` : name);

function node(name: string, step: Step, word: (key: string) => string): string {
  switch (step.kindOf) {
    case 'say':
      return `${name}["${quoted(word(step.say))}"]`;
    case 'ask':
      return `${name}(["${quoted(word(step.ask))}"])`;
    case 'branch':
      return `${name}{"${quoted(step.branch)}?"}`;
    case 'cases':
      return `${name}{"?"}`;
    case 'flow':
      return `${name}[/"${step.flow}"\\]`;
    case 'answer':
      return `${name}["${step.answer}"]`;
    case 'do':
      return `${name}>"${step.do}"]`;
    case 'call':
      return `${name}[["${step.call}"]]`;
    case 'goto':
      return `${name}>"${step.goto}"]`;
    case 'show':
      return `${name}["${step.show}"]`;
  }
}

/** A text for a diagram: short, and by its key when it has placeholders. */
function plain(texts: Texts, key: string): string {
  try {
    const text = texts.say(key);
    return text.length > 70 ? `${text.slice(0, 68)}…` : text;
  } catch {
    return key;
  }
}

const quoted = (text: string) => text.replaceAll('"', '#quot;').replaceAll('\n', ' ');
