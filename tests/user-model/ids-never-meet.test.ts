import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { collectDeletion } from '@/lib/contrib/admin/deletion/deletion';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { objectHistory } from '@/lib/contrib/admin/history';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { ACTION_FLAGS, logActions, recentActions } from '@/lib/contrib/admin/models';
import { findRows, strOf } from '@/lib/contrib/admin/rows';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { pointAtUsers } from '@/lib/contrib/auth/management/point-at-users';
import { authUser, type User } from '@/lib/contrib/auth/models';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { users } from '@/lib/contrib/auth/users/managers';
import { findUser, insertUser } from '@/lib/contrib/auth/users/user-model';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { db, transaction } from '@/lib/db/client';
import { identityRefusals } from '@/lib/extras/grant-rules/identity';
import { loadGroupColumns, loadUserColumns } from '@/lib/extras/matrix/permission-matrix';
import { paletteItems } from '@/lib/extras/palette/palette';
import { listHolders } from '@/lib/extras/why/holder-list';
import { adminSite } from '@/lib/site/admins';
import { createArticle, getArticleOr404, listArticles } from '@/lib/site/articles/models';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

const MANY = 8;
const HELD = 'articles.delete_article';
let root: User;
let group: number;

// Everybody of auth.User is a stranger here, may do everything, and has the id of one of us.
async function makeStrangers(): Promise<void> {
  const groupId = await makeGroup('Strangers', [HELD]);
  for (let n = 1; n <= MANY; n += 1) {
    const values = { ...authUser.newRow(), username: `stranger${n}`, email: `stranger${n}@x.test` };
    const names = { firstName: 'Stranger', lastName: 'Danger', password: '' };
    const flags = { isSuperuser: n > 1, isStaff: true, isActive: true };
    const { id } = await insertUser(db, authUser, { ...values, ...names, ...flags });
    await db.userGroup.create({ data: { userId: id, groupId } });
    await db.userPermission.create({
      data: { userId: id, permissionId: await permissionId(HELD) },
    });
  }
}

function isNoStranger(shown: unknown): void {
  expect(JSON.stringify(shown, (_, each) => (each instanceof Set ? [...each] : each))).not.toMatch(
    /stranger|danger/i,
  );
}

describe('people of two tables with the same ids', () => {
  let us: User[];
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await freshDatabase();
    await makeStrangers();
    root = await makeSuperuser();
    us = [];
    for (let n = 2; n <= MANY; n += 1)
      us.push(await users.createUser({ username: `us${n}@x.test` }));
    group = await makeGroup('Ours', ['articles.add_article']);
  });

  afterAll(() => tearDown());

  it('have the same ids', async () => {
    const strangers = await db.user.findMany({ orderBy: { id: 'asc' } });
    expect(strangers.map(({ id }) => id)).toEqual([root, ...us].map(({ id }) => id));
  });

  it('hold only what was given to them', async () => {
    for (const { id } of us) {
      const user = await users.getById(id);
      expect(await user?.hasPerm(HELD)).toBe(false);
      expect(await user?.getAllPermissions()).toEqual(new Set());
      expect(user && (await loadGrants(user)).groups).toEqual([]);
      isNoStranger(await loadUserColumns(id));
    }
    expect(await users.withPerm(HELD, { includeSuperusers: false })).toEqual([]);
    const query = { kind: 'granted' as const, conditions: [], page: 1 };
    expect((await listHolders(HELD, query)).holders).toEqual([]);
    const superusers = await listHolders(HELD, { ...query, kind: 'superusers' });
    expect(superusers.holders.map(({ user }) => user.username)).toEqual([root.username]);
    const [strangers, ours] = [...(await loadGroupColumns())].reverse();
    expect([strangers?.members, ours?.members]).toEqual([0, 0]);
  });

  it('are what the rules about privileges look at', async () => {
    const clerk = await makeStaff('auth.view_group');
    const meant = us.map(({ id, username, isSuperuser }) => ({ id, username, isSuperuser }));
    const asked = { client: db, act: 'changes' as const };
    expect(await identityRefusals(clerk, meant, asked)).toEqual(new Map());
    const ids = us.map(({ id }) => id);
    const accounts = await transaction((tx) => lockAccounts(tx, ids));
    const flags = ids
      .map((id) => accounts.get(id))
      .map((each) => [each?.username, each?.isSuperuser]);
    expect(flags).toEqual(us.map(({ username }) => [username, false]));
    const [first] = us;
    if (!first) throw new Error('There is nobody.');
    await joinGroup(first, group);
    const refused = await identityRefusals(await reload(clerk), meant, asked);
    expect([...refused.keys()]).toEqual([first.id]);
    isNoStranger([...refused.values()]);
  });

  it('are named by the history, in lists, forms and the search of the admin', async () => {
    const admin = userAdmin();
    const [first, second] = us;
    if (!first || !second) throw new Error('There is nobody.');
    const object = { id: second.id, repr: second.username };
    const entry = { flag: ACTION_FLAGS.change, object, messages: [] };
    await transaction((tx) => logActions(tx, first, admin.meta, [entry]));
    const former = await db.contentType.create({ data: { appLabel: 'auth', model: 'user' } });
    const about = {
      contentTypeId: former.id,
      objectId: String(second.id),
      objectRepr: 'stranger3',
    };
    const when = { actionTime: new Date(), userId: first.id, actionFlag: 2, changeMessage: '' };
    await db.logEntry.create({ data: { ...about, ...when } });
    const { entries } = await objectHistory(admin, second.id, 1);
    expect(entries.map(({ user }) => user.username)).toEqual([first.username]);
    isNoStranger(entries);
    const log = screens('admin.logentry');
    const [shown] = await findRows(db, log.meta, [entries[0]?.id ?? 0]);
    expect(shown?.['user']).toMatchObject({ id: first.id, email: first.username });
    isNoStranger((await getChangeList(admin, root, new URLSearchParams())).rows);
    expect((await getChangeList(log, root, new URLSearchParams({ q: 'us2' }))).rows).toHaveLength(
      2,
    );
    expect((await getChangeList(log, root, new URLSearchParams({ q: 'stranger2' }))).rows).toEqual(
      [],
    );
    isNoStranger(await readSnapshot(db, admin, first.id));
    expect(await paletteItems(root, [], 'danger')).toEqual([]);
    const [found] = await paletteItems(root, [], 'us2');
    expect(found).toMatchObject({ label: first.username });
    expect((await recentActions(first)).length).toBe(2);
    expect(adminSite.find('auth.user')).toBeNull();
  });

  it('sign what they write, and go with what is theirs alone', async () => {
    const author = us[3];
    if (!author) throw new Error('There is nobody.');
    const article = await createArticle(author, { title: 'Ours', body: '' });
    const found = await getArticleOr404(root, String(article.id));
    expect(found.author).toEqual({ username: author.username });
    isNoStranger(await listArticles(root, { status: 'all', page: 1 }));
    const screensOf = screens('articles.article');
    const [row] = await findRows(db, screensOf.meta, [article.id]);
    expect(row && strOf(userAdmin(), row['author'] as { id: number })).toBe(author.username);
    isNoStranger(await collectDeletion(userAdmin(), [author.id], root));
    await author.delete();
    expect(await findUser(authUser, 'id', author.id)).not.toBeNull();
    expect(await db.userGroup.count({ where: { userId: author.id } })).toBe(1);
    expect(await db.article.count({ where: { authorId: author.id } })).toBe(0);
  });

  it('are not signed in by a session of the other table', async () => {
    const [first] = us;
    const stranger = await findUser(authUser, 'id', first?.id ?? 0);
    if (!first || !stranger) throw new Error('There is nobody.');
    const seal = await overrideSettings({ AUTH_USER_MODEL: authUser.name }, () => {
      stranger.backend = 'ModelBackend';
      return signedIn(stranger);
    });
    const theirs = await overrideSettings({ AUTH_USER_MODEL: authUser.name }, () =>
      requestWith(seal),
    );
    expect(theirs.user.getUsername()).toBe('stranger2');
    expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
    const ours = await signedIn(first);
    await run(clearsessions, []);
    expect((await requestWith(ours)).user.getUsername()).toBe(first.username);
  });

  it('are named in the security log as what they are', async () => {
    await logSecurityEvent({ name: 'authn_login_fail', username: 'stranger4' });
    await logSecurityEvent({ name: 'authn_login_fail', username: us[2]?.username ?? '' });
    const entries = await db.securityLogEntry.findMany({ where: { event: 'authn_login_fail' } });
    expect(entries.map((each) => each.targetUsername)).toEqual(['', us[2]?.username]);
  });

  it('and of the other table refer to a group that is not deleted in silence', async () => {
    const strangers = await db.group.findFirstOrThrow({ where: { name: 'Strangers' } });
    const { refusals } = await collectDeletion(screens('auth.group'), [strangers.id], root);
    expect(refusals.join()).toContain('auth_user_groups');
    isNoStranger(refusals.join().replaceAll('Strangers', ''));
  });
});

describe('pointAtUsers', () => {
  it('changes nothing where a row names somebody of auth.User, and else ends their sessions', async () => {
    const tearDown = await overrideSettings({ AUTH_USER_MODEL: authUser.name }, freshDatabase);
    const { makeAccountTables } = await import('@/tests/support/user-model/tables');
    await makeStrangers();
    const stranger = await findUser(authUser, 'id', 2);
    if (!stranger) throw new Error('There is nobody.');
    const asThem = { AUTH_USER_MODEL: authUser.name };
    await overrideSettings(asThem, async () => {
      const object = { id: 1, repr: 'x' };
      const entry = { flag: ACTION_FLAGS.change, object, messages: [] };
      await transaction((tx) => logActions(tx, stranger, screens('auth.group').meta, [entry]));
      stranger.backend = 'ModelBackend';
      await signedIn(stranger);
      await createArticle(stranger, { title: 'Theirs', body: '' });
    });
    await expect(makeAccountTables()).rejects.toThrow(ImproperlyConfigured);
    expect(await db.session.count({ where: { userId: 2 } })).toBe(1);
    await db.logEntry.deleteMany();
    await db.article.updateMany({ data: { authorId: null } });
    const said: string[] = [];
    await pointAtUsers({ say: (line) => said.push(line) });
    const named = said.filter((line) => /^(django_admin_log|articles_article)/.test(line));
    expect(named).toEqual([
      'django_admin_log.user_id refers to accounts_user now.',
      'articles_article.author_id refers to accounts_user now.',
    ]);
    expect(await db.session.count({ where: { userId: 2 } })).toBe(0);
    expect(await db.article.count()).toBe(1);
    const once = said.length;
    await pointAtUsers({ say: (line) => said.push(line) });
    expect(said).toHaveLength(once);
    expect(requestOf(stranger).user.id).toBe(2);
    await tearDown();
  });
});
