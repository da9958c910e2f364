import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { collectDeletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { objectHistory } from '@/lib/contrib/admin/history';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { authenticate } from '@/lib/contrib/auth';
import { addUser } from '@/lib/contrib/auth/admin/add-user';
import { newUserForm, newUserValues } from '@/lib/contrib/auth/admin/new-user-form';
import { setUserPassword } from '@/lib/contrib/auth/admin/set-password';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { checkAuthentication } from '@/lib/contrib/auth/checks';
import { command as changepassword } from '@/lib/contrib/auth/management/commands/changepassword';
import { command as createsuperuser } from '@/lib/contrib/auth/management/commands/createsuperuser';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { changePassword } from '@/lib/contrib/auth/passwords/password-change';
import { findUserOfLink, sendResetMails } from '@/lib/contrib/auth/passwords/password-reset';
import { checkUsernameIsUnique } from '@/lib/contrib/auth/users/checks/user-model-checks';
import { checkUserTables } from '@/lib/contrib/auth/users/checks/user-table-checks';
import { users } from '@/lib/contrib/auth/users/managers';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import { loadUserColumns } from '@/lib/extras/matrix/permission-matrix';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { command as throttle } from '@/lib/extras/throttling/management/commands/throttle';
import { listHolders } from '@/lib/extras/why/holder-list';
import { command as why } from '@/lib/extras/why/management/commands/why';
import { createArticle, listArticles } from '@/lib/site/articles/models';
import { command as seed } from '@/prisma/seed';
import { save } from '@/tests/support/admin/object-forms';
import { read } from '@/tests/support/admin/read-review';
import { makeStaff, makeSuperuser, requestOf, signIn } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { client, requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { run } from '@/tests/support/run-command';
import { statementsOf } from '@/tests/support/statements';
import { ACCOUNTS, Account } from '@/tests/support/user-model/account';

const PASSWORD = 'correct horse battery';
let root: User;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  root = await makeSuperuser();
  return tearDown;
});

describe('the tables of a user model of one’s own', () => {
  it('are what names users refers to, and auth.User has neither content type nor permissions', async () => {
    const entry = { actionTime: new Date(), userId: 987_654, objectRepr: 'x', actionFlag: 1 };
    const nobody = db.logEntry.create({ data: { ...entry, changeMessage: '' } });
    await expect(nobody).rejects.toThrow();
    const types = await db.contentType.findMany({ where: { model: 'user' } });
    expect(types.map(({ appLabel }) => appLabel)).toEqual(['accounts']);
    expect(await db.permission.count({ where: { codename: 'change_user' } })).toBe(1);
  });

  it('satisfy the checks', async () => {
    expect(checkAuthentication()).toEqual([]);
    expect(await checkUsernameIsUnique()).toEqual([]);
    expect(await checkUserTables()).toEqual([]);
  });
});

describe('commands', () => {
  it('make a superuser with the fields of the model, change a password and say why', async () => {
    const args = ['--noinput', '--email', 'boss@example.com', '--phone', '+49 30 1'];
    expect(await run(createsuperuser, args)).toMatchObject({ status: 0 });
    const boss = await users.getByNaturalKey('boss@example.com');
    expect(boss).toMatchObject({ phone: '+49 30 1', isSuperuser: true, isStaff: true });
    await run(changepassword, ['boss@example.com'], [PASSWORD, PASSWORD]);
    const signedIn = await authenticate(null, { username: 'boss@example.com', password: PASSWORD });
    expect(signedIn).toBeInstanceOf(Account);
    const told = await run(why, ['boss@example.com', 'accounts.add_user']);
    expect([told.status, told.out[0]]).toEqual([0, expect.stringContaining('boss@example.com')]);
  });

  it('seed people whose addresses are their names', async () => {
    const { status, out } = await run(seed, ['--users', '40']);
    expect([status, out]).toEqual([0, expect.arrayContaining(['Added 40 users.'])]);
    expect(await users.getByNaturalKey('ada@example.com')).toMatchObject({ firstName: 'Ada' });
    expect(await users.getByNaturalKey('user000040@example.com')).not.toBeNull();
    expect(await db.user.count()).toBe(0);
    const ada = await db.article.findFirst({ where: { authorId: { not: null } } });
    expect(await users.getById(ada?.authorId ?? 0)).not.toBeNull();
  });
});

describe('sign-in and passwords', () => {
  it('let in by the address, in one statement afterwards, until the password is another', async () => {
    const eve = await users.createUser({ username: 'eve@example.com', password: PASSWORD });
    expect(await authenticate(null, { username: 'eve@example.com', password: 'x' })).toBeNull();
    const seal = await signedIn(eve);
    const statements = await statementsOf(async () => {
      expect((await requestWith(seal)).user.getUsername()).toBe('eve@example.com');
    });
    expect(statements).toHaveLength(1);
    await eve.setPassword('another one entirely');
    await eve.save(['password']);
    expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
  });

  it('are reset by a mail to the address', async () => {
    const folder = await mailFolder();
    await overrideSettings({ EMAIL_URL: folder.url }, async () => {
      await users.createUser({ username: 'lost@example.com', password: PASSWORD });
      await sendResetMails('LOST@example.com', 'https://site.example');
      const [mail] = await folder.mails();
      const [, uidb64 = '', token = ''] =
        /\/accounts\/reset\/([\w-]+)\/([\w-]+)\//.exec(mail?.text ?? '') ?? [];
      const found = await findUserOfLink({ uidb64, token });
      if (!found) throw new Error('The link is nobody’s.');
      const request = { session: new Session(), user: new AnonymousUser(), ...client };
      await changePassword(request, found, 'a better horse', 'reset link');
      expect(found.getUsername()).toBe('lost@example.com');
      const again = { username: 'lost@example.com', password: 'a better horse' };
      expect(await authenticate(null, again)).not.toBeNull();
    });
    await folder.remove();
  });
});

describe('the admin', () => {
  it('asks a new user for the name and what the model requires, and logs who added them', async () => {
    expect(userAdminPath('add/')).toBe('/admin/accounts/user/add/');
    const typed = { email: 'New@EXAMPLE.com', phone: '123 45', usable_password: 'false' };
    const bare = await newUserForm().safeParseAsync({ usable_password: 'false' });
    expect(bare.error?.issues.map(({ path }) => path[0])).toEqual(['email', 'phone']);
    const parsed = await newUserForm().parseAsync(typed);
    const further = newUserValues(parsed);
    expect(further).toEqual({ email: 'New@example.com', phone: '123 45' });
    const added = await addUser(requestOf(root), {
      username: String(further['email']),
      further,
      password: null,
    });
    if ('error' in added) throw new Error(added.error);
    expect(await users.getById(added.id)).toMatchObject({ phone: '123 45', isActive: true });
    const { entries } = await objectHistory(userAdmin(), added.id, 1);
    expect(entries.map(({ user }) => user.username)).toEqual([root.getUsername()]);
    const again = { username: 'New@example.com', further, password: null };
    expect(await addUser(requestOf(root), again)).toEqual({
      error: 'A user with that email address already exists.',
    });
  });

  it('shows every field of the model, saves a change with its groups, and finds it by the list', async () => {
    const group = await makeGroup('Caretakers');
    const user = await users.createUser({ username: 'form@example.com' });
    const admin = userAdmin();
    const form = await changeForm(admin, await readSnapshot(db, admin, user.id), {
      canChange: true,
    });
    expect(form.sections.flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ...['email', 'first_name', 'last_name', 'phone', 'floor', 'is_active', 'is_staff'],
      ...['is_superuser', 'groups', 'user_permissions', 'last_login', 'date_joined'],
    ]);
    const fields = { email: 'form@example.com', first_name: 'Fay', phone: '0815', floor: '3' };
    const saved = await save(
      'accounts.user',
      { ...fields, is_active: 'on', groups: [group] },
      { id: user.id, by: root },
    );
    expect(saved).toMatchObject({ kind: 'saved', str: 'form@example.com' });
    expect(await users.getById(user.id)).toMatchObject({ firstName: 'Fay', floor: 3 });
    const params = new URLSearchParams({ q: 'fay', groups__id__exact: String(group) });
    const { rows } = await getChangeList(admin, root, params);
    expect(rows.map(({ id }) => id)).toEqual([user.id]);
    expect(JSON.stringify(await readSnapshot(db, admin, user.id))).not.toContain('password');
  });

  it('sets a password, ends the sessions, and deletes people with what hangs on them', async () => {
    const user = await users.createUser({ username: 'gone@example.com' });
    await signIn(user);
    await joinGroup(user, await makeGroup('Leavers'));
    await setUserPassword(requestWithUser(root), user, PASSWORD);
    expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
    const deletion = await collectDeletion(userAdmin(), [user.id], root);
    expect(deletion.counts).toEqual([
      { name: 'user', count: 1 },
      { name: 'user-group relationship', count: 1 },
    ]);
    expect((await deleteRows(userAdmin(), [user.id], requestOf(root))).count).toBe(1);
    expect(await users.getById(user.id)).toBeNull();
  });

  it('refuses raising oneself and touching who holds more', async () => {
    const clerk = await makeStaff();
    for (const each of ['change', 'view']) await grant(clerk, `accounts.${each}_user`);
    const form = { email: clerk.username, phone: '0000', is_active: 'on', is_staff: 'on' };
    const own = await save(
      'accounts.user',
      { ...form, is_superuser: 'on' },
      { id: clerk.id, by: await reload(clerk) },
    );
    expect(own).toMatchObject({ kind: 'refused' });
    const mighty = await users.createUser({ username: 'mighty@example.com' });
    await grant(mighty, 'articles.delete_article');
    const moved = { email: 'thief@example.com', phone: '0000', is_active: 'on' };
    const refused = await save('accounts.user', moved, { id: mighty.id, by: await reload(clerk) });
    expect(refused).toMatchObject({ kind: 'refused', errors: { email: [expect.anything()] } });
  });
});

describe('the rest of the site', () => {
  it('names authors, in lists and by the database', async () => {
    const author = await users.createUser({ username: 'author@example.com' });
    const article = await createArticle(author, { title: 'T', body: 'B' });
    expect(article.author).toEqual({ username: 'author@example.com' });
    const { articles } = await listArticles(author, { status: 'draft', page: 1 });
    expect(articles.map((each) => each.author?.username)).toEqual(['author@example.com']);
    await author.delete();
    expect(await db.article.findUnique({ where: { id: article.id } })).toMatchObject({
      authorId: null,
    });
  });

  it('grants in the matrix, and lists who holds it', async () => {
    const user = await users.createUser({ username: 'matrix@example.com' });
    const id = await permissionId('articles.add_article');
    const changes = [{ kind: 'user' as const, id: user.id, permissionId: id, gives: true }];
    const { digest } = await previewChanges(root, changes);
    const saved = await saveChanges(requestWithUser(root), changes, read(digest));
    expect(saved.isSaved).toBe(true);
    expect((await loadUserColumns(user.id))?.user).toMatchObject({
      name: 'matrix@example.com',
      held: new Set([id]),
    });
    expect(await (await reload(user)).hasPerm('articles.add_article')).toBe(true);
    const query = { kind: 'granted' as const, conditions: [], page: 1 };
    const { holders } = await listHolders('articles.add_article', query);
    expect(holders.map(({ user: { username } }) => username)).toContain('matrix@example.com');
  });

  it('counts tries by the address, and names who was tried without reading everybody', async () => {
    await users.createUser({ username: 'tried@example.com' });
    const keys = { account: 'tried@example.com', network: '192.0.2.9', device: null };
    for (let i = 0; i < 7; i += 1) await reserveAttempt('login', keys);
    const statements = await statementsOf(async () => {
      const { out } = await run(throttle, ['list']);
      expect(out[0]).toMatch(/^login account tried@example\.com: /);
    });
    const reads = statements.filter((statement) => statement.includes(ACCOUNTS.table));
    expect(reads.every((statement) => / IN \(|LIMIT/.test(statement))).toBe(true);
    expect((await run(throttle, ['lift', 'tried@example.com'])).status).toBe(0);
  });
});

function requestWithUser(user: User) {
  return { ...requestOf(user), user };
}
