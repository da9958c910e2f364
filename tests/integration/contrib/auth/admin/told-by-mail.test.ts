import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { sendIdentityMails } from '@/lib/contrib/auth/mails/identity-mails';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';

const done = { when: new Date(Date.UTC(2026, 10, 28, 12)), origin: 'https://site.test' };
let folder: Awaited<ReturnType<typeof mailFolder>>;
let user: User;
let made = 0;

beforeAll(freshDatabase);
beforeEach(async () => {
  made += 1;
  folder = await mailFolder();
  user = await users.createUser({ username: `told${made}`, email: `old${made}@x.test` });
});
afterAll(() => vi.restoreAllMocks());

/** Save the form of the user and do what follows the answer. Returns the mails by address. */
async function saved(fields: Fields, url = folder.url) {
  const admin = screens('auth.user');
  const form = formOf({ ...(await untouched(admin, user.id)), ...fields });
  const committed: (() => Promise<void> | undefined)[] = [];
  const outcome = await saveObject(admin, requestOf(await makeSuperuser()), {
    ...{ id: user.id, form, isFresh: true },
    written: (change) => committed.push(() => admin.options.committed?.(change, done)),
  });
  expect(outcome.kind).toBe('saved');
  await overrideSettings({ EMAIL_URL: url }, async () => {
    for (const tell of committed) await tell();
  });
  return mailsByAddress();
}

async function mailsByAddress() {
  const mails = (await folder.mails()).map((mail) => [mail.headers['to'] ?? '', mail] as const);
  await folder.remove();
  return new Map(mails);
}

it('whose address was changed is told at the new one and at the old one, which stays ignorant', async () => {
  const next = `new${made}@x.test`;
  const mails = await saved({ email: next, username: `renamed${made}` });
  expect([...mails.keys()].sort()).toEqual([next, user.email].sort());
  for (const [, { headers, text, html }] of mails) {
    expect(headers['subject']).toContain('The email address and the username of your');
    for (const part of [text, html]) {
      expect(part).toContain('site.test');
      expect(part).not.toContain(next);
    }
    expect(text).toContain(`Hello ${user.username},`);
    expect(text).toContain('tell the people who run the site at once');
  }
  expect(mails.get(next)?.text).toContain(`You sign in as renamed${made} from now on.`);
  expect(mails.get(user.email)?.text).not.toContain(`renamed${made}`);
});

it('whose name was changed is told the new one', async () => {
  const mails = await saved({ username: `renamed${made}` });
  expect([...mails.keys()]).toEqual([user.email]);
  expect(mails.get(user.email)?.text).toContain(`You sign in as renamed${made} from now on.`);
});

it('who had no address is told at the new one, who has none any more at the old one', async () => {
  await db.user.update({ where: { id: user.id }, data: { email: '' } });
  expect([...(await saved({ email: 'first@x.test' })).keys()]).toEqual(['first@x.test']);
  folder = await mailFolder();
  expect([...(await saved({ email: '' })).keys()]).toEqual(['first@x.test']);
});

it('nobody is told of what they are not known by', async () => {
  expect((await saved({ first_name: 'Ada', is_active: [] })).size).toBe(0);
});

it('the owner of a password is told that it was set or taken, and never which', async () => {
  await overrideSettings({ EMAIL_URL: folder.url }, async () => {
    for (const field of ['password set', 'password taken'] as const) {
      await sendIdentityMails(user, { before: user, fields: [field] }, done);
    }
  });
  const [set, taken] = await folder.mails();
  await folder.remove();
  expect(set?.headers['subject']).toBe('The password of your Gatehouse account was changed');
  expect(set?.text).toContain('All sessions have ended.');
  expect(set?.text).toContain('https://site.test/accounts/password_reset/');
  expect(taken?.text).toContain('Nobody can sign in with a password any more.');
  expect(taken?.text).not.toContain('/accounts/password_reset/');
});

it('a mail that cannot be sent undoes nothing, and is a line without an address', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  await saved({ email: 'unreachable@x.test' }, 'smtp://127.0.0.1:1');
  const lines = logged.mock.calls.flat().join('\n');
  expect(lines).toContain(`to user ${user.id} was not sent`);
  expect(lines).not.toContain('@x.test');
  const row = await db.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(row.email).toBe('unreachable@x.test');
});
