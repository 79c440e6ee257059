/** The tables, one file a family. What columns named `sealed_…` are, and how to change a table: base.ts. */
export { langNghe } from './schema/base.js';
export * from './schema/cases.js';
export * from './schema/channels.js';
export * from './schema/clocks.js';
export * from './schema/content.js';
export * from './schema/deferred.js';
export * from './schema/evidence.js';
export * from './schema/keys.js';
export * from './schema/on-call.js';
export * from './schema/record.js';
export * from './schema/referrals.js';
export * from './schema/reports.js';
export * from './schema/retention.js';
export * from './schema/routing.js';
export * from './schema/service.js';
export * from './schema/staff.js';
export * from './schema/talks.js';
export * from './schema/uploads.js';
