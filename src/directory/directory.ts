/**
 * Who is responsible for this harm, in this place, today. Everything is data in data/, with dates of effect; the code
 * here knows no agency and no place by name.
 */

/** What a report can be about. Each belongs to one of the report types of data/competence.yaml. */
export const CATEGORIES = [
  'physical_abuse',
  'sexual_abuse',
  'neglect',
  'domestic_violence',
  'school_violence',
  'child_labour',
  'trafficking',
  'online_harm',
  'abandonment',
  'hazard',
  'accident',
  'school_dropout',
  'mental_health',
  'health_care',
  'social_assistance',
  'harmful_content',
  'child_offence',
  'civil_status',
  'no_action',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The offices of a commune that receive reports, and where an accused person might work. */
export const COMMUNE_OFFICES = ['commune_committee', 'commune_police'] as const;
export type CommuneOffice = (typeof COMMUNE_OFFICES)[number];

/**
 * Where an accused person can be said to work, as the report asks: the ids of its choices. Which agencies each of them
 * keeps out is data/exclusions.yaml. `school`: no school receives reports here, so it keeps out nobody.
 */
export const ACCUSED_OFFICES = [
  ...COMMUNE_OFFICES,
  'school',
  'health_department',
  'education_department',
  'home_affairs_department',
  'justice_department',
  'culture_department',
  'science_department',
  'ethnic_affairs_department',
  'inspectorate',
  'provincial_committee',
  'provincial_police',
  'border_guard',
] as const;
export type AccusedOffice = (typeof ACCUSED_OFFICES)[number];

/** An agency that must not get a case. `works_there`: the accused person's office · `same_people`: under or over that office, as configured. */
export interface ExcludedAgency {
  readonly agencyId: string;
  readonly why: 'works_there' | 'same_people';
}

/** A unit of today: xã, phường or đặc khu, with the older units it was made of. */
export interface Place {
  /** Official code of the General Statistics Office. */
  readonly code: string;
  /** Without its kind: "Rạch Giá". */
  readonly name: string;
  /** With its kind: "Phường Rạch Giá". */
  readonly fullName: string;
  readonly kind: 'xã' | 'phường' | 'đặc khu';
  readonly formerProvince: 'Kiên Giang' | 'An Giang';
  readonly island: boolean;
  readonly border: boolean;
  readonly effectiveFrom: string;
}

/** A way people name a place, and the unit of today it means. */
export interface PlaceMatch {
  readonly place: Place;
  /** The name that matched, written properly: "Thị trấn Minh Lương (huyện Châu Thành cũ)"; equals `place.fullName` for a name of today. */
  readonly knownAs: string;
  /** 0 to 1; 1 is the whole name. Compares only within one call. */
  readonly score: number;
}

export interface Agency {
  /** E.g. "ubnd-30730", "ca-30730", "so-y-te". Never changes. */
  readonly id: string;
  readonly name: string;
  readonly level: 'commune' | 'province';
  /** Code of the commune for commune agencies. */
  readonly placeCode?: string;
  /** Id of the level above; absent at the top. */
  readonly parent?: string;
}

export interface CompetenceQuestion {
  readonly category: Category;
  /** Unknown place: the provincial level picks, the report is never dropped. */
  readonly placeCode?: string;
  /** Day of the report, ISO date. */
  readonly on: string;
  /** Whether an agency has members who can receive; one that has none is stepped over to the level above. */
  readonly isOpen: (agencyId: string) => boolean;
  /** Agencies that must not get it (the accused person's office). */
  readonly excluded: readonly string[];
}

export interface Competence {
  /** Receives and owns the case. */
  readonly lead: Agency;
  /** Whom the lead may involve: named on the case, with no access to it. */
  readonly cooperating: readonly Agency[];
  /** The levels above the lead, nearest first, without the excluded ones. */
  readonly above: readonly Agency[];
  /** Legal basis, for the log: document and article. */
  readonly basis: string;
  /** Agencies that came first by rule but were stepped over, with the reason; empty in the plain case. */
  readonly steppedOver: readonly { readonly agencyId: string; readonly reason: 'not_open' | 'excluded' }[];
}

export interface Directory {
  readonly places: readonly Place[];
  readonly agencies: readonly Agency[];
  place(code: string): Place | undefined;
  agency(id: string): Agency | undefined;
  /** The id of this office in this commune. */
  communeAgencyId(office: CommuneOffice, placeCode: string): string;
  /** Units that lie around this one, as far as is known: they were made of the same former district. Without itself. */
  nearby(placeCode: string): readonly string[];
  /** Who must not get a case whose accused person works there. Place unknown: that office of every commune. */
  exclusionsOf(office: AccusedOffice, placeCode: string | undefined): readonly ExcludedAgency[];
  /** The agency and everybody under or over it who must not get what it must not get. */
  excludedWith(agencyId: string): readonly ExcludedAgency[];
  /** Units meant by a name old or new, with or without diacritics or kind; best first, at most `limit` (5). [] when nothing fits. */
  findPlaces(text: string, limit?: number): readonly PlaceMatch[];
  competentFor(question: CompetenceQuestion): Competence;
}
