import fc from 'fast-check';
import { NobodyLeft } from './competence.js';
import { createDirectory } from './create-directory.js';
import { CATEGORIES, type Category, type CompetenceQuestion } from './directory.js';

const directory = createDirectory({ root: process.cwd() });
const RACH_GIA = '30742';

const ask = (category: Category, more: Partial<CompetenceQuestion> = {}) =>
  directory.competentFor({
    category,
    placeCode: RACH_GIA,
    on: '2026-11-23',
    isOpen: () => true,
    excluded: [],
    ...more,
  });
const ids = (agencies: readonly { id: string }[]) => agencies.map((agency) => agency.id);

it('gives each unit of today a People’s Committee and a police, with their levels above', () => {
  expect(directory.agency('ubnd-31078')).toEqual({
    id: 'ubnd-31078',
    name: 'Ủy ban nhân dân đặc khu Phú Quốc',
    level: 'commune',
    placeCode: '31078',
    parent: 'so-y-te',
  });
  expect(directory.agency('ca-30742')).toMatchObject({
    name: 'Công an phường Rạch Giá',
    parent: 'cong-an-tinh',
  });
  expect(directory.agency('so-y-te')?.parent).toBe('ubnd-tinh');
  expect(directory.agency('ubnd-tinh')).not.toHaveProperty('parent');
  expect(directory.agencies.filter((agency) => agency.level === 'commune')).toHaveLength(204);
});

it.each<[Category, string, string[]]>([
  ['physical_abuse', 'ubnd-30742', ['ca-30742']],
  ['sexual_abuse', 'ubnd-30742', ['ca-30742']],
  ['domestic_violence', 'ubnd-30742', ['ca-30742']],
  ['school_violence', 'ubnd-30742', ['so-gddt', 'ca-30742']],
  ['child_labour', 'so-noi-vu', ['ubnd-30742', 'so-y-te']],
  ['trafficking', 'cong-an-tinh', ['bien-phong-tinh', 'ubnd-30742', 'so-y-te']],
  ['online_harm', 'cong-an-tinh', ['ca-30742', 'ubnd-30742']],
  ['health_care', 'so-y-te', ['ubnd-30742']],
  ['harmful_content', 'so-vhttdl', ['so-khcn', 'cong-an-tinh']],
  ['child_offence', 'ca-30742', ['ubnd-30742']],
  ['no_action', 'ubnd-tinh', ['thanh-tra-tinh', 'so-y-te']],
  ['other', 'ubnd-30742', []],
])('leads %s to %s', (category, lead, cooperating) => {
  const competence = ask(category);
  expect(competence.lead.id).toBe(lead);
  expect(ids(competence.cooperating)).toEqual(cooperating);
  expect(competence.basis).toMatch(/\d+\/\d{4}/);
  expect(competence.steppedOver).toEqual([]);
});

it('goes to the level above when the competent agency has no members, and says so', () => {
  const competence = ask('neglect', { isOpen: (id) => id === 'so-y-te' });
  expect(competence.lead.id).toBe('so-y-te');
  expect(competence.steppedOver).toEqual([{ agencyId: 'ubnd-30742', reason: 'not_open' }]);
});

it('never lets the accused person’s office have it', () => {
  const competence = ask('neglect', { excluded: ['ubnd-30742', 'ca-30742'] });
  expect(competence.lead.id).toBe('so-y-te');
  expect(ids(competence.cooperating)).toEqual(['cong-an-tinh']);
  expect(competence.steppedOver).toEqual([{ agencyId: 'ubnd-30742', reason: 'excluded' }]);
});

it('takes the level above of the type of report: a school matter climbs to the department of education', () => {
  expect(ask('school_violence', { isOpen: (id) => !id.startsWith('ubnd-') }).lead.id).toBe('so-gddt');
});

it('gives a report without a clear place to the department of health', () => {
  for (const placeCode of [undefined, '00000']) {
    const { lead, steppedOver } = directory.competentFor({
      category: 'physical_abuse',
      on: '2026-11-23',
      isOpen: () => true,
      excluded: [],
      ...(placeCode !== undefined && { placeCode }),
    });
    expect(lead.id).toBe('so-y-te');
    expect(steppedOver).toEqual([]);
  }
});

it('hands a case to those who receive first when nobody of the line is open', () => {
  expect(ask('child_labour', { isOpen: (id) => id === 'ubnd-30742' }).lead.id).toBe('ubnd-30742');
});

it('keeps a report at the top when nobody at all is open', () => {
  const competence = ask('neglect', { isOpen: () => false });
  expect(competence.lead.id).toBe('ubnd-tinh');
  expect(competence.cooperating).toEqual([]);
  expect(ask('neglect', { isOpen: () => false, excluded: ['ubnd-tinh'] }).lead.id).toBe('so-y-te');
});

it('uses the law of the day of the report', () => {
  expect(ask('social_assistance', { on: '2026-10-04' }).basis).toContain('20/2021');
  expect(ask('social_assistance', { on: '2026-10-05' }).basis).toContain('335/2026');
});

it('refuses to decide when every agency is excluded', () => {
  expect(() => ask('neglect', { excluded: ids(directory.agencies) })).toThrow(NobodyLeft);
});

it('always finds a lead, never an excluded one, and an open one whenever the line has one', () => {
  const relevant = ids(directory.agencies).filter(
    (id) => directory.agency(id)?.level === 'province' || id.endsWith(RACH_GIA),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...CATEGORIES),
      fc.option(fc.constantFrom(RACH_GIA, '31108', '99999'), { nil: undefined }),
      fc.subarray(relevant, { maxLength: relevant.length - 5 }),
      fc.subarray(relevant),
      (category, placeCode, excluded, open) => {
        const { lead, cooperating, steppedOver } = directory.competentFor({
          category,
          on: '2026-11-23',
          excluded,
          isOpen: (id) => open.includes(id),
          ...(placeCode !== undefined && { placeCode }),
        });
        const received = ids([lead, ...cooperating]);
        expect(received.filter((id) => excluded.includes(id))).toEqual([]);
        expect(new Set(received).size).toBe(received.length);
        for (const { agencyId, reason } of steppedOver) {
          expect(reason === 'excluded' ? excluded.includes(agencyId) : !open.includes(agencyId)).toBe(true);
        }
        const able = open.some((id) => id === 'so-y-te' && !excluded.includes(id));
        if (able) expect(open).toContain(lead.id);
      },
    ),
    { numRuns: 500 },
  );
});
