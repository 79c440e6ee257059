import type { CaseIdentityOpener } from '../reports/evidence/desk.js';
import { CaseStaysSealed } from '../reports/member-keys.js';
import { openCaseKey } from './case-keys.js';
import type { Db } from './database.js';

/** Opens cases with the keys of whoever acts, as their session holds them. */
export const createCaseIdentityOpener = (db: Db): CaseIdentityOpener => ({
  async identityOf({ keys }, reportId) {
    if (keys === undefined) return undefined;
    try {
      return await openCaseKey(db, keys, reportId);
    } catch (error) {
      if (error instanceof CaseStaysSealed) return undefined;
      throw error;
    }
  },
});
