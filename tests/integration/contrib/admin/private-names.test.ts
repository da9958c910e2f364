import { beforeAll, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { collectDeletion } from '@/lib/contrib/admin/deletion/deletion';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { conflictWords } from '@/lib/contrib/admin/form/conflict-words';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { historySeenBy, objectHistory } from '@/lib/contrib/admin/history';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { exportCsv } from '@/lib/extras/export/export';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

let made = 0;

async function articleBy(author: User): Promise<number> {
  made += 1;
  const now = new Date();
  const data = { title: `Title ${made}`, body: 'Body', authorId: author.id };
  const dated = { ...data, isPublished: false, created: now, modified: now };
  return (await db.article.create({ data: dated })).id;
}

async function author(): Promise<User> {
  made += 1;
  return users.createUser({ username: `secretive${made}` });
}

/** Everything that the admin's screens say of an article and its author to somebody. */
async function toldOf(viewer: User, articleId: number): Promise<string> {
  const admin = screens('articles.article');
  const seen = await adminSeenBy(admin, viewer);
  const row = await readSnapshot(db, admin, articleId);
  const list = await getChangeList(admin, viewer, new URLSearchParams());
  const told: unknown[] = [
    list.rows.map(({ cells, str }) => [str, cells]),
    await changeForm(seen, row, { canChange: true }),
    await changeForm(seen, row, { canChange: false }),
    await collectDeletion(admin, [articleId], viewer),
  ];
  for await (const part of await exportCsv(admin, viewer, new URLSearchParams())) told.push(part);
  return JSON.stringify(told);
}

describe('names of people', () => {
  it('stand on no screen of another model for who may not view users', async () => {
    const writer = await author();
    const id = await articleBy(writer);
    const rights: PermissionName[] = ['articles.change_article', 'articles.delete_article'];
    const blind = await toldOf(await makeStaff(...rights), id);
    expect(blind).not.toContain(writer.username);
    expect(blind).toContain(`user ${writer.id}`);
    for (const perm of ['auth.view_user', 'auth.change_user'] as const) {
      expect(await toldOf(await makeStaff(...rights, perm), id)).toContain(writer.username);
    }
    const own = await makeStaff(...rights);
    expect(await toldOf(own, await articleBy(own))).toContain(own.username);
  });

  it('are not told by what goes with a group', async () => {
    const member = await author();
    const groupId = await makeGroup(`left by ${member.id}`);
    await joinGroup(member, groupId);
    const told = async (viewer: User) =>
      JSON.stringify(await collectDeletion(screens('auth.group'), [groupId], viewer));
    const rights = ['auth.delete_group', 'auth.view_group'] as const;
    expect(await told(await makeStaff(...rights))).not.toContain(member.username);
    expect(await told(await makeStaff(...rights, 'auth.view_user'))).toContain(member.username);
  });

  it('are not told by a conflict, nor by the history of an object', async () => {
    const first = await makeSuperuser();
    const id = await articleBy(await author());
    const admin = screens('articles.article');
    const blind = await makeStaff('articles.change_article');
    const fields = await untouched(admin, id);
    await save('articles.article', { ...fields, title: 'Firstly' }, { id, by: first });
    const late = await save('articles.article', { ...fields, title: 'Late' }, { id, by: blind });
    if (late.kind !== 'conflict') throw new Error(late.kind);
    const words = async (viewer: User) =>
      (await conflictWords(await adminSeenBy(admin, viewer), late.conflict, late.row)).join(' ');
    expect(await words(blind)).toContain(`user ${first.id} changed this article`);
    expect(await words(blind)).not.toContain(first.username);
    expect(await words(first)).toContain(`${first.username} changed this article`);

    const { entries } = await objectHistory(admin, id, 1);
    const history = async (viewer: User) =>
      (await historySeenBy(viewer, screens('auth.user'), entries)).map(({ user }) => user.username);
    expect(await history(blind)).toEqual([`user ${first.id}`]);
    expect(await history(await makeStaff('auth.view_user'))).toEqual([first.username]);
    expect(await history(first)).toEqual([first.username]);
  });
});

describe('a field that names people', () => {
  const add = (by: User, written: string) =>
    save('articles.article', { title: 'T', body: 'B', author: written }, { by });

  it('answers alike for ids and names that exist and that do not', async () => {
    const blind = await makeStaff('articles.add_article');
    const someone = await author();
    const errorOf = async (written: string) => {
      const saved = await add(blind, written);
      if (saved.kind !== 'refused') throw new Error(`${written}: ${saved.kind}`);
      return saved.errors['author']?.join(' ').replace(written, 'X');
    };
    expect(await errorOf(someone.username)).toBe(await errorOf('nobody-at-all'));
    expect(await errorOf(String(someone.id))).toBe(await errorOf('2147483647'));
    const sees = await makeStaff('articles.add_article', 'auth.view_user');
    for (const written of [someone.username, String(someone.id)]) {
      expect(await add(sees, written)).toMatchObject({ kind: 'saved' });
    }
    expect(await add(blind, '')).toMatchObject({ kind: 'saved' });
  });

  it('keeps whom it names already', async () => {
    const blind = await makeStaff('articles.change_article');
    const someone = await author();
    const id = await articleBy(someone);
    const fields = await untouched(screens('articles.article'), id);
    const wanted = { id, by: blind };
    const kept = await save('articles.article', { ...fields, title: 'New' }, wanted);
    expect(kept).toMatchObject({ kind: 'saved' });
    expect((await db.article.findUniqueOrThrow({ where: { id } })).authorId).toBe(someone.id);
  });

  it('offers in a select only whom the person may see', async () => {
    const article = screens('articles.article');
    const plain: ModelAdmin = {
      ...article,
      options: { ...article.options, autocompleteFields: [] },
    };
    const blind = await makeStaff('articles.change_article');
    const someone = await author();
    const row = await readSnapshot(db, plain, await articleBy(someone));
    const offered = async (viewer: User) => {
      const view = await changeForm(await adminSeenBy(plain, viewer), row, { canChange: true });
      const field = view.sections[0]?.fields.find(({ name }) => name === 'author');
      return field && 'widget' in field && field.widget?.kind === 'select'
        ? field.widget.choices
        : null;
    };
    expect(await offered(blind)).toEqual([[someone.id, `user ${someone.id}`]]);
    expect((await offered(await makeSuperuser()))?.length).toBeGreaterThan(2);
  });
});
