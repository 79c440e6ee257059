import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Groups, type Pattern, parsePattern } from './pattern.js';
import { DANGER_KINDS, type DangerKind } from './understanding.js';

const lines = z.string().transform((text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const ruleFile = z.strictObject({
  kind: z.enum(DANGER_KINDS),
  rules: z.array(
    z.strictObject({
      id,
      /** Said plainly of the speaker: guards over the whole message do not silence it. */
      sure: z.boolean().default(false),
      /** Only what was learned very clearly speaks against it: a cry that must not be missed. */
      always: z.boolean().default(false),
      /** Guards that do not silence it. */
      despite: z.array(id).default([]),
      patterns: lines,
      /** Sentences that must alarm, and that must not. */
      must: lines,
      must_not: lines.default([]),
      /** False when the rule's sentences mean something else without marks. */
      folded: z.boolean().default(true),
    }),
  ),
});

const GUARD_SCOPES = ['overlap', 'message', 'unless_pressing', 'everything'] as const;

const guardFile = z.strictObject({
  guards: z.array(
    z.strictObject({
      id,
      scope: z.enum(GUARD_SCOPES),
      patterns: lines,
      spares: z.array(z.enum(DANGER_KINDS)).default([]),
      /** It asks about a rule or in general: what is told beside it, in a clause of its own, is heard. */
      asks: z.boolean().default(false),
      quiet: lines,
    }),
  ),
  pressing: lines,
  'somebody-else': lines,
  past: lines,
  still: lines,
  'breaks-off': lines,
});

export interface DangerRule {
  readonly id: string;
  readonly kind: DangerKind;
  readonly sure: boolean;
  readonly always: boolean;
  /** Ids of guards that do not silence it. */
  readonly despite: readonly string[];
  readonly patterns: readonly Pattern[];
  readonly must: readonly string[];
  readonly mustNot: readonly string[];
  readonly folded: boolean;
}

export interface Guard {
  readonly id: string;
  /**
   * `overlap` silences what shares words with it · `message` what is not sure · `unless_pressing` that, and sure rules
   * too where nothing is pressing · `everything` all. The spared kinds never.
   */
  readonly scope: (typeof GUARD_SCOPES)[number];
  readonly patterns: readonly Pattern[];
  readonly spares: readonly DangerKind[];
  /** It asks about a rule or in general: what is told beside it, in a clause of its own, is heard. */
  readonly asks: boolean;
  readonly quiet: readonly string[];
}

export interface DangerRules {
  readonly rules: readonly DangerRule[];
  readonly guards: readonly Guard[];
  readonly pressing: readonly Pattern[];
  readonly somebodyElse: readonly Pattern[];
  readonly past: readonly Pattern[];
  readonly still: readonly Pattern[];
  /** The message says of whom, and not yet what. */
  readonly breaksOff: readonly Pattern[];
  /** What a telling of danger is made of; see signs.yaml. */
  readonly signs: readonly { readonly sign: string; readonly pattern: Pattern }[];
}

/**
 * Reads the danger words of a folder: groups.yaml, guards.yaml, signs.yaml, and one file for each kind.
 * @throws Error that names file and cause; the service does not start with a broken screen.
 */
export function loadDangerRules(folder: string): DangerRules {
  const groups = within(folder, 'groups.yaml', (text) =>
    parseGroups(z.record(z.string(), lines).parse(parse(text))),
  );
  const patterns = (sources: readonly string[]): Pattern[] =>
    sources.map((source) => parsePattern(source, groups));
  const guards = within(folder, 'guards.yaml', (text) => {
    const file = guardFile.parse(parse(text));
    return {
      guards: file.guards.map((guard) => ({ ...guard, patterns: patterns(guard.patterns) })),
      pressing: patterns(file.pressing),
      somebodyElse: patterns(file['somebody-else']),
      past: patterns(file.past),
      still: patterns(file.still),
      breaksOff: patterns(file['breaks-off']),
    };
  });
  const signs = within(folder, 'signs.yaml', (text) =>
    Object.entries(z.record(z.string(), lines).parse(parse(text))).flatMap(([sign, sources]) =>
      patterns(sources).map((pattern) => ({ sign, pattern })),
    ),
  );
  const files = readdirSync(folder).filter(
    (name) => name.endsWith('.yaml') && !/^(groups|guards|signs|parts)\./.test(name),
  );
  const rules = files.sort().flatMap((name) =>
    within(folder, name, (text) => {
      const file = ruleFile.parse(parse(text));
      return file.rules.map((rule) => ({
        id: `${file.kind}/${rule.id}`,
        kind: file.kind,
        sure: rule.sure,
        always: rule.always,
        despite: rule.despite.map((guard) => known(guard, guards.guards)),
        patterns: patterns(rule.patterns),
        must: rule.must,
        mustNot: rule.must_not,
        folded: rule.folded,
      }));
    }),
  );
  return { rules, ...guards, signs };
}

function known(id: string, guards: readonly Guard[]): string {
  if (!guards.some((guard) => guard.id === id)) throw new Error(`guards.yaml has no guard ${id}`);
  return id;
}

function parseGroups(file: Readonly<Record<string, readonly string[]>>): Groups {
  const groups = new Map<string, Pattern['parts'][]>();
  for (const [name, choices] of Object.entries(file)) {
    groups.set(
      name,
      choices.map((choice) => parsePattern(choice, groups).parts),
    );
  }
  return groups;
}

function within<T>(folder: string, name: string, read: (text: string) => T): T {
  try {
    return read(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    const cause = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`danger words ${name}: ${cause}`);
  }
}
