import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { saveListForm } from '@/app/(admin)/admin/[app]/[model]/save-list-form';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { overrideSettings } from '@/lib/conf/settings';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { listEdits } from '@/lib/contrib/admin/list/editable/edit-view';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { isFelt } from '@/lib/contrib/auth/rights/effects';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, inquiry } from '@/lib/db/client';
import { idsIn } from '@/lib/forms/fields';
import { emptyFormState } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { reviewIn, saidOf } from '@/tests/support/admin/read-review';
import { requestOf } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import type { Answer } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { browser, CHEAP } from '../browser';

let made = 0;
let root: User;
let mine = browser();
let member: User;
let group = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  await overrideSettings(CHEAP, async () => {
    root = await users.createSuperuser({ username: 'root', password: 'correct horse' });
  });
});
beforeEach(async () => {
  made += 1;
  mine = browser(await browserOf(await reload(root)));
  group = await makeGroup(`group${made}`, ['articles.view_article']);
  const user = await users.createUser({ username: `member${made}`, isStaff: true });
  await joinGroup(user, group);
  await grant(user, 'articles.change_article');
  member = await reload(user);
});

/** All that decides what people may do. */
async function rights(): Promise<string> {
  const people = await db.user.findMany({ orderBy: { id: 'asc' } });
  return JSON.stringify([
    people.map(({ id, isActive, isStaff, isSuperuser }) => [id, isActive, isStaff, isSuperuser]),
    await db.userGroup.findMany({ orderBy: { id: 'asc' } }),
    await db.userPermission.findMany({ orderBy: { id: 'asc' } }),
    await db.groupPermission.findMany({ orderBy: { id: 'asc' } }),
  ]);
}

/** Screens that say what a change does to people, each with a row of which people feel it. */
const reviewed = () =>
  adminSite.all().filter(({ options }) => options.review !== undefined || options.reviewDeletion);
const rowOf = ({ meta }: ModelAdmin) => (meta.key === 'auth.group' ? group : member.id);

/** Another value of a field than the row has: of what it is a list of, none. */
function otherThan(row: Row, { name, kind }: FieldMeta): unknown {
  if (kind === 'manyToMany') return [];
  const value = row[name];
  return typeof value === 'boolean' ? !value : `${value}x`;
}

/** The fields of a form by which a right is moved: those of which its own review says so. */
async function rightsFields(admin: ModelAdmin): Promise<FieldMeta[]> {
  const found: FieldMeta[] = [];
  const before = await readSnapshot(db, admin, rowOf(admin));
  if (!before) throw new Error('There is no row.');
  for (const field of editableFields(admin)) {
    const values = { [field.name]: otherThan(before, field) };
    const change = { request: requestOf(root), before, values };
    const review = await inquiry(async (tx) => admin.options.review?.(tx, change));
    if (review && isFelt(review)) found.push(field);
  }
  return found;
}

type Way = (admin: ModelAdmin, field: FieldMeta, said: Fields) => Promise<Answer>;

const byForm: Way = async (admin, field, said) => {
  const id = rowOf(admin);
  const row = await readSnapshot(db, admin, id);
  const fields = await untouched(admin, id);
  const value = row && otherThan(row, field);
  if (value === false) delete fields[field.formName];
  else fields[field.formName] = value === true ? 'on' : idsIn(value).map(String);
  const sent = { ...fields, _model: admin.meta.key, _id: [id], ...said };
  return mine.send(() => saveAction(emptyFormState, formOf(sent)));
};

const byList: Way = async (admin, field, said) => {
  const options = { ...admin.options, listEditable: [field.name] };
  const screens = { meta: admin.meta, options, site: admin.site };
  const row = await readSnapshot(db, admin, rowOf(admin));
  if (!row) throw new Error('There is no row.');
  const fields: Fields = { ...(await listEdits(screens, root, [row]))?.values };
  const name = `form-0-${field.formName}`;
  if (otherThan(row, field) === true) fields[name] = 'on';
  else delete fields[name];
  const save = staffMemberRequired.action(
    async (request: HttpRequest<User>, form: FormData) =>
      (await saveListForm(request, screens, form)) ?? emptyFormState,
  );
  return mine.send(() => save(formOf({ ...fields, _save: 'Save', ...said })));
};

async function isReadFirst(send: (said: Fields) => Promise<Answer>): Promise<void> {
  const before = await rights();
  const review = reviewIn(await send({}));
  expect(await rights()).toBe(before);
  if (!review) throw new Error('Nothing was asked.');
  const forged = reviewIn(await send({ ...saidOf(review), _reviewed: 'forged' }));
  expect([forged?.digest, await rights()]).toEqual([review.digest, before]);
  await send(saidOf(review));
  expect(await rights()).not.toBe(before);
}

// Found by what the reviews themselves say: the first test tells where one is missing here.
const MOVING = [
  ['auth.group', 'permissions'],
  ['auth.user', 'groups'],
  ['auth.user', 'userPermissions'],
  ['auth.user', 'isActive'],
  ['auth.user', 'isStaff'],
  ['auth.user', 'isSuperuser'],
];

describe('what people may do', () => {
  it('is moved by these fields of these forms', async () => {
    const found: string[][] = [];
    for (const admin of reviewed()) {
      for (const { name } of await rightsFields(admin)) found.push([admin.meta.key, name]);
    }
    expect(found.toSorted()).toEqual(MOVING.toSorted());
  });

  it.each(MOVING)('changes by a form, or in a list, when it was read: %s.%s', async (key, name) => {
    const admin = adminSite.find(key ?? '');
    const field = admin?.meta.fields.get(name ?? '');
    if (!admin || !field) throw new Error(`There is no ${key}.${name}.`);
    await isReadFirst((said) => byForm(admin, field, said));
    // No list shows what has many values, so none changes it.
    if (field.kind !== 'manyToMany') await isReadFirst((said) => byList(admin, field, said));
  });

  it('changes by no action of a list before that was read', async () => {
    const told: string[] = [];
    for (const admin of reviewed()) {
      for (const { name, asks } of admin.options.actions ?? []) {
        const before = await rights();
        const other = await makeGroup(`other${made}${name}`, ['articles.add_article']);
        const form = { _model: admin.meta.key, _query: '', action: name };
        const chosen = asks && { _chosen: String(name === 'remove_from_group' ? group : other) };
        const ticked = { _selected_action: [rowOf(admin)] };
        const all = await rights();
        const answer = await mine.send(() => listAction(formOf({ ...form, ...ticked, ...chosen })));
        expect([name, await rights()]).toEqual([name, all]);
        if (reviewIn(answer)) told.push(name);
        expect(before).not.toBe(all);
      }
    }
    expect(told).toEqual(expect.arrayContaining(['deactivate', 'add_to_group']));
  });
});
