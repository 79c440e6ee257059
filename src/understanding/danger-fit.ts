import { DANGER_KINDS, type DangerKind } from './understanding.js';

/**
 * The learned part of the danger screen, kept in locales/vi/danger/learned.tsv: how much each word, sign and pair speaks
 * for danger, and (signs and single words) for which kind. Made by `npm run calibrate -- --write`.
 */
export interface DangerFit {
  readonly bias: number;
  /** From this sum on a message alarms. */
  readonly alarmFrom: number;
  /** From this sum on a message alarms in which a rule of hints matched. */
  readonly hintFrom: number;
  /** From this sum on a message alarms in which a rule of what is told plainly matched. */
  readonly plainFrom: number;
  readonly weights: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, readonly number[]>;
  readonly kindBias: readonly number[];
}

const NUMBERS = ['bias', 'alarmFrom', 'hintFrom', 'plainFrom'] as const;

/** Lines of: feature, tab, weight in thousandths, tab, weights for the kinds in hundredths (or nothing). */
export function writeDangerFit(fit: DangerFit): string {
  const lines = NUMBERS.map((name) => `@${name}\t${fit[name].toFixed(2)}`);
  lines.push(`@kinds\t${fit.kindBias.map(hundredths).join(' ')}`);
  const names = [...new Set([...fit.weights.keys(), ...fit.kinds.keys()])].sort();
  for (const name of names) {
    const weight = Math.round((fit.weights.get(name) ?? 0) * 1000);
    const kinds = fit.kinds.get(name);
    lines.push(kinds ? `${name}\t${weight}\t${kinds.map(hundredths).join(' ')}` : `${name}\t${weight}`);
  }
  return `${lines.join('\n')}\n`;
}

/** @throws Error naming the line that is not as `writeDangerFit` writes it. */
export function parseDangerFit(text: string): DangerFit {
  const settings = new Map<string, number>();
  const weights = new Map<string, number>();
  const kinds = new Map<string, readonly number[]>();
  let kindBias: readonly number[] = [];
  text.split('\n').forEach((line, index) => {
    if (line === '' || line.startsWith('# ')) return;
    const [name, weight, ofKinds] = line.split('\t');
    if (!name || weight === undefined) throw new Error(`line ${index + 1}: needs a name, a tab and a number`);
    if (name === '@kinds') kindBias = weight.split(' ').map((value) => Number(value) / 100);
    else if (name.startsWith('@')) settings.set(name.slice(1), Number(weight));
    else {
      if (weight !== '0') weights.set(name, Number(weight) / 1000);
      if (ofKinds)
        kinds.set(
          name,
          ofKinds.split(' ').map((value) => Number(value) / 100),
        );
    }
  });
  const setting = (name: (typeof NUMBERS)[number]): number => {
    const value = settings.get(name);
    if (value === undefined || Number.isNaN(value)) throw new Error(`no number @${name}`);
    return value;
  };
  return {
    bias: setting('bias'),
    alarmFrom: setting('alarmFrom'),
    hintFrom: setting('hintFrom'),
    plainFrom: setting('plainFrom'),
    weights,
    kinds,
    kindBias,
  };
}

/** Nothing learned: only the rules alarm. For fitting anew. */
export const NOTHING_LEARNED: DangerFit = {
  bias: 0,
  alarmFrom: Number.POSITIVE_INFINITY,
  hintFrom: Number.NEGATIVE_INFINITY,
  plainFrom: Number.NEGATIVE_INFINITY,
  weights: new Map(),
  kinds: new Map(),
  kindBias: [],
};

const hundredths = (value: number): number => Math.round(value * 100);

export const kindAt = (at: number): DangerKind => DANGER_KINDS[at] ?? 'violence';
