import type { Place, PlaceMatch } from './directory.js';
import { createNameIndex, type NameIndex, type NameNode } from './name-index.js';
import {
  type Context,
  type ContextReader,
  createContextReader,
  type Token,
  tokensOf,
} from './place-context.js';
import type { PlaceData } from './place-data.js';
import { listMeanings, type Meaning } from './place-names.js';
import { findSpans, type Span } from './place-spans.js';

/** Letters beyond are not read; a place is told before. */
const LONGEST = 600;
/** How likely a name is meant so when nothing else is said. */
const WEIGHT = { today: 1, former: 0.95, local: 0.93, district: 0.9, province: 0 } as const;
/** The same when the kind was said: "huyện Kiên Lương" leaves no doubt. */
const WEIGHT_OF_KIND = { today: 1, former: 0.97, local: 0.93, district: 1, province: 0 } as const;
const KIND_FIT = [1, 0.9, 0.75] as const;
/** Each further unit of a former district. */
const LATER_UNIT = 0.03;
/** With a former district beside it, a name is rather the former one. */
const TODAY_BY_DISTRICT = 0.93;
/** A name mentioned after another one. */
const LATER_SPAN = 0.05;
/** Of equal names in both former provinces, the one of the less likely province. */
const OTHER_PROVINCE = 0.9;
/** The beginning of a name only. */
const BEGINNING = 0.5;
/** Matches worse than this share of the best are noise. */
const NOISE = 0.6;

const DISTRICT_KINDS: ReadonlySet<string> = new Set(['huyện', 'thị xã', 'thành phố']);

/**
 * Makes the search for units by any name: old or new, plain or with diacritics, in a sentence, with slips. Names near
 * each other explain each other: "Bình An Kiên Lương" is the Bình An that lay in Kiên Lương.
 */
export function createPlaceSearch(data: PlaceData): (text: string, limit?: number) => PlaceMatch[] {
  const index = createNameIndex(listMeanings(data));
  const reader = createContextReader(data.words);
  const { home } = data.words;
  return (text, limit = 5) => {
    const tokens = tokensOf(text.slice(0, LONGEST));
    const spans = findSpans(index, reader, tokens).map(fitKind);
    const found = new Best(home);
    for (const candidate of explain(spans, home)) score(candidate, tokens.length, found);
    if (spans.length === 0) findBeginnings(index, reader, tokens, found);
    return found.list(limit);
  };
}

/** A meaning of a span, and how many words of the text it explains. */
interface Candidate {
  readonly meaning: Meaning;
  readonly span: FittedSpan;
  readonly position: number;
  readonly words: number;
  readonly factor: number;
  /** 1 for the likeliest meaning of its name. */
  readonly weight: number;
}

interface FittedSpan extends Span {
  readonly kindFit: 0 | 1 | 2;
}

/** Keeps the meanings that fit best the kind that was said. */
function fitKind(span: Span): FittedSpan {
  const fits = span.meanings.map((meaning) => kindFit(meaning, span.context));
  const kindFitOfSpan = Math.min(...fits) as 0 | 1 | 2;
  return {
    ...span,
    meanings: span.meanings.filter((_, index) => fits[index] === kindFitOfSpan),
    kindFit: kindFitOfSpan,
  };
}

function kindFit(meaning: Meaning, context: Context): 0 | 1 | 2 {
  if (context.kind === undefined || meaning.kind === context.kind) return 0;
  if (context.kind === 'tỉnh' || meaning.age === 'province') return 2;
  return DISTRICT_KINDS.has(context.kind) === (meaning.age === 'district') ? 1 : 2;
}

/** Whether `outer` says where `inner` lies. */
function liesIn(inner: Meaning, outer: Meaning, home: string): boolean {
  if (inner === outer || inner.age === 'province') return false;
  // The other former province gave its name to the province of today, which holds both.
  if (outer.age === 'province') return outer.province === inner.province || outer.province !== home;
  if (outer.age === 'district') return [...outer.districts].some((code) => inner.districts.has(code));
  return (
    outer.age === 'today' && inner.age !== 'today' && inner.units.some((unit) => outer.units.includes(unit))
  );
}

function explain(spans: readonly FittedSpan[], home: string): Candidate[] {
  const explaining = new Set<Span>();
  const candidates: Candidate[] = [];
  const said = new Set(
    spans.flatMap((span) => span.meanings.filter((one) => one.age === 'province').map((one) => one.province)),
  );
  const preferred = said.size === 1 ? ([...said][0] ?? home) : home;
  spans.forEach((span, position) => {
    if (explaining.has(span)) return;
    const withHelp = span.meanings
      .filter((meaning) => meaning.age !== 'province')
      .map((meaning) => ({
        meaning,
        help: spans.filter(
          (other) => other !== span && other.meanings.some((one) => liesIn(meaning, one, home)),
        ),
      }));
    const most = Math.max(0, ...withHelp.map((one) => one.help.length));
    const kept = withHelp.filter((one) => one.help.length === most);
    const weights = span.context.kind !== undefined && span.kindFit === 0 ? WEIGHT_OF_KIND : WEIGHT;
    const heaviest = Math.max(...kept.map((one) => weights[one.meaning.age]));
    const provinces = new Set(kept.map((one) => one.meaning.province));
    for (const { meaning, help } of kept) {
      for (const other of help) explaining.add(other);
      const byDistrict = help.some((other) => other.meanings.some((one) => one.age === 'district'));
      const isOther = meaning.age !== 'today' && provinces.has(preferred) && meaning.province !== preferred;
      const words = [span, ...help].reduce((sum, one) => sum + one.context.to - one.context.from, 0);
      candidates.push({
        meaning,
        span,
        position,
        words,
        factor: isOther ? OTHER_PROVINCE : 1,
        weight: byDistrict && meaning.age === 'today' ? TODAY_BY_DISTRICT : weights[meaning.age] / heaviest,
      });
    }
  });
  return candidates.filter((one) => !explaining.has(one.span));
}

function score(candidate: Candidate, length: number, found: Best): void {
  const { meaning, span } = candidate;
  const { age } = span.context;

  const agrees = age === undefined || (age === 'new') === (meaning.age === 'today') ? 1 : 0.8;
  const slips = 1 - Math.min(0.4, span.cost * 0.25);
  const share = 0.9 + 0.1 * Math.min(1, candidate.words / length);
  const whole =
    candidate.weight *
    agrees *
    slips *
    share *
    KIND_FIT[span.kindFit] *
    candidate.factor *
    (1 - LATER_SPAN * Math.min(4, candidate.position));
  meaning.units.forEach((place, rank) => {
    found.add(place, meaning, whole * (1 - LATER_UNIT * rank));
  });
}

/** For "u minh" or "xã tân": the whole text is the beginning of names. One word alone needs its kind before it. */
function findBeginnings(
  index: NameIndex,
  reader: ContextReader,
  tokens: readonly Token[],
  found: Best,
): void {
  const start = [3, 2, 1].find((at) => at < tokens.length && reader.around(tokens, at, at).from === 0) ?? 0;
  const words = tokens.slice(start);
  const last = words.at(-1);
  if (!last || (words.length < 2 && (start === 0 || last.folded.length < 2))) return;
  let node: NameNode | undefined = index.root;
  for (const word of words.slice(0, -1)) node = node?.next.get(word.folded);
  for (const [word, next] of node?.next ?? []) {
    if (word.startsWith(last.folded)) addBelow(next, words, found);
  }
}

function addBelow(node: NameNode, typed: readonly Token[], found: Best): void {
  for (const meaning of node.meanings) {
    const isWritten = typed.every(
      (token, index) => token.spoken === token.folded || token.spoken === meaning.spoken[index],
    );
    if (!isWritten) continue;
    meaning.units.forEach((place, rank) => {
      found.add(place, meaning, BEGINNING * WEIGHT[meaning.age] * (1 - LATER_UNIT * rank));
    });
  }
  for (const next of node.next.values()) addBelow(next, typed, found);
}

/** The best way in which each unit was found. */
class Best {
  private readonly matches = new Map<string, PlaceMatch>();

  constructor(private readonly home: string) {}

  add(place: Place, meaning: Meaning, score: number): void {
    const known = this.matches.get(place.code);
    if (known && known.score >= score) return;
    // A former commune that kept kind and name is simply the unit of today.
    const isKept = meaning.age === 'former' && meaning.knownAs.startsWith(`${place.fullName} (`);
    this.matches.set(place.code, { place, knownAs: isKept ? place.fullName : meaning.knownAs, score });
  }

  list(limit: number): PlaceMatch[] {
    const all = [...this.matches.values()].sort(
      (a, b) =>
        b.score - a.score ||
        this.isHome(b.place) - this.isHome(a.place) ||
        a.place.code.localeCompare(b.place.code),
    );
    const least = (all[0]?.score ?? 0) * NOISE;
    return all.filter((match) => match.score >= least).slice(0, Math.max(0, limit));
  }

  private isHome(place: Place): number {
    return place.formerProvince === this.home ? 1 : 0;
  }
}
