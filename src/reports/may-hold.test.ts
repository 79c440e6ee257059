import fc from 'fast-check';
import { createDirectory } from '../directory/create-directory.js';
import type { Agency } from '../directory/directory.js';
import { mayHold } from './may-hold.js';

it('keeps the excluded office out, and leaves the level above in', () => {
  const tree = createDirectory({ root: process.cwd() });
  const excluded = new Set(['ubnd-30742']);
  expect(mayHold(tree, excluded, 'ubnd-30742')).toBe(false);
  expect(mayHold(tree, excluded, 'so-y-te')).toBe(true);
  expect(mayHold(tree, new Set(['so-y-te']), 'ubnd-30742')).toBe(false);
});

/** A tree: each agency but the first stands under an earlier one. */
const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 12 }).map((parents) =>
  parents.map(
    (parent, index): Agency => ({
      id: `a${index}`,
      name: '',
      level: 'commune',
      ...(index === 0 ? {} : { parent: `a${parent % index}` }),
    }),
  ),
);

it('lets nobody hold a case whose key an excluded one, any number of levels above, could open', () => {
  fc.assert(
    fc.property(trees, fc.nat(), (agencies, at) => {
      const byId = new Map(agencies.map((agency) => [agency.id, agency]));
      const tree = { agency: (id: string) => byId.get(id) };
      const out = agencies[at % agencies.length]?.id ?? '';
      const holders = agencies.filter(({ id }) => mayHold(tree, new Set([out]), id));
      // Whatever a holder's key is sealed to, upwards, is never the excluded one.
      for (const holder of holders)
        for (
          let up: Agency | undefined = holder;
          up;
          up = up.parent === undefined ? undefined : byId.get(up.parent)
        )
          expect(up.id).not.toBe(out);
    }),
  );
});
