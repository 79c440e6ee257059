/** How old a child is, as coarsely as it may stand in the clear: it helps to find reports of the same matter. */
export const AGE_BANDS = ['0-5', '6-11', '12-15', '16-17'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** The band of an age in whole years, as the report says it; undefined when it says none, or no child's. */
export function ageBandOf(age: string | undefined): AgeBand | undefined {
  if (age === undefined || !/^\d{1,2}$/.test(age)) return undefined;
  const years = Number(age);
  return AGE_BANDS.find((band) => years <= Number(band.split('-')[1]));
}
