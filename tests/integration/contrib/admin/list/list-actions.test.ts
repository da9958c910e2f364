import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_SELECTED, offeredActions, takeAction } from '@/lib/contrib/admin/actions';
import { type AdminAction, defineAdmin } from '@/lib/contrib/admin/options';
import { userActions } from '@/lib/contrib/auth/admin/user-actions';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied, SuspiciousOperation } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { ids, isActive, person, post, told } from '@/tests/support/admin/list-form';
import { makeStaff, makeSuperuser, screens, signIn } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

let root: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

describe('an action of the list', () => {
  it('is offered to who has its permission', async () => {
    const names = async (user: User) =>
      (await offeredActions(screens('auth.user'), user))
        .map(({ name }) => name)
        .filter(
          (name) => name === 'delete_selected' || userActions.some((own) => own.name === name),
        );
    expect(await names(root)).toEqual([
      'activate',
      'deactivate',
      'end_sessions',
      'delete_selected',
    ]);
    expect(await names(await makeStaff('auth.view_user'))).toEqual([]);
    expect(await names(await makeStaff('auth.view_user', 'auth.delete_user'))).toEqual([
      'delete_selected',
    ]);
  });

  it('may need a permission of its own', async () => {
    const now = new Date();
    const data = { title: 'Draft', body: '', isPublished: false, created: now, modified: now };
    const { id } = await db.article.create({ data });
    const articles = screens('articles.article');
    const fields = { action: 'publish', _selected_action: String(id) };
    const reader = await makeStaff('articles.view_article', 'articles.change_article');
    expect((await told(reader, fields, articles)).text).toBe('No action selected.');
    const publisher = await makeStaff('articles.view_article', 'articles.publish_article');
    expect((await told(publisher, fields, articles)).text).toBe('Published 1 article.');
    expect((await db.article.findUniqueOrThrow({ where: { id } })).isPublished).toBe(true);
    const [entry] = await db.logEntry.findMany({ where: { userId: publisher.id } });
    expect(entry).toMatchObject({ objectId: String(id), actionFlag: 2, objectRepr: 'Draft' });
  });

  it('that is unknown, missing or not offered does nothing', async () => {
    const victim = await person('victim');
    const viewer = await makeStaff('auth.view_user');
    const asked = { _selected_action: ids(victim), post: 'yes' };
    for (const [user, action] of [
      [root, ''],
      [root, 'explode'],
      [viewer, 'delete_selected'],
      [viewer, 'deactivate'],
    ] as const) {
      const outcome = await told(user, { ...asked, action });
      expect(outcome).toEqual({ level: 'warning', text: 'No action selected.' });
    }
    expect(await isActive(victim)).toEqual([true]);
  });

  it('is refused to who lacks its permission, however it was come by', async () => {
    const [victim, viewer] = [await person('victim'), await makeStaff('auth.view_user')];
    const admin = screens('auth.user');
    const deactivate = admin.options.actions?.find(({ name }) => name === 'deactivate');
    const call = { request: await signIn(viewer), ids: [victim.id], isFresh: true };
    if (!deactivate) throw new Error('Users cannot be deactivated.');
    await expect(takeAction(admin, deactivate, call)).rejects.toThrow(PermissionDenied);
    expect(await isActive(victim)).toEqual([true]);
  });

  it('needs a row that is there', async () => {
    for (const selected of [[], ['0'], ['x', '99999999999', '\0'], ['99999999']]) {
      const outcome = await told(root, { action: 'deactivate', _selected_action: selected });
      expect(outcome.text).toContain('Items must be selected');
    }
  });

  it('works within search and filters only', async () => {
    const [inside, outside] = [await person('inside'), await person('outside')];
    await told(root, {
      action: 'deactivate',
      _query: `q=${inside.username}`,
      _selected_action: ids(inside, outside),
    });
    expect(await isActive(inside, outside)).toEqual([false, true]);
  });

  it('works on all pages of what the query leaves with select_across', async () => {
    const crowd = [await person('crowd'), await person('crowd'), await person('crowd')];
    const admin = { ...screens('auth.user') };
    const paged = { ...admin, options: { ...admin.options, listPerPage: 1 } };
    const outcome = await told(
      root,
      { action: 'deactivate', _query: 'q=crowd&p=2', select_across: '1' },
      paged,
    );
    expect(outcome).toMatchObject({ level: 'success', text: 'Deactivated 3 users.' });
    expect(await isActive(...crowd)).toEqual([false, false, false]);
  });

  it.each(['q=%00', 'bogus=1', 'password__startswith=x', `q=${'a '.repeat(40)}`])(
    'is refused for the query %s, which would have been left aside',
    async (query) => {
      await expect(
        post(root, { action: 'deactivate', _query: query, select_across: '1' }),
      ).rejects.toThrow(SuspiciousOperation);
    },
  );

  it('takes no more rows than fit into a transaction', async () => {
    const many = Array.from({ length: MOST_SELECTED + 1 }, (_, i) => String(i + 1));
    const outcome = await told(root, { action: 'deactivate', _selected_action: many });
    expect(outcome.text).toContain('at once. Nothing has been changed');
  });

  it('leaves out rows that a declaration does not let the person change, and says so', async () => {
    const [mine, theirs] = [await person('mine'), await person('theirs')];
    const touched: number[] = [];
    const touch: AdminAction = {
      name: 'touch',
      label: 'Touch',
      permission: 'change',
      run: async (call) => {
        touched.push(...call.ids);
        return { level: 'success', text: 'Touched.' };
      },
    };
    const admin = defineAdmin('auth.user', {
      actions: [touch],
      hasChangePermission: (_user, row) => row?.id !== theirs.id,
      getQueryset: () => Prisma.sql`t.is_superuser = ${false}`,
    });
    const fields = { action: 'touch', _selected_action: ids(mine, theirs, root) };
    const outcome = await told(root, fields, admin);
    expect(outcome).toEqual({
      level: 'warning',
      text: 'Touched. 1 user was left out: you may not change it.',
    });
    expect(touched).toEqual([mine.id]);
  });
});

describe('delete_selected', () => {
  it('asks first, naming what goes with the rows', async () => {
    const doomed = await person('doomed');
    await signIn(doomed);
    const group = await db.group.create({ data: { name: 'Doomed' } });
    await db.userGroup.create({ data: { userId: doomed.id, groupId: group.id } });
    const answer = await post(root, { action: 'delete_selected', _selected_action: ids(doomed) });
    expect(answer).toMatchObject({
      kind: 'asked',
      ids: [doomed.id],
      deletion: {
        counts: [
          { name: 'user', count: 1 },
          { name: 'user-group relationship', count: 1 },
        ],
      },
    });
    expect(await users.getById(doomed.id)).not.toBeNull();
  });

  it('deletes with post, and writes one entry each into the history', async () => {
    const doomed = [await person('doomed'), await person('doomed')];
    const asked = await post(root, {
      action: 'delete_selected',
      select_across: '1',
      _query: 'q=doomed',
    });
    const selected = asked.kind === 'asked' ? asked.ids.join(',') : '';
    const fields = { action: 'delete_selected', post: 'yes', _query: 'q=doomed' };
    const answer = await post(root, { ...fields, _selected_action: selected });
    const count = selected.split(',').length;
    expect(answer).toEqual({
      kind: 'told',
      isDeleted: true,
      outcome: { level: 'success', text: `Successfully deleted ${count} users.` },
    });
    expect(await isActive(...doomed)).toEqual([false, false]);
    const entries = await db.logEntry.findMany({
      where: { actionFlag: 3, objectId: { in: ids(...doomed) } },
    });
    expect(entries.map(({ objectRepr }) => objectRepr).sort()).toEqual(
      doomed.map(({ username }) => username),
    );
  });

  it('is a 403 for who may not delete something that goes with the rows', async () => {
    const author = await person('author');
    const admin = { ...screens('auth.user') };
    const keeper = await makeStaff('auth.view_user', 'auth.delete_user');
    const strict = {
      ...admin,
      options: { ...admin.options, hasDeletePermission: (_user: unknown, row?: unknown) => !row },
    };
    const fields = { action: 'delete_selected', _selected_action: ids(author) };
    expect(await post(keeper, fields, strict)).toMatchObject({
      kind: 'asked',
      deletion: { permsNeeded: ['user'] },
    });
    await expect(post(keeper, { ...fields, post: 'yes' }, strict)).rejects.toThrow(
      PermissionDenied,
    );
    expect(await isActive(author)).toEqual([true]);
  });
});
