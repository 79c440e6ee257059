import type { Agency, Directory, Place } from '../../directory/directory.js';
import type { CaseFile } from '../../reports/case.js';
import type { StaffMember } from '../../staff/staff.js';
import { testFiles } from './test-files.js';

/** Half past two in the afternoon in Viet Nam. */
export const NOW = Date.parse('2026-11-24T07:30:00Z');

const PLACES: readonly Place[] = [
  {
    code: '30730',
    name: 'Rạch Giá',
    fullName: 'Phường Rạch Giá',
    kind: 'phường',
    formerProvince: 'Kiên Giang',
    island: false,
    border: false,
    effectiveFrom: '2025-07-01',
  },
];
const AGENCIES: readonly Agency[] = [
  {
    id: 'ubnd-30730',
    name: 'Ủy ban nhân dân phường Rạch Giá',
    level: 'commune',
    placeCode: '30730',
    parent: 'so-y-te',
  },
  { id: 'ubnd-30760', name: 'Ủy ban nhân dân xã Hòn Đất', level: 'commune', placeCode: '30760' },
  { id: 'so-y-te', name: 'Sở Y tế tỉnh An Giang', level: 'province' },
];

/** Two communes and the province; enough for pages. */
export const testDirectory: Directory = {
  places: PLACES,
  agencies: AGENCIES,
  place: (code) => PLACES.find((place) => place.code === code),
  agency: (id) => AGENCIES.find((agency) => agency.id === id),
  communeAgencyId: () => '',
  findPlaces: () => [],
  nearby: () => [],
  exclusionsOf: () => [],
  excludedWith: (agencyId) => [{ agencyId, why: 'works_there' }],
  competentFor: () => {
    throw new Error('The console does not route.');
  },
};

/** All test members have this passphrase; the fake hash is the text itself behind a mark. */
export const PASSPHRASE = 'bốn con thuyền giấy';

const member = (
  number: number,
  signInName: string,
  name: string,
  role: StaffMember['role'],
  agencyId?: string,
) => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  signInName,
  name,
  role,
  ...(agencyId !== undefined && { agencyId }),
  passphraseHash: `hash:${PASSPHRASE}`,
  disabled: false,
});

export const hoa = member(1, 'hoa', 'Nguyễn Thị Hoa', 'handler', 'ubnd-30730');
export const tam = member(2, 'tam', 'Trần Văn Tâm', 'lead', 'ubnd-30730');
export const lien = member(3, 'lien', 'Lê Thị Liên', 'coordinator', 'ubnd-30730');
export const binh = member(4, 'binh', 'Phạm Thanh Bình', 'handler', 'ubnd-30760');
export const mai = member(5, 'mai', 'Đỗ Ngọc Mai', 'content');
export const khoa = member(6, 'khoa', 'Võ Anh Khoa', 'oversight');
export const quan = member(7, 'quan', 'Huỳnh Minh Quân', 'administrator');
/** Leads the level above the first commune. */
export const dung = member(8, 'dung', 'Ngô Tiến Dũng', 'lead', 'so-y-te');
export const EVERYBODY: readonly StaffMember[] = [hoa, tam, lien, binh, mai, khoa, quan, dung];

const minutes = (count: number) => new Date(NOW + count * 60_000);
const basic = {
  placeCode: '30730',
  agencyId: 'ubnd-30730',
  state: 'new',
  unread: 0,
  basis: 'Luật Trẻ em 102/2016/QH13 Điều 51; Nghị định 56/2017/NĐ-CP Điều 25–26',
  evidence: [],
  contactWish: 'nothing',
  messages: [],
  access: 'lead',
  notes: [],
  referrals: [],
} as const;

export const URGENT_ID = '10000000-0000-4000-8000-000000000001';
export const CALM_ID = '10000000-0000-4000-8000-000000000002';

/** One urgent, one calm; nobody has them yet. */
export function testCases(): CaseFile[] {
  return [
    {
      ...basic,
      id: CALM_ID,
      number: '26-0041',
      category: 'school_dropout',
      urgency: 'normal',
      openedAt: minutes(-90),
      acceptBy: minutes(22 * 60),
      evidence: testFiles(NOW),
      report: { words: 'Em hàng xóm nghỉ học hai tuần nay.', details: {}, voice: 'adult' },
      events: [{ kind: 'opened', at: minutes(-90) }],
    },
    {
      ...basic,
      id: URGENT_ID,
      number: '26-0042',
      category: 'physical_abuse',
      urgency: 'urgent',
      openedAt: minutes(-10),
      acceptBy: minutes(50),
      evidence: [],
      contactWish: 'note',
      report: {
        words: 'Con sợ về nhà. <script>alert(1)</script>',
        placeWords: 'gần chợ nhà lồng',
        details: { safe: 'unsafe', when: 'tối qua' },
        voice: 'child',
      },
      events: [{ kind: 'opened', at: minutes(-10) }],
    },
  ];
}
