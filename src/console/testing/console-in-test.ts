import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { loadReferralGrounds } from '../../reports/referral-grounds.js';
import type { StaffMember } from '../../staff/staff.js';
import { loadTexts } from '../../texts/texts.js';
import { createConsole } from '../console.js';
import type { ConsoleDeps } from '../deps.js';
import { fakeCaseWork } from './fake-case-work.js';
import { fakeDesk } from './fake-desk.js';
import { fakeEvidence } from './fake-evidence.js';
import { fakeKeyring, fakeMemberKeys } from './fake-keys.js';
import { fakeAudit, fakeLife, fakeReferrals } from './fake-life.js';
import { fakeOperations } from './fake-operations.js';
import { fakeSecondSteps } from './fake-second-steps.js';
import { fakeStaff } from './fake-staff.js';
import { EVERYBODY, NOW, PASSPHRASE, testCases, testDirectory } from './people.js';

const texts = loadTexts('locales/vi/console');

/** The true console over HTTP with staff, desk and clock in memory. */
export async function startConsole(changes: Partial<ConsoleDeps> = {}) {
  const clock = { now: NOW };
  const secondSteps = fakeSecondSteps();
  const staff = fakeStaff(EVERYBODY, secondSteps.reset);
  const nameOf = (staffId: string) => EVERYBODY.find(({ id }) => id === staffId)?.name ?? '';
  const keyring = fakeKeyring();
  const desk = fakeDesk(testCases(), nameOf, () => clock.now);
  const caseWork = fakeCaseWork(desk, nameOf, () => clock.now);
  const audit = fakeAudit();
  const evidence = fakeEvidence(nameOf, () => clock.now);
  const logged: string[] = [];
  const note = (fields: Record<string, unknown>, message: string) => {
    logged.push(`${JSON.stringify(fields)} ${message}`);
  };
  const verified: string[] = [];
  const app = express();
  app.use(
    '/console',
    createConsole({
      desk,
      ...caseWork,
      life: fakeLife(desk),
      referrals: fakeReferrals(),
      grounds: loadReferralGrounds('.'),
      audit,
      evidence: evidence.desk,
      evidenceAbove: evidence.above,
      staff,
      secondSteps,
      // Its own tests ask for it (second-step.test.ts); the others are about what comes after.
      secondStep: 'off',
      ...fakeOperations(),
      keyring,
      memberKeys: fakeMemberKeys,
      directory: testDirectory,
      channelAlarms: async () => [],
      contentState: () => ({ hidden: [], dueSoon: [] }),
      unknownQuestions: { list: async () => [] },
      texts,
      now: () => clock.now,
      newId: randomUUID,
      randomBytes,
      hashPassphrase: async (text) => `hash:${text}`,
      verifyPassphrase: async (hash, text) => {
        verified.push(hash);
        return hash === `hash:${text}`;
      },
      onQueueChange: desk.onQueueChange,
      secureCookies: false,
      log: { info: note, warn: note, error: note },
      assetsFolder: 'dist/public',
      ...changes,
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    clock,
    staff,
    secondSteps,
    keyring,
    desk,
    evidence,
    audit,
    caseWork,
    logged,
    verified,
    stop,
  };
}

export type RunningConsole = Awaited<ReturnType<typeof startConsole>>;

/** A browser as far as tests need one: keeps the cookie, follows nothing by itself, repeats the form token. */
export class TestBrowser {
  cookie = '';
  formToken = '';
  constructor(private readonly url: string) {}

  async get(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ response: Response; html: string }> {
    return this.#send(path, { headers });
  }

  /** Posts a form with the token of the last page. */
  async post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const form = new URLSearchParams({ form_token: this.formToken, ...fields });
    return this.#send(path, { method: 'POST', body: form, headers: { Origin: this.url, ...headers } });
  }

  /** Signs in and remembers the form token of the first page. */
  async signIn(member: StaffMember, passphrase = PASSPHRASE): Promise<this> {
    await this.post('/console/sign-in', { sign_in_name: member.signInName, passphrase });
    const home = await this.get('/console');
    const location = home.response.headers.get('location');
    if (location) await this.get(location);
    return this;
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }) {
    const headers = { ...init.headers, ...(this.cookie && { Cookie: this.cookie }) };
    const response = await fetch(new URL(path, this.url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.cookie = pair.endsWith('=') ? '' : pair;
    }
    const html = await response.text();
    const token = /name="form_token" value="([^"]+)"/.exec(html)?.[1];
    if (token !== undefined) this.formToken = token;
    return { response, html };
  }
}
