import { z } from 'zod';
import { PLAIN_CONDITIONS } from './conditions.js';
import { choiceSchema, flowFileSchema, moveSchema, STEP_SCHEMAS } from './flow-schema.js';

interface Described {
  readonly type?: string | string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly items?: Described;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly $ref?: string;
}

/** The page that explains the flow language, made from the schemas that read it, so that it cannot say anything else. */
export function describeLanguage(): string {
  const steps = Object.entries(STEP_SCHEMAS).flatMap(([kind, schema]) => [
    `## Step \`${kind}\``,
    '',
    ...lists(shapeOf(schema)),
  ]);
  return [
    '# The flow language',
    '',
    'Made from the schemas in `src/conversation` by `npm run flows -- draw`; change it there. How flows are written and tried stands in [README](README.md).',
    '',
    '## The file',
    '',
    ...lists(shapeOf(flowFileSchema)),
    '## A move',
    '',
    ...lists(shapeOf(moveSchema)),
    ...steps,
    '## A choice',
    '',
    ...lists(shapeOf(choiceSchema)),
    '## Conditions',
    '',
    'Written under `only` and `if`. `{not: …}`, `{all: [ … ]}` and `{any: [ … ]}` put them together.',
    '',
    ...Object.values(PLAIN_CONDITIONS).map((schema) => {
      const shape = shapeOf(schema);
      const words = Object.entries(shape.properties ?? {}).map(([name, part]) => `${name}: ${typeOf(part)}`);
      return `- \`{${words.join(', ')}}\`: ${shape.description ?? ''}`;
    }),
    '',
  ].join('\n');
}

const shapeOf = (schema: z.ZodType): Described =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
  }) as Described;

/** One list of words, or one for each form that a step can have. */
function lists(shape: Described): string[] {
  const forms = shape.oneOf ?? shape.anyOf;
  return (forms ?? [shape]).flatMap((form, place) => [
    ...(place === 0 ? [] : ['or', '']),
    ...Object.entries(form.properties ?? {}).map(([name, part]) => {
      const needed = form.required?.includes(name) ? ', **needed**' : '';
      const told = part.description === undefined ? '' : `: ${part.description}`;
      return `- \`${name}\` (${typeOf(part)}${needed})${told}`;
    }),
    '',
  ]);
}

function typeOf(part: Described): string {
  if (part.const !== undefined) return String(part.const);
  if (part.enum) return part.enum.join(' | ');
  if (part.$ref !== undefined) return 'a condition';
  const forms = part.anyOf ?? part.oneOf;
  if (forms) {
    if (forms.length > 4) return 'a condition';
    return [...new Set(forms.map(typeOf))].join(' | ');
  }
  if (part.type === 'array') return `list of ${part.items ? typeOf(part.items) : 'values'}`;
  if (part.type === 'object') {
    const names = Object.keys(part.properties ?? {});
    return names.length === 0 ? 'names with values' : `{${names.join(', ')}}`;
  }
  return part.type === 'string' ? 'word' : String(part.type ?? 'value');
}
