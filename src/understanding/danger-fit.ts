import { DANGER_KINDS, type DangerKind } from './understanding.js';

/**
 * The learned part of the danger screen, kept in locales/vi/danger/learned.tsv: how much each word, sign and pair speaks
 * for danger, by itself (`weight`) and together with others (a hidden layer, see hidden-layer.ts). Made by
 * `npm run calibrate -- --write`.
 */
export interface DangerFit {
  readonly bias: number;
  /** From this sum on a message alarms. */
  readonly alarmFrom: number;
  /** From this sum on a message alarms in which a rule matched. */
  readonly ruleFrom: number;
  /** From this sum on a message alarms in which a rule of cries matched: a plain wish to die, self-harm, a bare cry for help. */
  readonly cryFrom: number;
  readonly features: ReadonlyMap<string, LearnedFeature>;
  /** By hidden unit the size of one step of the features' `units`, and where its sum begins. */
  readonly steps: readonly number[];
  readonly unitBias: readonly number[];
  /** What each unit says for danger. */
  readonly danger: readonly number[];
  /** For each kind what each unit says for it, and last what is said for it at all. */
  readonly kinds: readonly (readonly number[])[];
  /** What each unit says for its being told of somebody else, and for its being hinted at; last what is said for it at all. */
  readonly other: readonly number[];
  readonly hinted: readonly number[];
}

/** From which sums on a message alarms. */
export type Limits = Pick<DangerFit, 'alarmFrom' | 'ruleFrom' | 'cryFrom'>;

export interface LearnedFeature {
  readonly weight: number;
  /** What it weighs for each hidden unit, in steps. */
  readonly units: Int8Array;
}

const NUMBERS = ['bias', 'alarmFrom', 'ruleFrom', 'cryFrom'] as const;
const ROWS = ['steps', 'unitBias', 'danger', 'other', 'hinted'] as const;
const KIND = 'kind ';

/** Lines of: "@" and a setting, tab, numbers; then feature, tab, weight in thousandths, tab, its units (bytes in base64). */
export function writeDangerFit(fit: DangerFit): string {
  const lines = NUMBERS.map((name) => `@${name}\t${fit[name].toFixed(2)}`);
  for (const name of ROWS) lines.push(`@${name}\t${fit[name].map(rounded).join(' ')}`);
  DANGER_KINDS.forEach((kind, at) => {
    lines.push(`@${KIND}${kind}\t${(fit.kinds[at] ?? []).map(rounded).join(' ')}`);
  });
  const byName = [...fit.features].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [name, { weight, units }] of byName)
    lines.push(`${name}\t${Math.round(weight * 1000)}\t${Buffer.from(units).toString('base64')}`);
  return `${lines.join('\n')}\n`;
}

/** @throws Error naming the line that is not as `writeDangerFit` writes it. */
export function parseDangerFit(text: string): DangerFit {
  const settings = new Map<string, readonly number[]>();
  const features = new Map<string, LearnedFeature>();
  text.split('\n').forEach((line, index) => {
    if (line === '' || line.startsWith('# ')) return;
    const [name, numbers, units] = line.split('\t');
    if (!name || numbers === undefined)
      throw new Error(`line ${index + 1}: needs a name, a tab and a number`);
    if (name.startsWith('@')) settings.set(name.slice(1), numbers.split(' ').map(Number));
    else
      features.set(name, {
        weight: Number(numbers) / 1000,
        units: new Int8Array(Buffer.from(units ?? '', 'base64')),
      });
  });
  const row = (name: string): readonly number[] => {
    const values = settings.get(name);
    if (!values || values.some(Number.isNaN)) throw new Error(`no numbers @${name}`);
    return values;
  };
  const [bias = 0, alarmFrom = 0, ruleFrom = 0, cryFrom = 0] = NUMBERS.flatMap(row);
  const [steps = [], unitBias = [], danger = [], other = [], hinted = []] = ROWS.map(row);
  const kinds = DANGER_KINDS.map((kind) => row(KIND + kind));
  return { bias, alarmFrom, ruleFrom, cryFrom, features, steps, unitBias, danger, kinds, other, hinted };
}

/** Nothing learned: only the rules alarm. For fitting anew. */
export const NOTHING_LEARNED: DangerFit = {
  bias: 0,
  alarmFrom: Number.POSITIVE_INFINITY,
  ruleFrom: Number.NEGATIVE_INFINITY,
  cryFrom: Number.NEGATIVE_INFINITY,
  features: new Map(),
  steps: [],
  unitBias: [],
  danger: [],
  kinds: [],
  other: [],
  hinted: [],
};

/** Five digits tell more than a byte of a unit does. */
const rounded = (value: number): number => Number(value.toPrecision(5));

export const kindAt = (at: number): DangerKind => DANGER_KINDS[at] ?? 'violence';
