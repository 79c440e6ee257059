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

it.each<[Category, string, string[], string]>([
  // The 17 types of the reference on agencies, in its order: lead, who cooperates, the level above.
  ['physical_abuse', 'ubnd-30742', ['ca-30742', 'so-y-te', 'trung-tam-tgpl'], 'so-y-te'],
  ['sexual_abuse', 'ubnd-30742', ['ca-30742', 'so-y-te', 'trung-tam-tgpl'], 'so-y-te'],
  ['neglect', 'ubnd-30742', ['ca-30742', 'so-y-te', 'trung-tam-tgpl'], 'so-y-te'],
  ['domestic_violence', 'ubnd-30742', ['ca-30742', 'so-vhttdl', 'trung-tam-ctxh'], 'so-y-te'],
  ['school_violence', 'ubnd-30742', ['so-gddt', 'ca-30742'], 'so-gddt'],
  ['child_labour', 'so-noi-vu', ['thanh-tra-tinh', 'ubnd-30742', 'so-y-te'], 'ubnd-tinh'],
  [
    'trafficking',
    'cong-an-tinh',
    ['bien-phong-tinh', 'ubnd-30742', 'so-y-te', 'trung-tam-ctxh'],
    'ubnd-tinh',
  ],
  ['online_harm', 'cong-an-tinh', ['ca-30742', 'ubnd-30742'], 'ubnd-tinh'],
  ['abandonment', 'ubnd-30742', ['ca-30742', 'so-y-te', 'trung-tam-bao-tro-kien-giang'], 'so-y-te'],
  ['hazard', 'ubnd-30742', ['so-y-te', 'so-gddt', 'cong-an-tinh'], 'ubnd-tinh'],
  ['accident', 'ubnd-30742', ['ca-30742'], 'so-y-te'],
  ['school_dropout', 'ubnd-30742', ['so-gddt'], 'ubnd-tinh'],
  ['mental_health', 'ubnd-30742', ['so-y-te'], 'so-y-te'],
  ['health_care', 'so-y-te', ['ubnd-30742'], 'ubnd-tinh'],
  [
    'social_assistance',
    'ubnd-30742',
    ['so-y-te', 'trung-tam-ctxh', 'trung-tam-bao-tro-kien-giang'],
    'so-y-te',
  ],
  ['harmful_content', 'so-vhttdl', ['so-khcn', 'cong-an-tinh'], 'ubnd-tinh'],
  ['child_offence', 'ca-30742', ['ubnd-30742', 'trung-tam-tgpl'], 'cong-an-tinh'],
  ['civil_status', 'ubnd-30742', ['so-tu-phap', 'so-dan-toc-ton-giao'], 'so-tu-phap'],
  ['no_action', 'thanh-tra-tinh', ['so-y-te'], 'ubnd-tinh'],
  ['other', 'ubnd-30742', [], 'so-y-te'],
])('leads %s to %s, with %j, under %s', (category, lead, cooperating, above) => {
  const competence = ask(category);
  expect(competence.lead.id).toBe(lead);
  expect(ids(competence.cooperating)).toEqual(cooperating);
  expect(competence.above[0]?.id).toBe(above);
  expect(competence.basis).toMatch(/\d+\/(\d{4}|CĐ-TTg)/);
  expect(competence.steppedOver).toEqual([]);
});

it.each<[Category, string, string]>([
  ['sexual_abuse', '31108', 'bien-phong-tinh'],
  ['domestic_violence', '31108', 'bien-phong-tinh'],
  ['school_dropout', '31108', 'bien-phong-tinh'],
])('names the border guard besides for %s on an island', (category, placeCode, agency) => {
  expect(ids(ask(category, { placeCode }).cooperating)).toContain(agency);
  expect(ids(ask(category).cooperating)).not.toContain(agency);
});

it('goes to the level above when the competent agency has no members, and says so', () => {
  const competence = ask('neglect', { isOpen: (id) => id === 'so-y-te' });
  expect(competence.lead.id).toBe('so-y-te');
  expect(competence.steppedOver).toEqual([{ agencyId: 'ubnd-30742', reason: 'not_open' }]);
});

it('never lets the accused person’s office have it', () => {
  const competence = ask('neglect', { excluded: ['ubnd-30742', 'ca-30742'] });
  expect(competence.lead.id).toBe('so-y-te');
  expect(ids(competence.cooperating)).toEqual(['cong-an-tinh', 'trung-tam-tgpl']);
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

it('refuses to decide when every agency that has to do with it is excluded, rather than give it to any other', () => {
  const line = [
    'ubnd-30742',
    'so-y-te',
    'ubnd-tinh',
    'ca-30742',
    'cong-an-tinh',
    'trung-tam-tgpl',
    'so-tu-phap',
  ];
  expect(() => ask('neglect', { excluded: line })).toThrow(NobodyLeft);
  expect(ask('neglect', { excluded: line.slice(0, -1) }).lead.id).toBe('so-tu-phap');
});

it('leads to an open agency whenever the one for unclear places can receive', () => {
  const others = ids(directory.agencies).filter(
    (id) => id !== 'so-y-te' && (!/\d/.test(id) || id.endsWith(RACH_GIA)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...CATEGORIES),
      fc.constantFrom(RACH_GIA, '31108', '99999'),
      fc.subarray(others),
      fc.subarray(others),
      (category, placeCode, excluded, open) => {
        const isOpen = (id: string) => id === 'so-y-te' || open.includes(id);
        const { lead } = ask(category, { placeCode, excluded, isOpen });
        expect(isOpen(lead.id) && !excluded.includes(lead.id)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
