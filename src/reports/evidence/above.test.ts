import fc from 'fast-check';
import { levelsAbove } from '../../directory/receivers.js';
import { mayAgreeFromAbove } from './above.js';

const name = (index: number) => `a-${index}`;
/** A forest of up to ten agencies, and who is kept out of the case. */
const world = fc.record({
  parents: fc.array(fc.option(fc.nat(20), { nil: undefined }), { minLength: 1, maxLength: 10 }),
  excluded: fc.array(fc.nat(9).map(name), { maxLength: 4 }),
});

it('lets only the agency directly above agree, never an excluded one nor one under it, on any tree', () => {
  let [agreed, keptOut] = [0, 0];
  fc.assert(
    fc.property(world, ({ parents, excluded }) => {
      const agencies = parents.map((parent, index) => ({
        id: name(index),
        name: '',
        level: 'province' as const,
        ...(parent !== undefined && index > 0 && { parent: name(parent % index) }),
      }));
      const tree = { agency: (id: string) => agencies.find((one) => one.id === id) };
      const out = new Set(excluded);
      for (const owner of agencies)
        for (const { id } of agencies) {
          const may = mayAgreeFromAbove(tree, out, owner.id, id);
          const [directlyAbove] = levelsAbove(tree, owner.id);
          const touched = [id, ...levelsAbove(tree, id).map((one) => one.id)].some((one) => out.has(one));
          expect(may).toBe(directlyAbove?.id === id && id !== owner.id && !touched);
          if (may) agreed += 1;
          else if (directlyAbove?.id === id) keptOut += 1;
        }
    }),
    { numRuns: 500 },
  );
  // Both happened.
  expect(Math.min(agreed, keptOut)).toBeGreaterThan(50);
});

it('lets nobody agree for an agency that the tree does not know', () => {
  expect(mayAgreeFromAbove({ agency: () => undefined }, new Set(), 'a', 'b')).toBe(false);
});
