import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeSuperuser, requestOf } from '@/tests/support/admin/staff';
import { everyTypeDatabase, everyTypeSite, modelOf } from './site';

let by: User | undefined;

const site = everyTypeSite();

/** The database of the fixture, and who works in its admin; for `beforeAll`. */
export async function everyTypeAdmin(): Promise<() => Promise<void>> {
  const tearDown = await everyTypeDatabase();
  by = await makeSuperuser();
  return tearDown;
}

/** Who works in the admin. */
export function admin(): User {
  if (!by) throw new Error('everyTypeAdmin() makes the database and the person.');
  return by;
}

/** Delete every row of the fixture's models; for `beforeEach`. */
export async function emptyEveryType(): Promise<void> {
  for (const model of [
    'rate',
    'line',
    'order',
    'crmOrder',
    'product',
    'category',
    'label',
    'bin',
    'host',
  ]) {
    await modelOf(model).deleteMany();
  }
}

/** The screens of a model of the fixture. */
export function everyTypeScreens(key: string): ModelAdmin {
  const found = site.find(key);
  if (!found) throw new Error(`${key} has no screens.`);
  return found;
}

/** What a form sends, by its fields' names. */
export type Sent = Record<string, string | string[]>;

/** What a browser sends of a form that nobody touched. */
export async function untouched(key: string, id: RowId | null): Promise<Sent> {
  const screens = everyTypeScreens(key);
  const row = id === null ? null : await readSnapshot(db, screens, id);
  const view = await changeForm(screens, row, { canChange: true });
  const several = new Set(
    [...screens.meta.fields.values()].flatMap(({ kind, formName }) =>
      kind === 'manyToMany' ? [formName] : [],
    ),
  );
  const sent = Object.entries(view.values).map(([name, value]) => [
    name,
    several.has(name) ? value.split(',').filter(Boolean) : value,
  ]);
  return { ...Object.fromEntries(sent), ...(view.version && { _version: view.version }) };
}

/** Save what a form says: a new row unless told of which. */
export function send(key: string, sent: Sent, id: RowId | null = null) {
  const form = formOf(sent);
  return saveObject(everyTypeScreens(key), requestOf(admin()), { id, form, isFresh: true });
}

/** Add a row by a form, with the defaults where it says nothing. Returns its id. */
export async function add(key: string, sent: Sent): Promise<RowId> {
  const saved = await send(key, { ...(await untouched(key, null)), ...sent });
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved));
  return saved.id;
}

/** A product of which every field is told, with the values that hurt. */
export const FULL: Sent = {
  name: 'Chair 👩‍🚀',
  code: 'ab',
  note: '',
  motto: 'Sit',
  stock: '-3',
  shelf: '-32768',
  serial: '9007199254740993',
  weight: '0.1',
  price: '0.10',
  budget: '0.000000000000000000000000000001',
  total: '1000000000000000.01',
  is_tested: 'false',
  listed_0: '2028-02-29',
  listed_1: '00:00',
  whole_0: '2026-11-28',
  whole_1: '23:59:59',
  born: '2028-02-29',
  opens: '00:00',
  details: '{"b": [1, {"a": null}], "a": "x"}',
  options: '[]',
  status: 'part paid',
  last: 'draft',
  token: '0a0b0c0d-0000-4000-8000-00000000ffff',
  address: '2001:db8::1',
  mask: '101',
  flags: '01',
};
