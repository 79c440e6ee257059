import { type Chance, chanceByName, chanceInTurn } from './chance.js';
import { fitHidden, type HiddenLayer, NOT_ASKED, passed } from './hidden-layer.js';
import { byRarity } from './rarity.js';

/** Two words that mean something only together: either alone, or neither, is calm. Groups: danger or not; of which kind. */
const TEXTS = [[0, 2], [1, 2], [0, 1], [2], [0, 3], [1, 3], [0, 1, 3], [3]];
const isDanger = (text: readonly number[]): boolean => text.includes(0) && text.includes(1);
const MANY = Array.from({ length: 60 }, () => TEXTS).flat();

function fitted(unitsLeftOut = 0, texts: readonly number[][] = MANY, chance?: Chance): HiddenLayer {
  return fitHidden(
    byRarity(texts, Float32Array.of(1, 1, 1, 1), 'own'),
    {
      groups: [2, 2],
      classes: Int16Array.from(
        texts.flatMap((text) => (isDanger(text) ? [1, text.includes(3) ? 1 : 0] : [0, NOT_ASKED])),
      ),
      counts: new Float32Array(texts.length * 2).fill(1),
    },
    4,
    { units: 16, rounds: 20, unitsLeftOut },
    chance,
  );
}

/** How much the layer speaks for each class. */
function said({ units, rows, bias, classes, classBias }: HiddenLayer, text: readonly number[]): number[] {
  const heard = Array.from(bias, (begin, unit) =>
    passed(text.reduce((sum, feature) => sum + (rows[feature * units + unit] ?? 0), begin)),
  );
  return Array.from(classBias, (begin, at) =>
    heard.reduce((sum, value, unit) => sum + value * (classes[at * units + unit] ?? 0), begin),
  );
}

test.each([0, 0.5])(
  'learns what words mean together that none of them means alone, and which kind it is, %d of its units left out',
  (unitsLeftOut) => {
    const layer = fitted(unitsLeftOut);
    for (const text of TEXTS) {
      const [calm = 0, danger = 0, one = 0, other = 0] = said(layer, text);
      expect(danger > calm).toBe(isDanger(text));
      if (isDanger(text)) expect(other > one).toBe(text.includes(3));
    }
  },
);

test('gives the same weights each time', () => {
  expect(fitted()).toEqual(fitted());
});

test('a text more makes another layer where all chance is one, and changes little where each text has its own', () => {
  const more = [[3], ...MANY];
  const numbers = Int32Array.from({ length: 4 }, (_, at) => at);
  const names = Int32Array.from(MANY, (_, at) => at);
  const differs = (one: HiddenLayer, other: HiddenLayer): number =>
    Math.max(
      ...TEXTS.flatMap((text) => {
        const also = said(other, text);
        return said(one, text).map((says, at) => Math.abs(says - (also[at] ?? 0)));
      }),
    );
  const inTurn = differs(fitted(0.5, MANY, chanceInTurn(1)), fitted(0.5, more, chanceInTurn(1)));
  const byName = differs(
    fitted(0.5, MANY, chanceByName(numbers, names)),
    fitted(0.5, more, chanceByName(numbers, Int32Array.of(-1, ...names))),
  );
  expect(byName).toBeLessThan(inTurn / 2);
});
