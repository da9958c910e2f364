import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { requestOf, screens } from './staff';

/** What a form holds, by its fields' names. */
export type Fields = Record<string, string | readonly (string | number)[]>;

/** A form as it is sent. */
export function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) form.append(name, String(each));
  }
  return form;
}

/** What a browser sends of a form that nobody touched. */
export async function untouched(admin: ModelAdmin, id: number): Promise<Fields> {
  const row = await readSnapshot(db, admin, id);
  const { values, version } = await changeForm(admin, row, { canChange: true });
  const fields: Fields = { _version: version };
  for (const [name, value] of Object.entries(values)) {
    if (name === 'groups' || name.endsWith('permissions'))
      fields[name] = value.split(',').filter(Boolean);
    else if (value !== '' || !name.startsWith('is_')) fields[name] = value;
  }
  return fields;
}

/** Save what a form says, as somebody asks for it. */
export function save(
  key: string,
  fields: Fields,
  { id = null, by, isFresh = true }: { id?: number | null; by: User; isFresh?: boolean },
) {
  return saveObject(screens(key), requestOf(by), { id, form: formOf(fields), isFresh });
}

let made = 0;

/** Somebody to be changed. */
export async function makeUser(): Promise<User> {
  made += 1;
  return users.createUser({ username: `saved${made}`, email: 'a@example.com', password: null });
}
