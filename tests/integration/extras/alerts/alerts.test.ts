import { beforeAll, beforeEach, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { loginCompleted } from '@/lib/contrib/auth/signals';
import { users } from '@/lib/contrib/auth/users/managers';
import { Session } from '@/lib/contrib/sessions/session';
import { db, transaction } from '@/lib/db/client';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { screens } from '@/tests/support/admin/staff';
import { reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { answerOf } from '@/tests/support/plain-source';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0';

let made = 0;
let ada: User;

beforeAll(freshDatabase);
beforeEach(async () => {
  made += 1;
  await db.user.updateMany({ data: { isSuperuser: false } });
  ada = await users.createUser({ username: `ada${made}`, email: `ada${made}@x.org` });
});

/** What is mailed, as addresses and subjects, when something is done in a request of a browser. */
async function mailedBy(work: () => Promise<unknown>, inRequest = true): Promise<string[]> {
  const folder = await mailFolder();
  const request = new Request('http://localhost:3000/', { method: 'POST' });
  const action = async () => {
    await work();
  };
  await overrideSettings({ EMAIL_URL: folder.url }, () =>
    inRequest ? answerOf(request, 'action', action).then(() => undefined) : action(),
  );
  const mails = await folder.mails();
  await folder.remove();
  return mails.map(({ headers }) => `${headers['to']}: ${headers['subject']}`).toSorted();
}

async function makeRoot(name: string, fields: { email?: string; isActive?: boolean } = {}) {
  return reload(await users.createSuperuser({ username: `${name}${made}`, ...fields }));
}

async function raise(user: User, by: User): Promise<void> {
  const fields = await untouched(screens('auth.user'), user.id);
  const outcome = await save('auth.user', { ...fields, is_superuser: 'on' }, { id: user.id, by });
  expect(outcome.kind).toBe('saved');
}

it('superusers are told of a new one, in a request and not of what a command does', async () => {
  const root = await makeRoot('root', { email: `root${made}@x.org` });
  await makeRoot('mute');
  const subject = 'A superuser was made on Gatehouse';
  expect(await mailedBy(() => raise(ada, root))).toEqual([
    `${ada.email}: ${subject}`,
    `root${made}@x.org: ${subject}`,
  ]);
  const ben = await users.createUser({ username: `ben${made}` });
  expect(await mailedBy(() => raise(ben, root), false)).toEqual([]);
});

it('nobody is told of a superuser whom a transaction took back, nor where the site wants no such mail', async () => {
  const root = await makeRoot('root', { email: `root${made}@x.org` });
  const tell = (fails: boolean) =>
    transaction(async (tx) => {
      const target = { id: ada.id, username: ada.username };
      const detail = { isSuperuser: true };
      const name = 'privilege_permissions_changed' as const;
      await logSecurityEvent({ name, actor: root, target, detail, tx });
      if (fails) throw new Error('taken back');
    });
  expect(await mailedBy(() => tell(true).catch(() => {}))).toEqual([]);
  const quiet = () => overrideSettings({ ALERTS: [] }, () => tell(false));
  expect(await mailedBy(quiet)).toEqual([]);
  expect(await mailedBy(() => tell(false))).toHaveLength(1);
});

it('a person is told once a day that tries at their name have failed', async () => {
  const fail = (username = ada.username) =>
    logSecurityEvent({
      name: 'authn_login_fail_max',
      username,
      request: { ipAddress: '192.0.2.1' },
    });
  const told = [`${ada.email}: Tries to sign in to your Gatehouse account failed`];
  expect(await mailedBy(fail)).toEqual(told);
  expect(await mailedBy(fail)).toEqual([]);
  expect(await mailedBy(() => fail('nobody'))).toEqual([]);
});

it('a person is told of a sign-in from where they have not been, and not of the first', async () => {
  const signIn = async (ipAddress: string, userAgent: string) => {
    const request = { ipAddress, userAgent };
    await logSecurityEvent({ name: 'authn_login_success', actor: ada, request });
    await loginCompleted.send({
      request: { ...request, session: new Session(), user: ada },
      user: ada,
    });
  };
  const told = [`${ada.email}: New sign-in to your Gatehouse account`];
  expect(await mailedBy(() => signIn('192.0.2.1', CHROME))).toEqual([]);
  expect(await mailedBy(() => signIn('192.0.9.9', CHROME.replace('150', '151')))).toEqual([]);
  expect(await mailedBy(() => signIn('192.0.2.1', FIREFOX))).toEqual(told);
  expect(await mailedBy(() => signIn('203.0.113.7', FIREFOX))).toEqual(told);
  expect(await mailedBy(() => signIn('203.0.113.7', FIREFOX))).toEqual([]);
});
