import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/store/database.js';
import { purge } from '../../src/store/purge.js';
import { resealUnderCurrentKey } from '../../src/store/rotation.js';
import { createServiceCipher } from '../../src/store/service-cipher.js';
import { createUnknownQuestions } from '../../src/store/unknown-questions.js';
import { type Backend, describeOnEachDatabase } from '../support/backends.js';
import { openDatabase } from '../support/open-database.js';

const DAY = 24 * 3_600_000;
/** Half an hour before midnight in Việt Nam. */
const NOW = Date.parse('2026-11-24T16:30:00Z');
const key = randomBytes(32);
const cipher = createServiceCipher([key]);
const never = (error: unknown): never => {
  throw error;
};

describeOnEachDatabase('unknown questions', (make) => {
  let backend: Backend;
  let database: Database;
  let now = NOW;
  beforeAll(async () => {
    backend = await make();
    database = await openDatabase(backend);
  });
  afterAll(async () => {
    await database.close();
    await backend.drop();
  });
  beforeEach(async () => {
    now = NOW;
    await database.db.execute(sql`delete from lang_nghe.unknown_questions`);
  });
  const open = () => createUnknownQuestions(database.db, cipher, () => now, never);

  test('the same words of a day are one line with their count, from every process; the newest day comes first', async () => {
    const [one, other] = [open(), open()];
    one.note(['xin giấy gì cho con …']);
    other.note(['xin giấy gì cho con …', 'có lớp học bơi không']);
    other.note(['xin giấy gì cho con …']);
    await one.flush();
    await other.flush();
    now += 3_600_000;
    one.note(['có lớp học bơi không']);
    await one.flush();
    expect(await open().list(10)).toEqual([
      { text: 'có lớp học bơi không', day: '2026-11-25', times: 1 },
      { text: 'xin giấy gì cho con …', day: '2026-11-24', times: 3 },
      { text: 'có lớp học bơi không', day: '2026-11-24', times: 1 },
    ]);
  });

  test('nothing is written in the moment of the turn, and nothing readable ever', async () => {
    const questions = open();
    questions.note(['chữ chim hoàng yến']);
    expect(await questions.list(10)).toEqual([]);
    await questions.flush();
    const { rows } = (await database.db.execute(
      sql`select row_to_json(q)::text as row, encode(sealed_text, 'escape') as sealed from lang_nghe.unknown_questions q`,
    )) as unknown as { rows: { row: string; sealed: string }[] };
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('hoàng');
    expect(Object.keys(JSON.parse(rows[0]?.row ?? '{}')).sort()).toEqual([
      'day',
      'id',
      'sealed_text',
      'times',
      'words_key',
    ]);
  });

  test('they are gone after 30 days, and move under a new key before', async () => {
    const questions = open();
    questions.note(['câu cũ']);
    await questions.flush();
    const renewed = createServiceCipher([randomBytes(32), key]);
    await resealUnderCurrentKey(database.db, renewed);
    const reader = createUnknownQuestions(database.db, renewed, () => now, never);
    expect(await reader.list(10)).toHaveLength(1);
    await purge(database.db, new Date(NOW + 29 * DAY));
    expect(await reader.list(10)).toHaveLength(1);
    await purge(database.db, new Date(NOW + 31 * DAY));
    expect(await reader.list(10)).toEqual([]);
  });
});
