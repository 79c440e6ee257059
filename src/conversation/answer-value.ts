/** A day told in words: the words always, the days they mean when they name some (ISO, in Việt Nam; both ends included). */
export interface DateAnswer {
  readonly words: string;
  readonly from?: string;
  readonly to?: string;
}

/** What a flow saves: the id of a choice or own words, several ids, a number, a day in words. Plain JSON. */
export type AnswerValue = string | number | readonly string[] | DateAnswer;

export const isDateAnswer = (value: AnswerValue): value is DateAnswer =>
  typeof value === 'object' && 'words' in value;

/** A saved value as the words a condition or a branch compares with: several choices are several. */
export function saidAs(value: AnswerValue | undefined): readonly string[] {
  if (value === undefined || isDateAnswer(value)) return [];
  return typeof value === 'object' ? value : [String(value)];
}
