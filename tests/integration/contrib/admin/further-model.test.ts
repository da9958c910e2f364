import { readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { collectDeletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { objectHistory } from '@/lib/contrib/admin/history';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
import { db } from '@/lib/db/client';
import { makeSuperuser, requestOf } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

/** All that a project writes for a model of its own; with nothing declared every field is shown. */
const site = new AdminSite([
  defineAdmin('articles.article', {
    saveModel: ({ before }) => (before ? {} : { created: new Date(), modified: new Date() }),
    fieldsets: [{ title: null, fields: ['title', 'body', 'isPublished', 'author'] }],
  }),
]);

it('is added, changed, shown and deleted by one declaration', async () => {
  const admin = site.find('articles.article');
  if (!admin) throw new Error('The declaration is not found.');
  const user = await makeSuperuser();
  const request = requestOf(user);
  expect((await site.appList(user))[0]?.models[0]?.permissions.add).toBe(true);

  const empty = await changeForm(admin, null, { canChange: true });
  expect(empty.sections[0]?.fields.map(({ name }) => name)).toEqual([
    'title',
    'body',
    'is_published',
    'author',
  ]);
  const form = new FormData();
  form.set('title', 'One');
  form.set('body', 'Text');
  const added = await saveObject(admin, request, { id: null, form, isFresh: true });
  if (added.kind !== 'saved') throw new Error(added.kind);

  form.set('is_published', 'on');
  form.set('author', String(user.id));
  await saveObject(admin, request, { id: added.id, form, isFresh: true });
  const shown = await changeForm(admin, await readSnapshot(db, admin, added.id), {
    canChange: false,
  });
  expect(shown.sections[0]?.fields.at(-1)).toMatchObject({ texts: [user.username] });
  const { entries } = await objectHistory(admin, added.id, 1);
  expect(entries.map(({ changeMessage }) => changeMessage)).toEqual([
    '[{"added": {}}]',
    '[{"changed": {"fields": ["Is published", "Author"]}}]',
  ]);

  expect((await collectDeletion(admin, [added.id], user)).counts).toEqual([
    { name: 'article', count: 1 },
  ]);
  expect(await deleteRows(admin, [added.id], request)).toEqual({ count: 1, refusals: [] });
});

it('needs no page of its own', () => {
  expect(readdirSync('app/(admin)/admin').filter((name) => name.includes('article'))).toEqual([]);
});
