import { askAction } from '@/app/(access-requests)/accounts/access-requests/actions';
import {
  approveAction,
  refuseAction,
} from '@/app/(access-requests)/admin/access_requests/accessrequest/actions';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { sealRefused } from '@/lib/extras/access-requests/refused-seal';
import { emptyFormState, type FormState, isFormState } from '@/lib/forms/forms';
import { grant, reload } from '@/tests/support/auth/grants';
import { browserOf } from '@/tests/support/server-call';
import { Browser } from '../../contrib/auth/one-way-in/browser';

export const PERM = 'articles.publish_article';
export const WEEK = 7 * 86_400;

let made = 0;

/** A browser in which somebody has signed in a moment ago. */
export async function browserFor(user: User): Promise<Browser> {
  const browser = new Browser();
  browser.cookie = await browserOf(user);
  return browser;
}

type Flags = { isStaff?: boolean; isSuperuser?: boolean };

/** Somebody, without an address, who holds these permissions. */
export async function somebody(name: string, perms: string[] = [], flags: Flags = {}) {
  made += 1;
  const username = `${name}${made}`;
  const user = await users.createUser({ username, ...flags });
  for (const perm of perms) await grant(user, perm);
  return reload(user);
}

/** Ada, who holds nothing, and a member of staff who may give what she asks for. */
export async function makeAskers() {
  const ada = await somebody('ada');
  const chief = await somebody('chief', ['auth.view_user', 'auth.change_user', PERM], {
    isStaff: true,
  });
  return { ada, chief };
}

/** Let mails reach somebody; gives their address. */
export async function giveAddress({ id, username }: User): Promise<string> {
  const email = `${username}@example.org`;
  await db.user.updateMany({ where: { id }, data: { email } });
  return email;
}

/** The state that an action shows; an empty one where it led elsewhere. */
export function stateOf(value: unknown): FormState {
  return isFormState(value) ? value : emptyFormState;
}

type Asking = { refused?: string; reason?: string; duration?: string };

/** Send the form by which somebody asks. */
export async function ask(user: User, asking: Asking = {}, browser?: Browser) {
  const { reason = 'The June issue', duration = 'week' } = asking;
  const refused = asking.refused ?? (await sealRefused({ user: user.id, perms: [PERM] }));
  const sender = browser ?? (await browserFor(user));
  return sender.post((form) => askAction(emptyFormState, form), { refused, reason, duration });
}

/** The id of the newest request of somebody's. */
export async function newestOf(user: User): Promise<number> {
  const where = { userId: user.id };
  return (await db.accessRequest.findFirstOrThrow({ where, orderBy: { id: 'desc' } })).id;
}

type Approving = { way?: string; duration?: string; answer?: string; seen?: string };

/** Send the form by which somebody grants. */
export async function approve(by: User, id: number, approving: Approving = {}, browser?: Browser) {
  const { way = 'direct', duration = 'week', answer = '', seen = '' } = approving;
  const form = { _id: String(id), way, duration, answer, [`seen_${way}`]: seen };
  const sender = browser ?? (await browserFor(by));
  return sender.post((data) => approveAction(emptyFormState, data), form);
}

/** Send the form by which somebody refuses. */
export async function refuse(by: User, id: number, refusal = 'Ask the editors.') {
  const sender = await browserFor(by);
  return sender.post((data) => refuseAction(emptyFormState, data), { _id: String(id), refusal });
}
