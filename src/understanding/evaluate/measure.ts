import type { Understanding } from '../understanding.js';
import type { Samples } from './samples.js';

/** A share with its 95 % Wilson interval; all between 0 and 1. */
export interface Share {
  readonly measure: string;
  readonly hits: number;
  readonly n: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export function wilson(measure: string, hits: number, n: number): Share {
  if (n === 0) return { measure, hits, n, share: 0, low: 0, high: 1 };
  const z = 1.96;
  const share = hits / n;
  const middle = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return {
    measure,
    hits,
    n,
    share,
    low: Math.max(0, (middle - spread) / whole),
    high: Math.min(1, (middle + spread) / whole),
  };
}

export interface Measured {
  readonly shares: readonly Share[];
  /** Sample ids (with variant) that went wrong, by measure: ids only, the texts stay in their files. */
  readonly wrong: Readonly<Record<string, readonly string[]>>;
}

/** Measures the understanding on samples, the figures of DESIGN section 10. */
export function measure(understanding: Understanding, samples: Samples): Measured {
  const counts = new Map<string, { hits: number; n: number }>();
  const wrong: Record<string, string[]> = {};
  const count = (name: string, hit: boolean): void => {
    const so = counts.get(name) ?? { hits: 0, n: 0 };
    counts.set(name, { hits: so.hits + (hit ? 1 : 0), n: so.n + 1 });
  };
  const fault = (name: string, id: string): void => {
    wrong[name] = [...(wrong[name] ?? []), id];
  };

  for (const sample of samples.questions) {
    const known = [...understanding.topics].some((topic) => topic === sample.topic);
    for (const { kind, text } of [{ kind: 'text', text: sample.text }, ...sample.variants]) {
      const found = understanding.findAnswers(text);
      const at = [...new Set(found.answers.map(({ answer }) => String(answer.topic)))].indexOf(sample.topic);
      const refused = found.outcome === 'unknown' || found.outcome === 'smalltalk';
      for (const most of [1, 3]) {
        const hit = at >= 0 && at < most;
        if (known) count(`topic @${most}, topics with answers, ${kind}`, hit);
        count(`topic @${most}, all topics, ${kind}`, hit);
        if (kind === 'text') count(`topic @${most}, ${sample.topic}`, hit);
      }
      if (known) {
        count(`wrongly refused, ${kind}`, refused);
        if (refused) fault(`wrongly refused, ${kind}`, sample.id);
        if (at !== 0) fault(`topic @1, ${kind}`, sample.id);
        if (found.outcome === 'answer')
          count(`answers said outright that are of the right topic, ${kind}`, at === 0);
      }
      if (!sample.danger_ok) {
        const alarm = understanding.screenDanger(text) !== null;
        count(`false alarms on questions, ${kind}`, alarm);
        if (alarm) fault(`false alarms on questions, ${kind}`, sample.id);
      }
    }
  }
  for (const sample of samples.danger) {
    for (const { kind, text } of [{ kind: 'text', text: sample.text }, ...sample.variants]) {
      const danger = understanding.screenDanger(text);
      for (const name of [`level ${sample.level}, ${kind}`, `all, ${kind}`])
        count(`danger found, ${name}`, danger !== null);
      if (kind === 'text') {
        count(`danger found, kind ${sample.type}`, danger !== null);
        count(`danger found, style ${sample.style}`, danger !== null);
        if (danger) {
          count('danger of the right kind', danger.kind === sample.type);
          // Grown-ups who tell plainly of their own child are listed as explicit; hints may be about anybody.
          if (sample.level !== 'implicit' && sample.speaker !== 'adult')
            count(
              `danger told of the right person, level ${sample.level}`,
              ofOther(danger) === ofOther(sample),
            );
        }
      }
      if (!danger) fault(`danger missed, ${kind}`, sample.id);
    }
  }
  for (const sample of samples.harmless) {
    const alarm = understanding.screenDanger(sample.text) !== null;
    count('false alarms on harmless', alarm);
    count(`false alarms on harmless, ${sample.kind}`, alarm);
    if (alarm) fault('false alarms on harmless', sample.id);
  }
  for (const sample of samples.ood) {
    const { outcome } = understanding.findAnswers(sample.text);
    const refused = outcome === 'unknown' || outcome === 'smalltalk';
    count('out of domain refused', refused);
    if (!refused) fault('out of domain not refused', sample.id);
    count('false alarms on out of domain', understanding.screenDanger(sample.text) !== null);
  }
  const shares = [...counts].map(([name, { hits, n }]) => wilson(name, hits, n));
  return { shares: shares.sort((one, other) => (one.measure < other.measure ? -1 : 1)), wrong };
}

const ofOther = ({ level }: { readonly level: string }): boolean => level === 'third_party';
