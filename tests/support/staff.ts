import { ConsoleClient } from './console-client.js';
import type { RunningService } from './running-service.js';
import { until } from './until.js';

export const PASSPHRASE = 'mười hai con đò ngang';
const LINK = /\/console\/start\/[\w-]+/;

/** Opens a one-time link, chooses a passphrase and sets up the second step; signed in afterwards. */
async function acceptLink(url: string, link: string | undefined): Promise<ConsoleClient> {
  if (link === undefined) throw new Error('There is no one-time link.');
  const member = new ConsoleClient(url);
  await member.open(link);
  await member.submit(/start|^$/, { passphrase: PASSPHRASE, repeated: PASSPHRASE });
  await member.answerSecondStep();
  return member;
}

/** The first administrator of a fresh service, by the link on its page of lines. */
export async function firstAdministrator(service: RunningService): Promise<ConsoleClient> {
  await until(() => LINK.test(service.output()));
  return acceptLink(service.url, LINK.exec(service.output())?.[0]);
}

export interface NewMember {
  readonly name: string;
  readonly sign_in_name: string;
  readonly role: string;
  readonly agency_search: string;
  readonly agency: string;
}

/** Somebody the administrator invites, signed in by their link. */
export async function inviteMember(admin: ConsoleClient, member: NewMember): Promise<ConsoleClient> {
  await admin.open('/console/people/invite');
  await admin.submit(/invite/, { ...member });
  return acceptLink(admin.url, LINK.exec(admin.page)?.[0]);
}

/** Somebody who holds the agency's key lets in whoever waits for it. */
export async function letIn(colleague: ConsoleClient): Promise<void> {
  await colleague.open('/console/keys');
  await colleague.submit(/let-in/);
}
