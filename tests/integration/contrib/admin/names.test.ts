import { beforeAll, describe, expect, it } from 'vitest';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { choicesOf } from '@/lib/contrib/admin/form/choices';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { getField } from '@/lib/contrib/admin/meta';
import { strOf } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { explainWhy } from '@/lib/extras/why/reason-tree';
import { ArticleForm } from '@/lib/site/articles/forms';
import { save } from '@/tests/support/admin/object-forms';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

let root: User;

beforeAll(async () => {
  await freshDatabase();
  root = await makeSuperuser();
});

const UNSEEN = ['\u200b', '\u00ad', '\u202e', '\u3164', '\u2800', '\u2060', '\u{e0041}'];

describe('names that look alike', () => {
  it('are refused, or brought to one spelling, for groups and articles', async () => {
    const group = (name: string) => save('auth.group', { name }, { by: root });
    expect(await group('Café')).toMatchObject({ kind: 'saved' });
    for (const name of ['Cafe\u0301', 'Ｃafé', ' Café\u00a0']) {
      expect(await group(name)).toMatchObject({ kind: 'refused' });
    }
    for (const each of UNSEEN) {
      expect(await group(`Café${each}`)).toMatchObject({ kind: 'refused' });
      const article = { title: `A${each}`, body: 'B', author: '' };
      expect(await save('articles.article', article, { by: root })).toMatchObject({
        kind: 'refused',
        errors: { title: ['A name may not hold characters that cannot be seen.'] },
      });
      expect(ArticleForm.schema.safeParse(article).success).toBe(false);
    }
    expect(await db.group.count({ where: { name: { startsWith: 'Caf' } } })).toBe(1);
    const { title } = ArticleForm.schema.parse({ title: 'Ｏne  two', body: 'B' });
    expect(title).toBe('One two');
  });

  it('are refused for users, of letters that nobody sees too', async () => {
    for (const username of ['root\u3164', 'root\u115f', 'root\uffa0']) {
      const saved = await save('auth.user', { username }, { id: root.id, by: root });
      expect(saved).toMatchObject({ kind: 'refused' });
    }
  });
});

describe('names of which nothing can be seen', () => {
  it.each(['   ', ...UNSEEN])('%j, written by others, are dashes that can be hit', async (name) => {
    const id = await makeGroup(name, ['articles.view_article']);
    const admin = screens('auth.group');
    const row = await readSnapshot(db, admin, id);
    if (!row) throw new Error('The group is gone.');
    expect(strOf(admin, row)).toBe('–');
    const { rows, columns } = await getChangeList(admin, root, new URLSearchParams());
    const listed = rows.find((each) => each.id === id);
    expect(listed?.str).toBe('–');
    expect(listed?.cells[columns.findIndex(({ isLink }) => isLink)]).toEqual({
      kind: 'text',
      value: '–',
    });
    const field = getField(screens('auth.user').meta, 'groups');
    if (field.kind !== 'manyToMany') throw new TypeError('Groups are many.');
    expect(await choicesOf(screens('auth.user'), field, [])).toContainEqual([id, '–']);
    const member = await users.createUser({ username: `member${id}` });
    await joinGroup(member, id);
    const { sentence } = await explainWhy(member, {
      perm: 'articles.view_article',
      catalogue: await loadCatalogue(),
    });
    expect(sentence).toContain('through the group –.');
  });

  it('are empty cells that lead to the row, and stand in the history as they are', async () => {
    const now = new Date();
    const data = { title: ' \u200b ', body: 'B', isPublished: false, created: now, modified: now };
    const { id } = await db.article.create({ data });
    const admin = screens('articles.article');
    const { rows } = await getChangeList(admin, root, new URLSearchParams());
    expect(rows.find((each) => each.id === id)?.cells[0]).toEqual({ kind: 'empty' });
    await deleteRows(admin, [id], requestOf(root));
    const entry = await db.logEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(entry.objectRepr).toBe(data.title);
  });
});
