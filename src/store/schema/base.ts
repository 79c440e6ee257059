import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/**
 * The tables, one PostgreSQL schema of their own so that they never meet BullMQ's. Columns named `sealed_…` hold
 * encrypted bytes: by `ServiceCipher` what the service itself must read again, by age what only people may open (keys.ts, the
 * content of reports and cases); everything else is clear and must tell nothing about a person.
 * After a change here: `npm run migrations`, read the SQL it writes, commit both.
 */
export const langNghe = pgSchema('lang_nghe');

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
