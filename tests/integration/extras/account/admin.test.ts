import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordLinkAction } from '@/app/(account)/admin/[app]/[model]/[id]/password_link/actions';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { overrideSettings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import type { User } from '@/lib/contrib/auth/models';
import { defaultTokenGenerator } from '@/lib/contrib/auth/tokens';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { checkAccounts } from '@/lib/extras/account/checks';
import { site, toldBy, type Visitor } from '@/tests/support/account/visitor';
import { untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';

let here: Awaited<ReturnType<typeof site>>;
let root: User;
let asRoot: Visitor;
let ada: User;
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site({});
  root = await makeSuperuser();
});
afterAll(() => here.remove());
beforeEach(async () => {
  await here.news();
  asRoot = here.visitor(await browserOf(root));
  made += 1;
  const username = `ada${made}`;
  ada = await users.createUser({ username, email: `${username}@example.com`, password: null });
});

const sendLinks = (visitor: Visitor, ids: readonly number[]) => {
  const fields = { _model: 'auth.user', _query: '', action: 'send_set_password_link' };
  return visitor.send(listAction, { ...fields, _selected_action: ids.join(',') });
};

describe('a set-password link', () => {
  it('opens an account that has no password, and is in the log', async () => {
    const answer = await asRoot.send(passwordLinkAction, { _id: String(ada.id) });
    expect(answer.location).toBe(`/admin/auth/user/${ada.id}/change/`);
    const [mail] = await here.news();
    const [, token = ''] = /\/accounts\/reset\/\w+\/([\w-]+)\//.exec(mail?.text ?? '') ?? [];
    expect(defaultTokenGenerator.checkToken(await reload(ada), token)).toBe(true);
    const events = (await eventsAbout(ada.id)).map(({ event, detail }) => [event, detail]);
    expect(events).toContainEqual(['authn_token_created', '{"kind":"set-password link"}']);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('goes to all that are ticked, but to nobody without an address or asleep', async () => {
    const silent = await users.createUser({ username: `silent${made}`, password: null });
    const asleep = { username: `asleep${made}`, email: 'z@example.com', isActive: false };
    const { id } = await users.createUser({ ...asleep, password: null });
    const answer = await sendLinks(asRoot, [ada.id, silent.id, id]);
    const told = `A link goes to 1 user. silent${made} has no email address. asleep${made} is inactive.`;
    expect(toldBy(answer)).toBe(told);
    expect((await here.news()).map(({ headers }) => headers['to'])).toEqual([ada.email]);
  });

  it('is sent by nobody who may not set the password', async () => {
    await grant(ada, 'auth.delete_user');
    const staff = await makeStaff('auth.view_user', 'auth.change_user');
    const visitor = here.visitor(await browserOf(staff));
    expect(toldBy(await sendLinks(visitor, [ada.id, root.id]))).toMatch(/^A link goes to 0 users/);
    expect((await visitor.send(passwordLinkAction, { _id: String(ada.id) })).status).toBe(403);
    const stranger = here.visitor(await browserOf(ada));
    expect((await stranger.send(passwordLinkAction, { _id: String(root.id) })).status).toBe(403);
    expect(await here.news()).toEqual([]);
  });
});

describe('the screens of users', () => {
  it('keep the table of addresses in step with the address of the account', async () => {
    await db.emailAddress.create({
      data: { userId: ada.id, email: ada.email, verified: true, primary: true },
    });
    const shown = await untouched(screens('auth.user'), ada.id);
    const email = `Next${made}@example.com`;
    const fields = { ...shown, _model: 'auth.user', _id: [ada.id], email };
    expect((await asRoot.send(saveAction, fields)).status).toBe(303);
    const rows = await db.emailAddress.findMany({
      where: { userId: ada.id },
      orderBy: { id: 'asc' },
    });
    expect(rows.map((row) => [row.email, row.primary, row.verified])).toEqual([
      [ada.email, false, true],
      [email.toLowerCase(), true, false],
    ]);
    const facts = await screens('auth.user').options.facts?.({ id: ada.id, email }, root);
    expect(facts).toContainEqual({
      label: 'Addresses',
      text: `${email.toLowerCase()} (primary, not confirmed), ${ada.email} (confirmed)`,
    });
  });

  it('let nobody take the proof of somebody mightier', async () => {
    const where = { userId: root.id, email: 'root@example.com', verified: true, primary: true };
    const { id } = await db.emailAddress.create({ data: where });
    const perms = ['account.view_emailaddress', 'account.delete_emailaddress'] as const;
    const staff = await makeStaff(...perms);
    const admin = screens('account.emailaddress');
    expect(await deleteRows(admin, [id], requestOf(staff))).toMatchObject({ count: 0 });
    expect(await deleteRows(admin, [id], requestOf(root))).toMatchObject({ count: 1 });
  });

  it('neither add nor change an address, an invitation once sent, or a deletion', async () => {
    const created = new Date();
    const data = { email: 'x@example.com', tokenHash: 'x', inviterUsername: '', note: '', created };
    const { id } = await db.invitation.create({ data: { ...data, expires: created } });
    const fields = { _model: 'account.invitation', _id: String(id), email: 'y@example.com' };
    expect((await asRoot.send(saveAction, fields)).status).toBe(403);
    for (const model of ['account.emailaddress', 'account.accountdeletion']) {
      expect((await asRoot.send(saveAction, { _model: model })).status).toBe(403);
    }
  });
});

describe('the checks', () => {
  it.each([
    ['account.E001', { ACCOUNT_DELETION_GRACE: -1 }],
    ['account.E001', { INVITATIONS_INVITATION_EXPIRY: 0 }],
    ['account.E002', { ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS: 0 }],
    ['account.E003', { ACCOUNT_EMAIL_VERIFICATION: 'always' as 'none' }],
    ['account.E004', { ACCOUNT_SIGNUP_DOMAINS: ['@Example.com'] }],
    ['account.W005', { ACCOUNT_LOGIN_BY_CODE_TIMEOUT: 601 }],
  ])('find %s in %j', async (id, set) => {
    expect(checkAccounts()).toEqual([]);
    expect((await overrideSettings(set, checkAccounts)).map((found) => found.id)).toEqual([id]);
  });
});
