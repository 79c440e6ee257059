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
    ...tables(shapeOf(schema)),
  ]);
  return [
    '# The flow language',
    '',
    'Made from the schemas in `src/conversation` by `npm run flows -- draw`; change it there. How flows are written and tried stands in [README](README.md).',
    '',
    '## The file',
    '',
    ...tables(shapeOf(flowFileSchema)),
    '## A move',
    '',
    ...tables(shapeOf(moveSchema)),
    ...steps,
    '## A choice',
    '',
    ...tables(shapeOf(choiceSchema)),
    '## Conditions',
    '',
    'Written under `only` and `if`. `{not: …}`, `{all: [ … ]}` and `{any: [ … ]}` put them together.',
    '',
    '| condition | holds when |',
    '| --- | --- |',
    ...Object.values(PLAIN_CONDITIONS).map((schema) => {
      const shape = shapeOf(schema);
      const words = Object.entries(shape.properties ?? {}).map(([name, part]) => `${name}: ${typeOf(part)}`);
      return `| \`{${words.join(', ').replaceAll('|', '\\|')}}\` | ${shape.description ?? ''} |`;
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

/** One table, or one for each form that a step can have. */
function tables(shape: Described): string[] {
  const forms = shape.oneOf ?? shape.anyOf;
  return (forms ?? [shape]).flatMap((form) => [
    '| word | takes | |',
    '| --- | --- | --- |',
    ...Object.entries(form.properties ?? {}).map(([name, part]) => {
      const needed = form.required?.includes(name) ? '**needed** ' : '';
      const takes = typeOf(part).replaceAll('|', '\\|');
      return `| \`${name}\` | ${takes} | ${needed}${part.description ?? ''} |`;
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
