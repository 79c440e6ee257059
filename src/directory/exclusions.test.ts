import { createDirectory } from './create-directory.js';
import { ACCUSED_OFFICES, type AccusedOffice } from './directory.js';

const directory = createDirectory({ root: process.cwd() });
const RACH_GIA = '30742';
const excluded = (office: AccusedOffice, placeCode: string | undefined = RACH_GIA) =>
  directory.exclusionsOf(office, placeCode);
const ids = (office: AccusedOffice, placeCode?: string) =>
  excluded(office, placeCode ?? RACH_GIA).map(({ agencyId }) => agencyId);

it.each<[AccusedOffice, string[]]>([
  ['commune_committee', ['ubnd-30742']],
  ['commune_police', ['ca-30742']],
  ['school', []],
  ['health_department', ['so-y-te', 'trung-tam-ctxh', 'trung-tam-bao-tro-kien-giang']],
  ['education_department', ['so-gddt']],
  ['home_affairs_department', ['so-noi-vu']],
  ['justice_department', ['so-tu-phap', 'trung-tam-tgpl']],
  ['border_guard', ['bien-phong-tinh']],
  ['provincial_committee', ['ubnd-tinh']],
])('%s keeps out that office and those who share its people', (office, agencies) => {
  expect(ids(office)).toEqual(agencies);
});

it('keeps out every commune’s police with the provincial police, which commands them, and no committee', () => {
  const out = excluded('provincial_police');
  expect(out[0]).toEqual({ agencyId: 'cong-an-tinh', why: 'works_there' });
  expect(out.slice(1).every(({ agencyId, why }) => agencyId.startsWith('ca-') && why === 'same_people')).toBe(
    true,
  );
  expect(out).toHaveLength(1 + directory.places.length);
});

it('keeps out that office of every commune while nobody knows which commune it is', () => {
  for (const place of [undefined, '99999']) {
    const out = directory.exclusionsOf('commune_committee', place);
    expect(out).toHaveLength(directory.places.length);
    expect(out.every(({ agencyId }) => agencyId.startsWith('ubnd-'))).toBe(true);
  }
});

it('leaves somebody for every kind of harm, whichever office the accused works in', () => {
  for (const office of ACCUSED_OFFICES) {
    const { lead } = directory.competentFor({
      category: 'sexual_abuse',
      placeCode: RACH_GIA,
      on: '2026-11-26',
      isOpen: () => true,
      excluded: ids(office),
    });
    expect(ids(office)).not.toContain(lead.id);
  }
});

it('keeps out by id what staff exclude, with its people', () => {
  expect(directory.excludedWith('so-y-te').map(({ agencyId }) => agencyId)).toContain('trung-tam-ctxh');
  expect(directory.excludedWith('no-such-agency')).toEqual([
    { agencyId: 'no-such-agency', why: 'works_there' },
  ]);
});

it('finds the units around one by the former district, without itself', () => {
  const around = directory.nearby(RACH_GIA);
  expect(around.length).toBeGreaterThan(0);
  expect(around).not.toContain(RACH_GIA);
  for (const code of around) expect(directory.nearby(code)).toContain(RACH_GIA);
});
