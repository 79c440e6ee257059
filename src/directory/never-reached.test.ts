/**
 * The promise that an excluded agency never gains any access, on random trees, rules, open agencies and exclusions, through
 * routing and any later course of a case: offers, handing back, reopening, ringing up the tree, exclusions found later.
 */
import fc from 'fast-check';
import type { AgencyData } from './agency-data.js';
import { createCompetence, NobodyLeft } from './competence.js';
import type { AgencyRule, CompetenceRule, Locality } from './competence-data.js';
import { type Agency, CATEGORIES, COMMUNE_OFFICES, type Place } from './directory.js';
import { createExclusions } from './exclusions.js';
import type { ExclusionData, Reach } from './exclusions-data.js';
import { levelsAbove, offerable, recipientsOf } from './receivers.js';

const PLACES = ['1', '2', '3'];
const place = (code: string): Place | undefined =>
  PLACES.includes(code)
    ? {
        code,
        name: code,
        fullName: code,
        kind: 'xã',
        formerProvince: code === '1' ? 'Kiên Giang' : 'An Giang',
        island: code === '2',
        border: false,
        effectiveFrom: '2025-07-01',
      }
    : undefined;
const communeAgencyId = (rule: string, code: string) =>
  `${rule === 'commune_committee' ? 'ubnd' : 'ca'}-${code}`;

/** A forest of up to eight provincial agencies; communes hang anywhere in it. Some exist only from a later day on. */
const world = fc
  .array(fc.record({ parent: fc.nat(20), isTop: fc.boolean(), isNew: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  })
  .chain((shape) => {
    const name = (index: number) => `p-${index}`;
    const someone = fc.nat(shape.length - 1).map(name);
    const rule: fc.Arbitrary<AgencyRule> = fc.oneof(
      fc.constantFrom(...COMMUNE_OFFICES),
      someone.map((id): AgencyRule => `province:${id}`),
    );
    const reach: fc.Arbitrary<Reach> = fc.record(
      {
        under: fc.constantFrom('none', 'own_level', 'all'),
        over_until: rule,
        also: fc.array(rule, { maxLength: 2 }),
      },
      { requiredKeys: ['under', 'also'] },
    );
    return fc.record({
      agencies: fc.tuple(someone, someone).map(([committee, police]): Agency[] => [
        ...shape.map((one, index): Agency => {
          const parent = index === 0 || one.isTop ? {} : { parent: name(one.parent % index) };
          return { id: name(index), name: name(index), level: 'province', ...parent };
        }),
        ...PLACES.flatMap((placeCode): Agency[] => [
          { id: `ubnd-${placeCode}`, name: '', level: 'commune', placeCode, parent: committee },
          { id: `ca-${placeCode}`, name: '', level: 'commune', placeCode, parent: police },
        ]),
      ]),
      newOnes: fc.constant(shape.flatMap((one, index) => (one.isNew ? [name(index)] : []))),
      unclearPlace: someone,
      rule: fc.record({
        lead: rule,
        first: fc.array(rule, { minLength: 1, maxLength: 3 }),
        cooperating: fc.array(rule, { maxLength: 4 }),
        local: fc.array(
          fc.record({
            where: fc.constantFrom<Locality[]>('border_or_island', 'former_kien_giang', 'former_an_giang'),
            cooperating: fc.array(rule, { minLength: 1, maxLength: 2 }),
          }),
          { maxLength: 2 },
        ),
        above: fc.option(rule, { nil: null }),
      }),
      together: fc.array(fc.tuple(rule, reach), { maxLength: 5 }),
      otherwise: reach,
      accused: fc.array(rule, { maxLength: 3 }),
    });
  });

/** What people may do with a case; the numbers pick among all agencies, whoever they are. */
const step = fc.oneof(
  fc.record({ act: fc.constantFrom('offer', 'accept', 'exclude', 'link'), agency: fc.nat(50) }),
  fc.record({ act: fc.constantFrom('hand_back', 'reopen', 'ring', 'route_again'), agency: fc.constant(0) }),
);

it('never lets an excluded agency gain any access', () => {
  let [routed, refused, moved] = [0, 0, 0];
  fc.assert(
    fc.property(
      world,
      fc.constantFrom(...CATEGORIES),
      fc.constantFrom('1', '2', '3', '99', undefined),
      fc.constantFrom('2025-07-01', '2026-11-26'),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      fc.array(step, { maxLength: 12 }),
      (made, category, placeCode, on, openness, steps) => {
        const data: AgencyData = {
          agencies: made.agencies,
          dates: new Map(
            made.agencies.map(({ id }) => [
              id,
              { effective_from: made.newOnes.includes(id) ? '2026-01-01' : '2025-07-01' },
            ]),
          ),
          communeAgencyId,
          unclearPlace: made.unclearPlace,
        };
        const rule: CompetenceRule = {
          ...made.rule,
          type: 'any',
          categories: [category],
          effective_from: '2025-07-01',
          basis: 'x',
          confidence: 'A',
        };
        const route = createCompetence(data, new Map([[category, [rule]]]), place);
        const { exclusionsOf, excludedWith } = createExclusions(data, {
          offices: { commune_committee: made.accused } as unknown as ExclusionData['offices'],
          otherwise: made.otherwise,
          together: new Map(made.together),
        });
        const byId = new Map(made.agencies.map((agency) => [agency.id, agency]));
        const tree = { agency: (id: string) => byId.get(id) };
        const excluded = new Set(
          exclusionsOf('commune_committee', placeCode).map(({ agencyId }) => agencyId),
        );
        const hasKey = (id: string) =>
          openness[made.agencies.findIndex((one) => one.id === id) % 20] === true;

        let owner: string | undefined;
        let before: string | undefined;
        const gains = (...agencyIds: string[]) => {
          for (const id of agencyIds) expect(excluded).not.toContain(id);
        };
        const own = (agencyId: string) => {
          gains(agencyId, ...recipientsOf({ lead: byId.get(agencyId) as Agency }, tree, excluded, hasKey));
          [before, owner] = [owner, agencyId];
        };
        const routeNow = () => {
          try {
            const found = route({
              category,
              on,
              isOpen: hasKey,
              excluded: [...excluded],
              ...(placeCode !== undefined && { placeCode }),
            });
            gains(...[found.lead, ...found.cooperating, ...found.above].map(({ id }) => id));
            gains(...recipientsOf(found, tree, excluded, () => true));
            const received = [found.lead, ...found.cooperating].map(({ id }) => id);
            expect(new Set(received).size).toBe(received.length);
            for (const { agencyId, reason } of found.steppedOver)
              expect(reason === 'excluded' ? excluded.has(agencyId) : !hasKey(agencyId)).toBe(true);
            own(found.lead.id);
            routed += 1;
          } catch (error) {
            // It waits for a person to decide, and nobody has it.
            if (!(error instanceof NobodyLeft)) throw error;
            [before, owner] = [owner, undefined];
            refused += 1;
          }
        };

        routeNow();
        for (const { act, agency } of steps) {
          const target = made.agencies[agency % made.agencies.length]?.id ?? '';
          const may = (id: string | undefined) => id !== undefined && offerable(excluded, [id]).length === 1;
          if (act === 'route_again' || owner === undefined) routeNow();
          else if ((act === 'offer' || act === 'accept') && may(target)) {
            moved += 1;
            gains(target);
            if (act === 'accept') own(target);
          } else if (act === 'hand_back' || act === 'reopen') {
            if (before !== undefined && may(before)) own(before);
            else routeNow();
          } else if (act === 'ring' || act === 'link') {
            gains(
              ...offerable(
                excluded,
                levelsAbove(tree, owner).map(({ id }) => id),
              ),
            );
          } else if (act === 'exclude') {
            for (const one of excludedWith(target)) excluded.add(one.agencyId);
            if (excluded.has(owner)) routeNow();
          }
          if (owner !== undefined) gains(owner);
        }
      },
    ),
    { numRuns: 1500 },
  );
  // The walks went somewhere.
  expect(Math.min(routed, refused, moved)).toBeGreaterThan(50);
});
