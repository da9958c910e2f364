import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deleteViewAction,
  saveViewAction,
} from '@/app/(saved-views)/admin/[app]/[model]/views/actions';
import { overrideSettings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { viewsOfList } from '@/lib/extras/saved-views/list-views';
import { findViews } from '@/lib/extras/saved-views/palette-entries';
import { exportViews, savedViews } from '@/lib/extras/saved-views/saved-views';
import { emptyFormState, isFormState } from '@/lib/forms/forms';
import { type Fields, formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { browserOf, callServer } from '@/tests/support/server-call';

const QUERY = '_columns=groups&is_active__exact=0&o=-1&q=ada';

let [mia, tom]: User[] = [];

beforeAll(freshDatabase);
beforeEach(async () => {
  mia = await makeStaff('auth.view_user');
  tom = await makeStaff('auth.view_user');
});

const known = (user: User | undefined) => {
  if (!user) throw new Error('Nobody was made.');
  return user;
};

async function save(fields: Fields = {}, by = mia) {
  const form = formOf({ _model: 'auth.user', _query: QUERY, name: 'Gone', ...fields });
  return callServer(await browserOf(known(by)), () => saveViewAction(emptyFormState, form));
}

async function remove(id: number | string, by = mia, model = 'auth.user') {
  const form = formOf({ _model: model, _view: String(id) });
  return callServer(await browserOf(known(by)), () => deleteViewAction(form));
}

const above = (query = '', user = known(mia)) =>
  viewsOfList(user, screens('auth.user'), new URLSearchParams(query));

const own = (user = known(mia)) => savedViews(user, screens('auth.user'));

function errorsIn(value: unknown): string[] {
  if (!isFormState(value)) throw new Error('It was saved.');
  return [...value.formErrors, ...Object.values(value.fieldErrors).flat()];
}

describe('a view of a list', () => {
  it('keeps the query but the page, and leads back to it', async () => {
    const { status, location } = await save({ _query: `${QUERY}&p=3&e=1` });
    expect({ status, location }).toEqual({ status: 303, location: `/admin/auth/user/?${QUERY}` });
    expect(await own()).toEqual([{ id: expect.any(Number), name: 'Gone', query: QUERY }]);
  });

  it('stands above the list, which offers to keep what has no name yet', async () => {
    await save();
    const href = '/admin/auth/user/views/';
    const named = await above(`${QUERY}&p=2`);
    expect(named.views.map(({ name }) => name)).toEqual(['Gone']);
    expect(named.link).toEqual({ label: 'Edit views', href });
    expect((await above('q=bob')).link).toEqual({
      label: 'Save this view',
      href: `${href}?q=bob`,
    });
    expect(await viewsOfList(known(mia), screens('auth.group'), new URLSearchParams())).toEqual({
      views: [],
      link: null,
    });
  });

  it('is seen and deleted by its owner alone', async () => {
    await save();
    const [view] = await own();
    expect((await above('', known(tom))).views).toEqual([]);
    expect((await remove(view?.id ?? 0, tom)).status).toBe(404);
    expect(await own()).toHaveLength(1);
    expect((await remove(view?.id ?? 0)).location).toBe('/admin/auth/user/views/');
    expect(await own()).toEqual([]);
    expect((await remove(view?.id ?? 0)).status).toBe(404);
    expect((await remove('1; --')).status).toBe(404);
  });

  it('is not shown to whoever acts as its owner', async () => {
    await save();
    const acting = Object.create(known(mia), { impersonator: { value: { id: 1 } } });
    expect(await above('', acting)).toEqual({ views: [], link: null });
    expect(await findViews(acting, 'gone')).toEqual([]);
  });

  it('is kept under one name, for who may see the list, and for a list that there is', async () => {
    await save();
    expect(errorsIn((await save({ _query: 'q=x' })).value)).toEqual([
      'You have a view of this list with this name already.',
    ]);
    expect(errorsIn((await save({ name: ' ' })).value)).toEqual(['Give the view a name.']);
    expect((await save({ name: 'Theirs' }, tom)).status).toBe(303);
    for (const query of [
      '',
      'bogus=1',
      'password__startswith=p',
      'q=%00',
      `q=${'x'.repeat(2000)}`,
    ]) {
      expect(errorsIn((await save({ name: 'Odd', _query: query })).value)).toHaveLength(1);
    }
    expect((await save({ _model: 'auth.group', _query: 'q=x' })).status).toBe(403);
    expect((await save({ _model: 'auth.nothing' })).status).toBe(404);
    expect(await own()).toHaveLength(1);
  });

  it('is one of as many as there is room for', async () => {
    await save();
    const { value } = await overrideSettings({ SAVED_VIEWS_MOST: 1 }, () => save({ name: 'Two' }));
    expect(errorsIn(value)[0]).toContain('You have 1 views of this list');
  });

  it('is found by the palette while its list may be seen', async () => {
    await save({ name: 'Gone people' });
    const item = { kind: 'List', label: 'Gone people', detail: 'Users' };
    expect(await findViews(known(mia), 'gone p')).toEqual([
      { ...item, href: `/admin/auth/user/?${QUERY}` },
    ]);
    await db.userPermission.deleteMany({ where: { userId: known(mia).id } });
    const later = Object.create(known(mia), { hasPerm: { value: async () => false } });
    expect(await findViews(later, 'gone')).toEqual([]);
  });

  it('is told in the export of its owner, and goes with them', async () => {
    await save();
    expect((await exportViews(known(mia))).savedViews).toMatchObject([{ name: 'Gone' }]);
    const root = requestOf(await makeSuperuser());
    await deleteRows(screens('auth.user'), [known(mia).id], root);
    expect(await db.savedView.count({ where: { userId: known(mia).id } })).toBe(0);
  });
});
