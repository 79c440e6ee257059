import { randomUUID } from 'node:crypto';
import { desc, sql } from 'drizzle-orm';
import { vietnamDay } from '../directory/vietnam-day.js';
import type { UnknownQuestions } from '../understanding/unknown-question.js';
import type { Db } from './database.js';
import { unknownQuestions } from './schema.js';
import { CannotUnseal, type ServiceCipher } from './service-cipher.js';

/** What is noted waits this long for company, milliseconds: written at once, a row would stand beside its turn. */
const WRITE_AFTER = 10 * 60_000;
/** So many different questions are held between two writings; more are not kept. */
const MOST_HELD = 500;

/**
 * Unknown questions on PostgreSQL. They are held in memory and written in one go, in the order of a keyed hash, so that neither
 * time nor transaction nor order leads from a question to a talk. A killed process loses the last minutes of them: they are hints.
 */
export function createUnknownQuestions(
  db: Db,
  cipher: ServiceCipher,
  now: () => number,
  onFault: (error: unknown) => void,
): UnknownQuestions {
  let held = new Map<string, { readonly day: string; readonly text: string; times: number }>();
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const noted = [...held].sort(([one], [other]) => (one < other ? -1 : 1));
    held = new Map();
    if (noted.length === 0) return;
    const rows = noted.map(([key, { day, text, times }]) => {
      const id = randomUUID();
      return {
        id,
        day,
        times,
        wordsKey: Buffer.from(key, 'hex'),
        sealedText: cipher.seal(`unknown question:${id}`, text),
      };
    });
    await db
      .insert(unknownQuestions)
      .values(rows)
      .onConflictDoUpdate({
        target: [unknownQuestions.day, unknownQuestions.wordsKey],
        set: { times: sql`${unknownQuestions.times} + excluded.times` },
      });
  };

  return {
    flush,
    note(questions) {
      const day = vietnamDay(now());
      for (const text of questions) {
        const key = cipher.contactHash('unknown question', `${day}\n${text}`);
        const same = held.get(key);
        if (same) same.times += 1;
        else if (held.size < MOST_HELD) held.set(key, { day, text, times: 1 });
      }
      if (held.size > 0) timer ??= setTimeout(() => void flush().catch(onFault), WRITE_AFTER).unref();
    },
    async list(most) {
      const rows = await db
        .select()
        .from(unknownQuestions)
        .orderBy(desc(unknownQuestions.day), desc(unknownQuestions.times), unknownQuestions.wordsKey)
        .limit(most);
      return rows.flatMap(({ id, day, times, sealedText }) => {
        try {
          return [{ text: cipher.unseal(`unknown question:${id}`, sealedText), day, times }];
        } catch (error) {
          // Under a key that is not listed any more: it is a hint, and gone in 30 days.
          if (error instanceof CannotUnseal) return [];
          throw error;
        }
      });
    },
  };
}
